"""The ledger: what happens to certificates, in one chain that nobody can change unseen."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Table, Text, insert, select, update
from sqlalchemy.orm import Session

from course_engine.certificates import ledger as chain
from course_engine.certificates.ledger import Entry, Head
from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.certificate_tables import CERTIFICATE, EVENT
from course_engine.records.columns import Instant, Number, required

LEDGER = Table(
    "ledger_entry",
    metadata,
    required("number", Number, primary_key=True),
    required("event_id", Number, ForeignKey("certificate_event.id"), unique=True),
    required("serial", Text, index=True),
    required("event", Text),
    required("facts_sha256", Text),
    required("pdf_sha256", Text),
    required("circumstances_sha256", Text),
    required("at", Instant),
    required("previous", Text),
    required("sha256", Text),
)

HEAD = Table(
    "ledger_head",
    metadata,
    required("id", Number, primary_key=True),
    required("number", BigInteger),
    required("sha256", Text),
)
_THE_HEAD = 1


def take_turns(session: Session) -> tuple[int, str]:
    """Let everybody else who writes to the ledger wait until this transaction ends (1 statement).

    Called first in every transaction that writes certificates: numbers have no gaps, and nobody
    waits for somebody who waits for them. Return the number and hash of the last entry; before
    the first, 0 and zeros.
    """
    first = (
        writing.insert(writing.dialect(session), HEAD)
        .values(id=_THE_HEAD, number=0, sha256=chain.BEFORE_THE_FIRST)
        .on_conflict_do_update(index_elements=["id"], set_={"id": _THE_HEAD})
        .returning(HEAD.c.number, HEAD.c.sha256)
    )
    number, sha256 = session.execute(first).one()
    return number, sha256


def append(session: Session, event_id: int) -> Entry:
    """Chain an event that was just written to what happened before (4 statements)."""
    number, previous = take_turns(session)
    asked = (
        select(*CIRCUMSTANCES)
        .join_from(EVENT, CERTIFICATE, EVENT.c.certificate_id == CERTIFICATE.c.id)
        .where(EVENT.c.id == event_id)
    )
    row = session.execute(asked).mappings().one()
    entry = entry_of(row, number=number + 1, previous=previous)
    session.execute(insert(LEDGER).values(**columns_of(entry, event_id)))
    session.execute(
        update(HEAD).where(HEAD.c.id == _THE_HEAD).values(number=entry.number, sha256=entry.sha256)
    )
    return entry


def columns_of(entry: Entry, event_id: int) -> dict[str, Any]:
    """Return what is stored of an entry."""
    return {**asdict(entry), "event_id": event_id, "sha256": entry.sha256}


def head(session: Session, *, now: datetime) -> Head | None:
    """Return the last entry as it stands now, None before the first (1 statement)."""
    last = select(LEDGER.c.number, LEDGER.c.sha256).order_by(LEDGER.c.number.desc()).limit(1)
    row = session.execute(last).one_or_none()
    return None if row is None else Head(number=row.number, sha256=row.sha256, taken_at=now)


CIRCUMSTANCES = (
    EVENT.c.kind.label("event"),
    EVENT.c.at,
    EVENT.c.actor_id,
    EVENT.c.reason_class,
    EVENT.c.public_note,
    EVENT.c.private_note,
    CERTIFICATE.c.serial,
    CERTIFICATE.c.code,
    CERTIFICATE.c.enrollment_id,
    CERTIFICATE.c.person_id,
    CERTIFICATE.c.course_slug,
    CERTIFICATE.c.kind,
    CERTIFICATE.c.facts,
    CERTIFICATE.c.pdf_sha256,
    CERTIFICATE.c.issued_at,
)
"""Of an event and its certificate, everything that an entry stands for."""


def entry_of(row: Mapping[Any, Any], *, number: int, previous: str) -> Entry:
    """Work out the entry that an event must have, from the columns of ``CIRCUMSTANCES``."""
    told = ("actor_id", "reason_class", "public_note", "private_note")
    owned = ("code", "enrollment_id", "person_id", "course_slug", "kind")
    return Entry(
        number=number,
        serial=row["serial"],
        event=row["event"],
        facts_sha256=chain.sha256_of(row["facts"]),
        pdf_sha256=row["pdf_sha256"],
        circumstances_sha256=chain.sha256_of(
            {name: row[name] for name in (*told, *owned)}
            | {"issued_at": chain.written_moment(row["issued_at"])}
        ),
        at=row["at"],
        previous=previous,
    )
