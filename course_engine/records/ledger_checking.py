"""Does the ledger hold, and does everything else agree with it? Told as sentences with numbers."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from course_engine.certificates import facts as printed
from course_engine.certificates import ledger as chain
from course_engine.certificates.ledger import Entry, Head
from course_engine.records import writing
from course_engine.records.certificate_tables import CERTIFICATE, EVENT, PDF
from course_engine.records.ledger import CIRCUMSTANCES, HEAD, LEDGER, entry_of

AT_A_TIME = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that does not fit; ``number`` is the entry's, None for what stands in none."""

    number: int | None
    text: str


_PARTS = {
    "serial": "it names another certificate than its event does",
    "event": "its event is not of the kind that was entered",
    "facts_sha256": "the facts of the certificate are not those that were entered",
    "pdf_sha256": "the digest of the PDF is not the one that was entered",
    "circumstances_sha256": "who, whose or why is not what was entered",
    "at": "its event has another time than was entered",
}


def hold_still(session: Session) -> None:
    """See everything as it is now, whatever is issued meanwhile; first in a transaction.

    A transaction that only reads does so by itself in SQLite.
    """
    if writing.dialect(session) == "postgresql":
        still = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        session.connection(execution_options=still)


def faults(session: Session, against: Head | None = None) -> Iterator[Fault]:
    """Go through the whole ledger and everything it stands for, and tell what does not fit.

    Faults come in the order of their numbers, then those without one. ``against`` is a head that
    somebody kept: what it says must still be so, and nothing that came later may be older.
    """
    number, last = 0, chain.BEFORE_THE_FIRST
    before: Entry | None = None
    for row in _rows(session):
        if row["entry_number"] != number + 1:
            yield Fault(
                number=number + 1,
                text=f"Entry {number + 1} is missing; the next one is {row['entry_number']}.",
            )
        entry, sha256 = _stored(row), str(row["entry_sha256"])
        for what in _of_chain(entry, sha256, last, before, against):
            yield Fault(number=entry.number, text=f"Entry {entry.number}, {entry.serial}: {what}.")
        for what in _of_event(session, row, entry):
            yield Fault(number=entry.number, text=f"Entry {entry.number}, {entry.serial}: {what}.")
        number, last, before = entry.number, sha256, entry
    if against is not None and against.number > number:
        yield Fault(
            number=number + 1,
            text=f"The ledger ends with {number}, and the head that you kept says "
            f"{against.number}: entries were taken away.",
        )
    yield from _of_head(session, number, last)
    yield from _not_entered(session)


def _rows(session: Session) -> Iterator[Mapping[Any, Any]]:
    asked = (
        select(
            *(column.label(f"entry_{column.name}") for column in LEDGER.c),
            CERTIFICATE.c.id.label("certificate_id"),
            CERTIFICATE.c.search_name,
            *CIRCUMSTANCES,
        )
        .join_from(LEDGER, EVENT, LEDGER.c.event_id == EVENT.c.id, isouter=True)
        .join(CERTIFICATE, EVENT.c.certificate_id == CERTIFICATE.c.id, isouter=True)
        .order_by(LEDGER.c.number)
        .limit(AT_A_TIME)
    )
    after: int | None = None
    while True:
        page = asked if after is None else asked.where(LEDGER.c.number > after)
        rows = session.execute(page).mappings().all()
        yield from rows
        if len(rows) < AT_A_TIME:
            return
        after = rows[-1]["entry_number"]


def _stored(row: Mapping[Any, Any]) -> Entry:
    names = ("number", *_PARTS, "previous")
    return Entry(**{name: row[f"entry_{name}"] for name in names})


def _of_chain(
    entry: Entry, sha256: str, last: str, before: Entry | None, against: Head | None
) -> Iterator[str]:
    """Tell what is wrong with an entry among its neighbors."""
    if entry.sha256 != sha256:
        yield "its own hash does not fit what it says"
    if entry.previous != last:
        yield "it does not follow the entry before it"
    if before is not None and entry.at < before.at - chain.SLACK:
        yield f"it is dated before entry {before.number}, so it was backdated"
    if against is not None and entry.number == against.number and sha256 != against.sha256:
        yield "it is not the entry of the head that you kept"
    if (
        against is not None
        and entry.number > against.number
        and entry.at < against.taken_at - chain.SLACK
    ):
        yield "it is older than the head that you kept, which did not have it: it was backdated"


def _of_event(session: Session, row: Mapping[Any, Any], entry: Entry) -> Iterator[str]:
    """Tell where an entry and what it stands for disagree."""
    if row["certificate_id"] is None or row["event"] is None:
        yield "its event or its certificate is gone"
        return
    meant = entry_of(row, number=entry.number, previous=entry.previous)
    for name, difference in _PARTS.items():
        if getattr(meant, name) != getattr(entry, name):
            yield difference
    if entry.event == "issued":
        yield from _of_issue(session, row)


def _of_issue(session: Session, row: Mapping[Any, Any]) -> Iterator[str]:
    if row["issued_at"] != row["at"]:
        yield "the certificate was not issued at the time of its event"
    stored = select(PDF.c.pdf).where(PDF.c.certificate_id == row["certificate_id"])
    pdf = session.execute(stored).scalar_one_or_none()
    if pdf is None:
        yield "its PDF is gone"
    elif hashlib.sha256(pdf).hexdigest() != row["entry_pdf_sha256"]:
        yield "its PDF is not the one that was issued"
    try:
        facts = printed.from_document(row["facts"])
    except ValueError:
        yield "its facts cannot be read"
        return
    if facts.legal_name.casefold() != row["search_name"]:
        yield "it is found under another name than is printed on it"
    if (facts.serial, facts.code) != (row["serial"], row["code"]):
        yield "its number or code is not the one that is printed on it"
    day = row["entry_at"].astimezone(ZoneInfo(facts.time_zone)).date()
    if abs((facts.issued_on - day).days) > 1:
        yield f"the day printed on it is {facts.issued_on}, and it was issued on {day}"


def _of_head(session: Session, number: int, sha256: str) -> Iterator[Fault]:
    row = session.execute(select(HEAD.c.number, HEAD.c.sha256)).one_or_none()
    if tuple(row or (0, chain.BEFORE_THE_FIRST)) != (number, sha256):
        yield Fault(
            number=number + 1,
            text=f"The ledger ends with {number}, and its head says otherwise: entries are gone.",
        )


def _not_entered(session: Session) -> Iterator[Fault]:
    """Find what stands in no entry, and certificates that are not in the state of their last."""
    for sentence, asked in _STRAYS.items():
        for row in session.execute(asked.limit(AT_A_TIME)):
            yield Fault(number=None, text=sentence.format(row[0]))
    any_event = EVENT.alias()
    newest = select(func.max(any_event.c.id)).where(any_event.c.certificate_id == CERTIFICATE.c.id)
    last = select(CERTIFICATE.c.serial, CERTIFICATE.c.state, EVENT.c.kind).join_from(
        CERTIFICATE, EVENT, EVENT.c.id == newest.correlate(CERTIFICATE).scalar_subquery()
    )
    restored = and_(CERTIFICATE.c.state == "issued", EVENT.c.kind == "restored")
    differing = last.where(CERTIFICATE.c.state != EVENT.c.kind, ~restored)
    for serial, state, event in session.execute(differing.limit(AT_A_TIME)):
        told = f"Certificate {serial} is {state}, and the last that happened to it is: {event}."
        yield Fault(number=None, text=told)


_STRAYS: dict[str, Select[Any]] = {
    "Something that happened to certificate {} stands in no entry.": (
        select(CERTIFICATE.c.serial)
        .join_from(EVENT, CERTIFICATE, EVENT.c.certificate_id == CERTIFICATE.c.id)
        .join(LEDGER, LEDGER.c.event_id == EVENT.c.id, isouter=True)
        .where(LEDGER.c.number.is_(None))
    ),
    "Certificate {} was never entered as issued.": (
        select(CERTIFICATE.c.serial)
        .join_from(
            CERTIFICATE,
            EVENT,
            and_(EVENT.c.certificate_id == CERTIFICATE.c.id, EVENT.c.kind == "issued"),
            isouter=True,
        )
        .where(EVENT.c.id.is_(None))
    ),
    "Event {} belongs to no certificate.": (
        select(EVENT.c.id)
        .join_from(EVENT, CERTIFICATE, EVENT.c.certificate_id == CERTIFICATE.c.id, isouter=True)
        .where(CERTIFICATE.c.id.is_(None))
    ),
    "The stored PDF {} belongs to no certificate.": (
        select(PDF.c.certificate_id)
        .join_from(PDF, CERTIFICATE, PDF.c.certificate_id == CERTIFICATE.c.id, isouter=True)
        .where(CERTIFICATE.c.id.is_(None))
    ),
}
