"""Drafts: the last state of each answer of an attempt, and the last ten minutes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Table,
    Text,
    bindparam,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import Session

from course_engine.assessment.answers import Answer, Answers
from course_engine.records import attempts, writing
from course_engine.records.attempt_tables import ATTEMPT, RESPONSE
from course_engine.records.attempts import AlreadySubmitted, OnABreak, TimeIsUp
from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, required, those_of
from course_engine.records.enrollments import ENROLLMENT

# Written by a trigger on the table of answers, in the statement that saves one, so it needs no
# reference of its own. What is older is deleted now and then: see migration 0013.
HISTORY = Table(
    "response_history",
    metadata,
    required("attempt_id", Number, primary_key=True),
    required("question_id", Text, primary_key=True),
    required("sequence", Integer, primary_key=True),
    required("answer", Document),
    required("saved_at", Instant),
)
KEPT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Saved:
    """One saved answer. ``sequence`` counts the savings of its question, from 1."""

    question_id: str
    sequence: int
    answer: Answer
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """What was saved last in an attempt, by question: what is graded, and no other words."""

    saved: Mapping[str, Saved]

    @property
    def answers(self) -> Answers:
        """The answers alone."""
        return {key: one.answer for key, one in self.saved.items()}

    @property
    def saved_at(self) -> datetime | None:
        """When the last of them was saved, None if none was."""
        return max((one.saved_at for one in self.saved.values()), default=None)


# Written out: a value that never changes need not be handed over with each saving.
_ONE: ColumnElement[int] = literal_column("1", Integer)
_LAST = select(*those_of(Saved, RESPONSE)).where(RESPONSE.c.attempt_id == bindparam("attempt"))


def of(session: Session, attempt_id: int) -> Draft:
    """Return what was saved last in an attempt (1 statement)."""
    rows = session.execute(_LAST, {"attempt": attempt_id})
    return Draft({row.question_id: _saved(row) for row in rows})


def history(session: Session, attempt_id: int) -> tuple[Saved, ...]:
    """List what was saved in the ten minutes up to the last saving, in order (1 statement)."""
    rows = session.execute(
        select(*those_of(Saved, HISTORY))
        .where(HISTORY.c.attempt_id == attempt_id)
        .order_by(HISTORY.c.saved_at, HISTORY.c.question_id, HISTORY.c.sequence)
    )
    found = tuple(_saved(row) for row in rows)
    return tuple(one for one in found if one.saved_at >= found[-1].saved_at - KEPT)


def save(
    session: Session, attempt_id: int, changes: Answers, *, for_person: int, now: datetime
) -> None:
    """Save the answers that changed, and touch no other (1 statement for each).

    :raises AlreadySubmitted: the attempt was handed in.
    :raises TimeIsUp: its deadline is over.
    :raises OnABreak: its clock stands still.
    :raises Missing: there is no such attempt, or it is somebody else's.
    """
    if not changes:
        return
    asked = [
        {"attempt": attempt_id, "person": for_person, "question": key, "answer": kept, "now": now}
        for key, kept in sorted(changes.items())
    ]
    saving = _saving(writing.dialect(session))
    if writing.changed(session, saving, asked if len(asked) > 1 else asked[0]) != len(asked):
        attempt = attempts.find(session, attempt_id, for_person=for_person)
        if attempt.state != "open":
            raise AlreadySubmitted
        raise TimeIsUp if attempt.over(now) else OnABreak


def _saved(row: Any) -> Saved:
    return Saved(row.question_id, row.sequence, tuple(row.answer), row.saved_at)


@cache
def _saving(dialect: str) -> writing.Insert:
    """Build the statement that saves one answer if its attempt is open, in time and theirs.

    It holds the attempt, so that an answer is either saved before the attempt is graded or refused.
    """
    open_and_theirs = (
        select(
            ATTEMPT.c.id,
            bindparam("question", type_=RESPONSE.c.question_id.type),
            bindparam("answer", type_=Document),
            _ONE,
            bindparam("now", type_=Instant),
        )
        .join_from(ATTEMPT, ENROLLMENT, ATTEMPT.c.enrollment_id == ENROLLMENT.c.id)
        .where(
            ATTEMPT.c.id == bindparam("attempt"),
            # Not by its state: of an index over open attempts alone each database makes the wrong
            # plan. SQLite plans anew at each run, and PostgreSQL goes through all that are open.
            ATTEMPT.c.submitted_at.is_(None),
            ATTEMPT.c.paused_at.is_(None),
            or_(ATTEMPT.c.deadline_at.is_(None), ATTEMPT.c.deadline_at >= bindparam("now")),
            ENROLLMENT.c.person_id == bindparam("person"),
        )
        .with_for_update(of=ATTEMPT, key_share=True)
    )
    columns = ["attempt_id", "question_id", "answer", "sequence", "saved_at"]
    adding = writing.insert(dialect, RESPONSE).from_select(columns, open_and_theirs)
    return adding.on_conflict_do_update(
        index_elements=["attempt_id", "question_id"],
        set_={
            "answer": adding.excluded.answer,
            "sequence": RESPONSE.c.sequence + _ONE,
            "saved_at": adding.excluded.saved_at,
        },
    )
