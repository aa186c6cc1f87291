"""Answers to the questions inside lessons; ungraded, the last answer is kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Table, Text
from sqlalchemy.orm import Session

from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, required

CHECK_ANSWER = Table(
    "check_answer",
    metadata,
    required("enrollment_id", Number, ForeignKey("enrollment.id"), primary_key=True),
    required("key", Text, primary_key=True),
    required("answer", Document),
    required("answered_at", Instant),
)


def answer(
    session: Session, enrollment_id: int, key: str, given: Sequence[str], *, now: datetime
) -> None:
    """Keep an answer to a check, in the place of an earlier one (1 statement)."""
    values = {"answer": list(given), "answered_at": now}
    adding = writing.insert(writing.dialect(session), CHECK_ANSWER).values(
        enrollment_id=enrollment_id, key=key, **values
    )
    session.execute(
        adding.on_conflict_do_update(index_elements=["enrollment_id", "key"], set_=values)
    )
