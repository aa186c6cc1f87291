"""Signatures under statements, each with the wording of its day."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Table, Text, UniqueConstraint, select
from sqlalchemy.orm import Session

from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, Words, required, those_of

ATTESTATION = Table(
    "attestation",
    metadata,
    required("id", Number, primary_key=True),
    required("enrollment_id", Number, ForeignKey("enrollment.id")),
    required("statement", Text),
    required("title", Words),
    required("text", Words),
    required("text_sha256", Text),
    required("signed_name", Words),
    required("signed_at", Instant),
    UniqueConstraint("enrollment_id", "statement"),
)


@dataclass(frozen=True, slots=True)
class Attestation:
    """A person's signature under a statement, with its wording that day."""

    id: int
    enrollment_id: int
    statement: str
    title: str
    text: str
    text_sha256: str
    signed_name: str
    signed_at: datetime


_COLUMNS = those_of(Attestation, ATTESTATION)


def sign(
    session: Session,
    enrollment_id: int,
    *,
    statement: str,
    title: str,
    text: str,
    signed_name: str,
    now: datetime,
) -> Attestation:
    """Sign a statement; a second time returns the first signature unchanged (2 statements)."""
    values = {
        "enrollment_id": enrollment_id,
        "statement": statement,
        "title": title,
        "text": text,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "signed_name": signed_name,
        "signed_at": now,
    }
    adding = writing.insert(writing.dialect(session), ATTESTATION).values(**values)
    session.execute(adding.on_conflict_do_nothing(index_elements=["enrollment_id", "statement"]))
    mine = select(*_COLUMNS).where(
        ATTESTATION.c.enrollment_id == enrollment_id, ATTESTATION.c.statement == statement
    )
    return Attestation(*session.execute(mine).one())


def of_enrollment(session: Session, enrollment_id: int) -> dict[str, Attestation]:
    """Return statement -> signature (1 statement)."""
    theirs = select(*_COLUMNS).where(ATTESTATION.c.enrollment_id == enrollment_id)
    return {row.statement: Attestation(*row) for row in session.execute(theirs)}
