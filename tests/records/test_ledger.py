"""The ledger: one chain of everything that happened to certificates, in which nothing hides."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from course_engine.certificates import ledger as chain
from course_engine.certificates.ledger import Head
from course_engine.records import certificate_events, certificates, ledger, ledger_checking
from course_engine.records.certificate_events import Reason
from course_engine.records.certificates import Certificate
from course_engine.records.enrollments import Enrollment
from tests.databases import PostgresServer, SqliteFiles
from tests.records.site import COURSE, NOW, Site, after, facts, finish

Change = Callable[..., None]


def finished(site: Site, session: Session, name: str) -> Enrollment:
    person = site.person(session, name)
    enrollment = site.enroll(session, person)
    finish(session, enrollment, person)
    return enrollment


def issue(session: Session, enrollment: Enrollment, number: int) -> Certificate:
    pdf = f"%PDF {number}".encode()
    return certificates.issue(
        session, enrollment, course=COURSE, facts=facts(number), pdf=pdf, now=after(number)
    )


def live(site: Site, session: Session) -> None:
    """Issue three certificates; one is withdrawn and restored, one is replaced: seven entries."""
    first, second, _third = (
        issue(session, finished(site, session, f"Person {number}"), number) for number in range(3)
    )
    told = {"reason": Reason(reason_class="fraud", private_note="Ticket 7")}
    by = told | {"actor_id": site.coordinator.id}
    certificate_events.withdraw(session, first.id, **by, now=after(5))  # type: ignore[arg-type]
    certificate_events.restore(session, first.id, **by, now=after(6))  # type: ignore[arg-type]
    replace_one(site, session, second, 7)


def replace_one(site: Site, session: Session, before: Certificate, number: int) -> Certificate:
    return certificates.replace(
        session,
        before,
        certificates_enrollment(session, before),
        course=COURSE,
        facts=facts(number),
        pdf=f"%PDF {number}".encode(),
        reason=Reason(reason_class="name-changed"),
        actor_id=site.coordinator.id,
        now=after(number),
    )


def certificates_enrollment(session: Session, certificate: Certificate) -> Enrollment:
    from course_engine.records import enrollments  # noqa: PLC0415 - one place needs it

    return enrollments.for_staff(session, certificate.enrollment_id)


def told(session: Session, against: Head | None = None) -> list[str]:
    return [fault.text for fault in ledger_checking.faults(session, against)]


@pytest.fixture(scope="module")
def lived(databases: SqliteFiles | PostgresServer) -> Iterator[Site]:
    """A site with seven entries, whose triggers somebody has dropped."""
    site = Site(databases.fresh() if isinstance(databases, SqliteFiles) else _own(databases))
    with site.session() as session:
        live(site, session)
        session.commit()
    yield site
    site.close()


def _own(server: PostgresServer) -> str:
    from course_engine.records import schema  # noqa: PLC0415 - only PostgreSQL needs it

    url = server.bare()
    schema.upgrade(url)
    return url


@pytest.fixture
def tampered(lived: Site) -> Iterator[Session]:
    """A session without triggers and foreign keys, undone after the test."""
    with lived.session() as session:
        if session.get_bind().dialect.name == "sqlite":
            named = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in session.execute(text(named)).all():
                session.execute(text(f"DROP TRIGGER {name}"))
            session.execute(text("PRAGMA defer_foreign_keys = ON"))
        else:
            session.execute(text("SET LOCAL session_replication_role = replica"))
        yield session
        session.rollback()


def test_each_event_is_an_entry_numbered_without_gaps(site: Site, session: Session) -> None:
    live(site, session)
    rows = session.execute(text("SELECT number, event FROM ledger_entry ORDER BY number")).all()
    assert [row.number for row in rows] == list(range(1, 8))
    assert [row.event for row in rows] == [
        *("issued", "issued", "issued", "withdrawn", "restored", "superseded", "issued"),
    ]
    assert told(session) == []
    head = ledger.head(session, now=after(8))
    assert head is not None
    assert head.number == 7
    assert told(session, head) == []


def test_an_empty_ledger_holds(session: Session) -> None:
    assert told(session) == []
    assert ledger.head(session, now=NOW) is None


def test_twenty_issues_at_once_are_chained_one_after_the_other(site: Site) -> None:
    with site.session() as session:
        enrollments = [finished(site, session, f"Person {number}") for number in range(20)]
        session.commit()
    given = site.at_once(
        20, lambda session, number: issue(session, enrollments[number], number).serial
    )
    assert len(set(given)) == 20
    with site.session() as session:
        assert told(session) == []
        assert ledger.head(session, now=NOW).number == 20  # type: ignore[union-attr]


def test_twenty_replacements_at_once_leave_one_and_nobody_locks_another_out(site: Site) -> None:
    with site.session() as session:
        first = issue(session, finished(site, session, "Maya"), 0)
        session.commit()
    given = site.at_once(
        20, lambda session, number: replace_one(site, session, first, number + 1).serial
    )
    refused = [one for one in given if isinstance(one, certificate_events.NotInForce)]
    assert len(refused) == 19, given
    with site.session() as session:
        kept = certificates.chain(session, first.enrollment_id, "completion")
        assert [one.state for one in kept] == ["superseded", "issued"]
        assert told(session) == []


def test_what_is_issued_during_a_check_does_not_disturb_it(
    site: Site, opened: Callable[..., Engine]
) -> None:
    with site.session() as session:
        issue(session, finished(site, session, "Maya"), 0)
        later = finished(site, session, "Zoe")
        session.commit()
    url = site.engine.url.render_as_string(hide_password=False)
    with Session(opened(url, intent=lambda: "read")) as looking:
        ledger_checking.hold_still(looking)
        assert ledger.head(looking, now=NOW) is not None
        with site.session() as session:
            issue(session, later, 1)
            session.commit()
        assert told(looking) == []
        assert ledger.head(looking, now=NOW).number == 1  # type: ignore[union-attr]


def test_an_entry_cannot_be_changed_or_deleted(lived: Site) -> None:
    for statement in ("UPDATE ledger_entry SET at = at", "DELETE FROM ledger_entry"):
        with lived.session() as session, pytest.raises(DBAPIError, match="ledger_entry is never"):
            session.execute(text(statement))


CHANGED = {
    "ledger_entry": {
        "number": "9",
        "event_id": "7000",
        "serial": "'CE-9999-9999-9'",
        "event": "'restored'",
        "facts_sha256": "'0'",
        "pdf_sha256": "'0'",
        "circumstances_sha256": "'0'",
        "at": "'2026-10-01 00:00:00+00:00'",
        "previous": "'0'",
        "sha256": "'0'",
    },
    "certificate_event": {
        "id": "7000",
        "certificate_id": "3",
        "kind": "'restored'",
        "at": "'2026-10-01 00:00:00+00:00'",
        "actor_id": "2",
        "reason_class": "'duplicate'",
        "public_note": "'Other'",
        "private_note": "'Other'",
    },
    "certificate": {
        "id": "7000",
        "serial": "'CE-9999-9999-9'",
        "code": "'other'",
        "enrollment_id": "7000",
        "person_id": "7000",
        "course_slug": "'other'",
        "search_name": "'other'",
        "kind": "'attendance'",
        "state": "'withdrawn'",
        "facts": "'{}'",
        "pdf_sha256": "'0'",
        "issued_at": "'2026-10-01 00:00:00+00:00'",
    },
    "certificate_document": {"certificate_id": "7000", "pdf": "NULL_PDF"},
}
# A cohort is not printed, and somebody may join one later.
FREE = {"certificate": {"cohort_id"}}


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table in CHANGED for column in CHANGED[table]]
)
def test_a_change_of_any_column_is_found(tampered: Session, table: str, column: str) -> None:
    value = CHANGED[table][column]
    if value == "NULL_PDF":
        value = "CAST('%PDF' AS BLOB)" if _is_sqlite(tampered) else "'%PDF'::bytea"
    key = {"ledger_entry": "number", "certificate_document": "certificate_id"}.get(table, "id")
    row = 1 if table in {"certificate", "certificate_document"} else 4
    changed = tampered.execute(text(f"UPDATE {table} SET {column} = {value} WHERE {key} = {row}"))
    assert changed.rowcount == 1  # type: ignore[attr-defined]
    assert told(tampered) != []


def test_every_column_is_tampered_with(lived: Site) -> None:
    for table, columns in CHANGED.items():
        names = {column["name"] for column in inspect(lived.engine).get_columns(table)}
        assert names == set(columns) | FREE.get(table, set())


@pytest.mark.parametrize(
    "table", ["ledger_entry", "certificate_event", "certificate", "certificate_document"]
)
def test_a_row_that_is_gone_is_missed(tampered: Session, table: str) -> None:
    key = {"ledger_entry": "number", "certificate_document": "certificate_id"}.get(table, "id")
    tampered.execute(text(f"DELETE FROM {table} WHERE {key} = 2"))
    (first, *_more) = ledger_checking.faults(tampered)
    assert first.number == 2


def test_the_last_entry_cannot_be_taken_away_with_its_event(tampered: Session) -> None:
    kept = ledger.head(tampered, now=after(8))
    assert kept is not None
    tampered.execute(text("DELETE FROM ledger_entry WHERE number = 7"))
    tampered.execute(text("DELETE FROM certificate_event WHERE id = 7"))
    tampered.execute(text("DELETE FROM certificate_document WHERE certificate_id = 4"))
    tampered.execute(text("DELETE FROM certificate WHERE id = 4"))
    assert told(tampered) != []
    tampered.execute(
        text(
            "UPDATE ledger_head SET number = 6, "
            "sha256 = (SELECT sha256 FROM ledger_entry WHERE number = 6)"
        )
    )
    assert told(tampered) == [], "nobody can know without an earlier head"
    assert "entries were taken away" in told(tampered, kept)[0]


def test_a_rewritten_chain_does_not_fit_a_head_that_was_kept(tampered: Session) -> None:
    kept = ledger.head(tampered, now=after(8))
    assert kept is not None
    tampered.execute(text("UPDATE certificate_event SET public_note = 'Other' WHERE id = 4"))
    _chain_anew(tampered)
    assert told(tampered) == []
    assert told(tampered, kept) == [
        "Entry 7, CE-0000-0000-7: it is not the entry of the head that you kept."
    ]


def test_a_backdated_certificate_is_found(site: Site, session: Session) -> None:
    issue(session, finished(site, session, "Maya"), 0)
    head = ledger.head(session, now=NOW + timedelta(days=3))
    enrollment = finished(site, session, "Zoe")
    issue(session, enrollment, 1)
    assert told(session) == []
    assert "it was backdated" in told(session, head)[0]


def test_a_certificate_whose_printed_day_is_not_the_day_of_its_issue_is_found(
    site: Site, session: Session
) -> None:
    printed = replace(facts(0), issued_on=NOW.date() - timedelta(days=30))
    enrollment = finished(site, session, "Maya")
    certificates.issue(session, enrollment, course=COURSE, facts=printed, pdf=b"%PDF", now=NOW)
    assert "the day printed on it is 2026-10-04" in told(session)[0]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _chain_anew(session: Session) -> None:
    """What an administrator could do who knows this program: make the whole chain again."""
    asked = ledger.select(ledger.EVENT.c.id, *ledger.CIRCUMSTANCES).join_from(
        ledger.EVENT,
        ledger.CERTIFICATE,
        ledger.EVENT.c.certificate_id == ledger.CERTIFICATE.c.id,
    )
    number, previous = 0, chain.BEFORE_THE_FIRST
    session.execute(text("DELETE FROM ledger_entry"))
    for row in session.execute(asked.order_by(ledger.EVENT.c.id)).mappings().all():
        entry = ledger.entry_of(row, number=number + 1, previous=previous)
        stored = ledger.columns_of(entry, row["id"])
        session.execute(ledger.insert(ledger.LEDGER).values(**stored))
        number, previous = entry.number, entry.sha256
    session.execute(text(f"UPDATE ledger_head SET number = {number}, sha256 = '{previous}'"))
