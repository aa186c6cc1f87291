"""Which lessons are done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Table, Text, bindparam, delete, func, select
from sqlalchemy.orm import Session

from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, required
from course_engine.records.enrollments import COLUMNS as ENROLLMENT_COLUMNS
from course_engine.records.enrollments import ENROLLMENT, Enrollment

COMPLETION = Table(
    "lesson_completion",
    metadata,
    required("enrollment_id", Number, ForeignKey("enrollment.id"), primary_key=True),
    required("lesson", Text, primary_key=True),
    required("completed_at", Instant),
)

# Slugs hold no spaces, so one column carries them all and the place is a single row.
_DONE = (
    select(func.aggregate_strings(COMPLETION.c.lesson, " "))
    .where(COMPLETION.c.enrollment_id == ENROLLMENT.c.id)
    .scalar_subquery()
)
_PLACE = select(*ENROLLMENT_COLUMNS, _DONE).where(
    ENROLLMENT.c.person_id == bindparam("person"),
    ENROLLMENT.c.course_slug == bindparam("course"),
    ENROLLMENT.c.withdrawn_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands in a course: their enrollment and the lessons done in it."""

    enrollment: Enrollment
    done: frozenset[str]


def place(session: Session, person_id: int, course_slug: str) -> Place | None:
    """Return where a person stands in a course, None if not enrolled (1 statement).

    Lessons are named by their slugs, unique in a course.
    """
    row = session.execute(_PLACE, {"person": person_id, "course": course_slug}).one_or_none()
    if row is None:
        return None
    return Place(Enrollment(*row[:-1]), frozenset((row[-1] or "").split()))


def done(session: Session, enrollment_id: int) -> dict[str, datetime]:
    """Return lesson -> when it was done (1 statement)."""
    theirs = select(COMPLETION.c.lesson, COMPLETION.c.completed_at)
    rows = session.execute(theirs.where(COMPLETION.c.enrollment_id == enrollment_id))
    return dict(map(tuple, rows))


def complete(session: Session, enrollment_id: int, lesson: str, *, now: datetime) -> None:
    """Note that a lesson is done; a second time keeps the first day (1 statement)."""
    adding = writing.insert(writing.dialect(session), COMPLETION).values(
        enrollment_id=enrollment_id, lesson=lesson, completed_at=now
    )
    session.execute(adding.on_conflict_do_nothing(index_elements=["enrollment_id", "lesson"]))


def undo(session: Session, enrollment_id: int, lesson: str) -> None:
    """Note that a lesson is not done after all (1 statement)."""
    session.execute(
        delete(COMPLETION).where(
            COMPLETION.c.enrollment_id == enrollment_id, COMPLETION.c.lesson == lesson
        )
    )
