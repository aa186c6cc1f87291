"""What is kept for ever: the database itself refuses to change or delete it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from course_engine.assessment.accommodations import Accommodation
from course_engine.curriculum.course import Asset
from course_engine.records import (
    accommodations,
    certificate_events,
    certificates,
    clocks,
    editions,
    journal,
    openings,
)
from course_engine.records.certificate_events import Reason
from course_engine.records.enrollments import Enrollment
from tests.databases import PostgresServer, SqliteFiles
from tests.records.site import COURSE, NOW, Site, after, facts, finish, start

CHANGES = {
    "journal_entry": "action = 'other'",
    "certificate_event": "public_note = 'other'",
    "certificate_document": "pdf = NULL",
    "certificate": "facts = '{}'",
    "edition": "title = 'other'",
    "asset": "media_type = 'text/plain'",
    "attestation": "text = 'other'",
    "accommodation": "time = 'standard'",
    "attempt_event": "seconds = 0",
    "attempt_opening": "count = 9",
    "lesson_reread": "lesson = 'other'",
}
PRINTED = ("serial", "code", "person_id", "kind", "pdf_sha256", "issued_at", "course_slug")


@pytest.fixture(scope="module")
def full_site(databases: SqliteFiles | PostgresServer) -> Iterator[Site]:
    """A site in which something of everything is kept."""
    site = Site(databases.fresh())
    picture = Asset(sha256="a", media_type="image/png", content=b"picture")
    with site.session() as session:
        editions.publish(
            session, course=COURSE, digest="e" * 64, document=b"{}", assets=[picture], now=NOW
        )
        journal.write(session, action="began", subject=("site", 1), actor_id=None, now=NOW)
        enrollment = site.enroll(session)
        finish(session, enrollment, site.rosa)
        certificates.issue(session, enrollment, course=COURSE, facts=facts(), pdf=b"%PDF", now=NOW)
        _ease(session, site, enrollment)
        session.commit()
    yield site
    site.close()


def _ease(session: Session, site: Site, enrollment: Enrollment) -> None:
    rosa, denise = site.rosa.id, site.coordinator.id
    granted = Accommodation(from_day=NOW.date(), time="2")
    accommodations.grant(session, rosa, granted, actor_id=denise, now=NOW)
    attempt = start(session, enrollment, limit=9, deadline_at=after(30))
    clocks.extend(
        session,
        attempt.id,
        for_person=rosa,
        minutes=5,
        reason="A storm",
        actor_id=denise,
        now=NOW,
    )
    openings.read_again(
        session, enrollment.id, "one", "a", after=attempt.id, wanted="a", number=2, now=NOW
    )


@pytest.fixture
def kept(full_site: Site) -> Iterator[Session]:
    with full_site.session() as session:
        yield session


@pytest.mark.parametrize("table", CHANGES)
def test_what_is_kept_cannot_be_changed(kept: Session, table: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is never changed"):
        kept.execute(text(f"UPDATE {table} SET {CHANGES[table]}"))


@pytest.mark.parametrize("table", CHANGES)
def test_what_is_kept_cannot_be_deleted(kept: Session, table: str) -> None:
    with pytest.raises(DBAPIError, match=f"{table} is never"):
        kept.execute(text(f"DELETE FROM {table}"))


@pytest.mark.parametrize("column", PRINTED)
def test_nothing_that_was_printed_on_a_certificate_can_be_changed(
    kept: Session, column: str
) -> None:
    with pytest.raises(DBAPIError, match="certificate is never changed"):
        kept.execute(text(f"UPDATE certificate SET {column} = {column}"))


def test_whether_a_certificate_is_in_force_can_change(full_site: Site, kept: Session) -> None:
    certificate = certificates.of_person(kept, full_site.rosa.id)[0]
    certificate_events.withdraw(
        kept, certificate.id, reason=Reason(), actor_id=full_site.coordinator.id, now=NOW
    )
    assert certificates.of_person(kept, full_site.rosa.id)[0].state == "withdrawn"
