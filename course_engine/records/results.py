"""The attempts of an enrollment, and what they came to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.columns import those_of

State = Literal["open", "submitted", "marking"]


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sitting of one paper; ``percent`` and ``passed`` are known once it is submitted.

    While people mark it, its state is ``marking``: it counts as used, and not as passed.
    """

    id: int
    enrollment_id: int
    quiz: str
    number: int
    state: State
    started_at: datetime
    deadline_at: datetime | None
    submitted_at: datetime | None
    percent: int | None
    passed: bool | None

    def over(self, now: datetime) -> bool:
        """Say whether the deadline has passed; the deadline itself is in time."""
        return self.deadline_at is not None and now > self.deadline_at

    def ended(self, now: datetime) -> datetime:
        """Return when an attempt that is closed now ended: at its deadline, if that has passed."""
        return self.deadline_at if self.deadline_at and self.over(now) else now


class Best(NamedTuple):
    """The best of somebody's submitted attempts at one quiz."""

    percent: int
    passed: bool


COLUMNS = those_of(Attempt, ATTEMPT)
# Counted, as PostgreSQL has no greatest truth value.
PASSES = func.count().filter(ATTEMPT.c.passed)

_THEIRS = ATTEMPT.c.enrollment_id == bindparam("enrollment")
_OF_ENROLLMENT = select(*COLUMNS).where(_THEIRS).order_by(ATTEMPT.c.quiz, ATTEMPT.c.number)
_OF_QUIZ = _OF_ENROLLMENT.where(ATTEMPT.c.quiz == bindparam("quiz"))
_PAPERS = (
    select(ATTEMPT.c.paper)
    .where(_THEIRS, ATTEMPT.c.quiz == bindparam("quiz"))
    .order_by(ATTEMPT.c.number)
)


def of_enrollment(
    session: Session, enrollment_id: int, quiz: str | None = None
) -> tuple[Attempt, ...]:
    """List attempts, of one quiz or of all, by quiz and number (1 statement)."""
    finding = _OF_ENROLLMENT if quiz is None else _OF_QUIZ
    rows = session.execute(finding, {"enrollment": enrollment_id, "quiz": quiz})
    return tuple(Attempt(*row) for row in rows)


def papers(session: Session, enrollment_id: int, quiz: str) -> tuple[dict[str, Any], ...]:
    """Return the papers of earlier attempts, so that a new one can ask something else."""
    rows = session.execute(_PAPERS, {"enrollment": enrollment_id, "quiz": quiz})
    return tuple(rows.scalars())


def best(session: Session, enrollment_id: int) -> dict[str, Best]:
    """Return quiz -> the best percent and whether any attempt passed (1 statement)."""
    theirs = (
        select(ATTEMPT.c.quiz, func.max(ATTEMPT.c.percent), PASSES)
        .where(ATTEMPT.c.enrollment_id == enrollment_id, ATTEMPT.c.state == "submitted")
        .group_by(ATTEMPT.c.quiz)
    )
    return {quiz: Best(percent, bool(passes)) for quiz, percent, passes in session.execute(theirs)}
