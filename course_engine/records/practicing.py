"""How practice stands, question by question. It is nobody's business but the trainee's."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, Integer, Table, Text, bindparam, select
from sqlalchemy.orm import Session

from course_engine.assessment.answers import Answer
from course_engine.assessment.practice import Card
from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, required
from course_engine.records.enrollments import ENROLLMENT

PRACTICE = Table(
    "practice",
    metadata,
    required("enrollment_id", Number, ForeignKey("enrollment.id"), primary_key=True),
    required("question_id", Text, primary_key=True),
    required("box", Integer),
    required("due_at", Instant),
    required("times_asked", Integer),
    required("times_right", Integer),
    required("answer", Document),
    required("answered_at", Instant),
)


@dataclass(frozen=True, slots=True)
class Practiced:
    """Where a question stands, and the answer given last."""

    card: Card
    answer: Answer


_THEIRS = (
    select(
        PRACTICE.c.question_id,
        PRACTICE.c.box,
        PRACTICE.c.due_at,
        PRACTICE.c.answered_at,
        PRACTICE.c.times_asked,
        PRACTICE.c.times_right,
        PRACTICE.c.answer,
    )
    .join_from(PRACTICE, ENROLLMENT, PRACTICE.c.enrollment_id == ENROLLMENT.c.id)
    .where(
        PRACTICE.c.enrollment_id == bindparam("enrollment"),
        ENROLLMENT.c.person_id == bindparam("person"),
    )
)


def of_enrollment(session: Session, enrollment_id: int, *, for_person: int) -> dict[str, Practiced]:
    """Return question -> how it stands, for the owner only (1 statement)."""
    rows = session.execute(_THEIRS, {"enrollment": enrollment_id, "person": for_person})
    return {
        row.question_id: Practiced(
            card=Card(
                box=row.box,
                due_at=row.due_at,
                answered_at=row.answered_at,
                asked=row.times_asked,
                right=row.times_right,
            ),
            answer=tuple(row.answer),
        )
        for row in rows
    }


def answer(
    session: Session,
    enrollment_id: int,
    question_id: str,
    *,
    card: Card,
    given: Answer,
) -> None:
    """Keep where a question stands after an answer (1 statement).

    Of two answers to the same asking, such as a double click, the first one counts.
    """
    values = {
        "box": card.box,
        "due_at": card.due_at,
        "times_asked": card.asked,
        "times_right": card.right,
        "answer": list(given),
        "answered_at": card.answered_at,
    }
    adding = writing.insert(writing.dialect(session), PRACTICE).values(
        enrollment_id=enrollment_id, question_id=question_id, **values
    )
    session.execute(
        adding.on_conflict_do_update(
            index_elements=["enrollment_id", "question_id"],
            set_=values,
            where=PRACTICE.c.times_asked == card.asked - 1,
        )
    )
