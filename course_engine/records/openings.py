"""Attempts beyond those of the policy: opened by a coordinator, or by reading lessons again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from course_engine.errors import N_, Refused
from course_engine.records import writing
from course_engine.records.attempt_tables import ATTEMPT, ATTEMPT_OPENING, LESSON_REREAD
from course_engine.records.columns import those_of
from course_engine.records.enrollments import ENROLLMENT


@dataclass(frozen=True, slots=True)
class Opening:
    """Attempts that were opened; ``reread_after`` is the attempt that a new round came after."""

    quiz: str
    at: datetime
    count: int
    actor_id: int | None
    reason: str
    reread_after: int | None


class OpenedMeanwhile(Refused):
    """Somebody looked at another number of open attempts than there is."""

    explanation = N_(
        "More attempts were opened since you opened the page, perhaps by a second click. "
        "Nothing more was changed. Look at the attempts before you open more."
    )


def of_enrollment(session: Session, enrollment_id: int) -> tuple[Opening, ...]:
    """List what was opened, the first at the beginning (1 statement)."""
    theirs = select(*those_of(Opening, ATTEMPT_OPENING)).where(
        ATTEMPT_OPENING.c.enrollment_id == enrollment_id
    )
    rows = session.execute(theirs.order_by(ATTEMPT_OPENING.c.id))
    return tuple(Opening(*row) for row in rows)


def count(session: Session, enrollment_id: int, quiz: str) -> int:
    """Return how many attempts were opened at a quiz beyond its policy (1 statement)."""
    found = select(func.coalesce(func.sum(ATTEMPT_OPENING.c.count), 0)).where(
        ATTEMPT_OPENING.c.enrollment_id == enrollment_id, ATTEMPT_OPENING.c.quiz == quiz
    )
    return int(session.execute(found).scalar_one())


def open_more(
    session: Session,
    enrollment_id: int,
    quiz: str,
    *,
    number: int,
    reason: str,
    actor_id: int,
    now: datetime,
    seen: str = "",
) -> None:
    """Open more attempts at a quiz (3 statements).

    ``seen`` is the ``count`` that somebody looked at, "" to open more whatever it is.

    :raises OpenedMeanwhile: it is not the same any more.
    """
    # Of two clicks at once, the second sees what the first one did.
    holding = select(ENROLLMENT.c.id).where(ENROLLMENT.c.id == enrollment_id)
    session.execute(holding.with_for_update(key_share=True))
    if seen and seen != str(count(session, enrollment_id, quiz)):
        raise OpenedMeanwhile
    session.execute(
        insert(ATTEMPT_OPENING).values(
            enrollment_id=enrollment_id,
            quiz=quiz,
            at=now,
            count=number,
            actor_id=actor_id,
            reason=reason,
        )
    )


def reread(session: Session, attempt_id: int) -> frozenset[str]:
    """Return the lessons that were done again after an attempt (1 statement)."""
    done = select(LESSON_REREAD.c.lesson).where(LESSON_REREAD.c.attempt_id == attempt_id)
    return frozenset(session.execute(done).scalars())


def read_again(
    session: Session,
    enrollment_id: int,
    quiz: str,
    lesson: str,
    *,
    after: int,
    wanted: Collection[str],
    number: int,
    now: datetime,
) -> bool:
    """Note that a lesson was done again after an attempt, and open a round with the last one.

    ``wanted`` are the lessons to be done again, ``number`` how many attempts the round has. Say
    whether the round was opened by this; one attempt opens one round, however often it is asked
    (4 statements).
    """
    # Two last lessons finished at once must see each other, so they take turns.
    held = select(ATTEMPT.c.id).where(ATTEMPT.c.id == after).with_for_update(key_share=True)
    session.execute(held)
    adding = writing.insert(writing.dialect(session), LESSON_REREAD)
    noting = adding.values(attempt_id=after, lesson=lesson, at=now)
    session.execute(noting.on_conflict_do_nothing())
    if not set(wanted) <= reread(session, after):
        return False
    opening = writing.insert(writing.dialect(session), ATTEMPT_OPENING).values(
        enrollment_id=enrollment_id,
        quiz=quiz,
        at=now,
        count=number,
        reason="",
        reread_after=after,
    )
    return writing.changed(session, opening.on_conflict_do_nothing()) > 0
