"""Failures, counted so that trying again and again needs a pause."""

from datetime import datetime

from sqlalchemy import ColumnElement, Index, Table, Text, delete, func, insert, select
from sqlalchemy.orm import Session

from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, required

STRIKE = Table(
    "strike",
    metadata,
    required("id", Number, primary_key=True),
    required("kind", Text),
    required("key_sha256", Text),
    required("at", Instant, index=True),
    Index(None, "kind", "key_sha256", "at"),
)


def count_since(session: Session, kind: str, key_sha256: str, *, since: datetime) -> int:
    """Count the failures of a key from a moment on (1 statement)."""
    counted = select(func.count()).select_from(STRIKE)
    return session.execute(counted.where(*_of(kind, key_sha256), STRIKE.c.at >= since)).scalar_one()


def add(session: Session, kind: str, key_sha256: str, *, now: datetime) -> None:
    """Count one failure (1 statement)."""
    session.execute(insert(STRIKE).values(kind=kind, key_sha256=key_sha256, at=now))


def clear(session: Session, kind: str, key_sha256: str) -> None:
    """Forget the failures of a key (1 statement)."""
    session.execute(delete(STRIKE).where(*_of(kind, key_sha256)))


def forget_before(session: Session, moment: datetime) -> None:
    """Forget every failure before a moment (1 statement)."""
    session.execute(delete(STRIKE).where(STRIKE.c.at < moment))


def _of(kind: str, key_sha256: str) -> tuple[ColumnElement[bool], ...]:
    return STRIKE.c.kind == kind, STRIKE.c.key_sha256 == key_sha256
