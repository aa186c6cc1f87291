"""What was saved in an attempt: the last state of each answer, and the last ten minutes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Integer, Table, Text, bindparam, select
from sqlalchemy.orm import Session

from course_engine.assessment.answers import Answer
from course_engine.records.attempt_tables import RESPONSE
from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, required, those_of

# Written by a trigger on the table of answers, in the statement that saves one: see migration 0011.
HISTORY = Table(
    "response_history",
    metadata,
    required("attempt_id", Number, ForeignKey("attempt.id"), primary_key=True),
    required("question_id", Text, primary_key=True),
    required("sequence", Integer, primary_key=True),
    required("answer", Document),
    required("saved_at", Instant),
)


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved answer. ``sequence`` counts the savings of its question, from 1."""

    question_id: str
    sequence: int
    answer: Answer
    saved_at: datetime


_LAST = select(*those_of(Saved, RESPONSE)).where(RESPONSE.c.attempt_id == bindparam("attempt"))


def last(session: Session, attempt_id: int) -> dict[str, Saved]:
    """Return question -> what was saved last: what is graded (1 statement)."""
    rows = session.execute(_LAST, {"attempt": attempt_id})
    return {row.question_id: _saved(row) for row in rows}


def history(session: Session, attempt_id: int) -> tuple[Saved, ...]:
    """List what was saved in the ten minutes up to the last saving, in order (1 statement)."""
    rows = session.execute(
        select(*those_of(Saved, HISTORY))
        .where(HISTORY.c.attempt_id == attempt_id)
        .order_by(HISTORY.c.saved_at, HISTORY.c.question_id, HISTORY.c.sequence)
    )
    return tuple(_saved(row) for row in rows)


def _saved(row: Any) -> Saved:
    return Saved(row.question_id, row.sequence, tuple(row.answer), row.saved_at)
