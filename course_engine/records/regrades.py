"""Grades that a repair replaces: read a few at a time, replaced at once, kept as they were."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, Text, bindparam, func, insert, select, type_coerce, update
from sqlalchemy.orm import Session

from course_engine.assessment.answers import Answer
from course_engine.records.attempt_tables import ATTEMPT, RESPONSE
from course_engine.records.certificate_tables import CERTIFICATE
from course_engine.records.columns import those_of
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.marking_tables import REGRADE
from course_engine.records.people import PERSON

AT_ONCE = 200

Cause = Literal["repaired", "reversed"]


@dataclass(frozen=True, slots=True)
class GradedPaper:
    """A graded attempt that may be touched, with whose it is and what it led to."""

    attempt_id: int
    enrollment_id: int
    person_name: str
    number: int
    edition_digest: str
    paper: Mapping[str, Any]
    policy: Mapping[str, Any]
    grade: Mapping[str, Any]
    serial: str | None


@dataclass(frozen=True, slots=True)
class Replaced:
    """One change of an attempt's grade: when, why, and both grades; ``before`` None at first."""

    at: datetime
    cause: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Regraded:
    """One grade that was replaced."""

    attempt_id: int
    before: Mapping[str, Any]
    after: Mapping[str, Any]


_OF_ATTEMPT = (
    select(*those_of(Replaced, REGRADE))
    .where(REGRADE.c.attempt_id == bindparam("attempt"))
    .order_by(REGRADE.c.id)
)


def graded_papers(
    session: Session, course_slug: str, quiz: str, question_id: str, *, hold: bool = False
) -> Iterator[tuple[GradedPaper, ...]]:
    """Go through the graded papers that asked a question, 200 at a time (1 statement each).

    With ``hold`` nobody else changes those grades until this transaction ends.
    """
    asked = _papers(course_slug, quiz, question_id).limit(AT_ONCE)
    if hold:
        asked = asked.with_for_update(of=ATTEMPT)
    after = 0
    while rows := session.execute(asked, {"after": after}).all():
        after = rows[-1].id
        found = (row for row in rows if any(key == question_id for key, _ in row.paper["items"]))
        yield tuple(GradedPaper(*row) for row in found)


def answers_to(session: Session, attempt_ids: Sequence[int], question_id: str) -> dict[int, Answer]:
    """Return attempt -> what was answered to one question (1 statement)."""
    theirs = select(RESPONSE.c.attempt_id, RESPONSE.c.answer).where(
        RESPONSE.c.attempt_id.in_(attempt_ids), RESPONSE.c.question_id == question_id
    )
    return {attempt: tuple(answer) for attempt, answer in session.execute(theirs)}


def replace_grades(
    session: Session,
    repair_id: int,
    regraded: Sequence[Regraded],
    *,
    cause: Cause,
    actor_id: int,
    now: datetime,
) -> None:
    """Replace grades and keep what they were (2 statements for any number)."""
    if not regraded:
        return
    attempt = ATTEMPT.c
    changing = update(ATTEMPT).where(attempt.id == _parameter("of_attempt"))
    session.connection().execute(
        changing.values(
            grade=_parameter("new_grade"),
            percent=_parameter("new_percent"),
            passed=_parameter("new_passed"),
        ),
        [
            {
                "of_attempt": one.attempt_id,
                "new_grade": dict(one.after),
                "new_percent": one.after["percent"],
                "new_passed": one.after["passed"],
            }
            for one in regraded
        ],
    )
    session.execute(
        insert(REGRADE),
        [
            {
                "attempt_id": one.attempt_id,
                "at": now,
                "actor_id": actor_id,
                "cause": cause,
                "repair_id": repair_id,
                "before": dict(one.before),
                "after": dict(one.after),
            }
            for one in regraded
        ],
    )


def replaced_by(session: Session, repair_id: int) -> tuple[Regraded, ...]:
    """List the grades that a repair replaced and that nothing replaced since (1 statement)."""
    later = REGRADE.alias()
    newest = (
        select(func.max(later.c.id))
        .where(later.c.attempt_id == REGRADE.c.attempt_id)
        .scalar_subquery()
    )
    theirs = select(REGRADE.c.attempt_id, REGRADE.c.before, REGRADE.c.after).where(
        REGRADE.c.repair_id == repair_id, REGRADE.c.cause == "repaired", REGRADE.c.id == newest
    )
    return tuple(Regraded(*row) for row in session.execute(theirs.order_by(REGRADE.c.attempt_id)))


def of_attempt(session: Session, attempt_id: int) -> tuple[Replaced, ...]:
    """List how the grade of one attempt changed after it was given, oldest first (1 statement)."""
    rows = session.execute(_OF_ATTEMPT, {"attempt": attempt_id})
    return tuple(Replaced(*row) for row in rows)


def now_passing(session: Session, repair_id: int, *, after: int, most: int) -> tuple[int, ...]:
    """List enrollments for which a repair turned an attempt into a passed one (1 statement)."""
    theirs = (
        select(ATTEMPT.c.enrollment_id)
        .distinct()
        .join_from(REGRADE, ATTEMPT, REGRADE.c.attempt_id == ATTEMPT.c.id)
        .where(
            REGRADE.c.repair_id == repair_id,
            ATTEMPT.c.passed,
            ATTEMPT.c.enrollment_id > after,
        )
    )
    rows = session.execute(theirs.order_by(ATTEMPT.c.enrollment_id).limit(most)).scalars()
    return tuple(rows)


def _parameter(name: str) -> Any:
    kinds = {"new_grade": ATTEMPT.c.grade.type, "new_passed": ATTEMPT.c.passed.type}
    return bindparam(name, type_=kinds.get(name))


def _papers(course_slug: str, quiz: str, question_id: str) -> Select[Any]:
    in_hand = select(func.min(CERTIFICATE.c.serial)).where(
        CERTIFICATE.c.enrollment_id == ENROLLMENT.c.id, CERTIFICATE.c.state == "issued"
    )
    return (
        select(
            ATTEMPT.c.id,
            ATTEMPT.c.enrollment_id,
            PERSON.c.used_name,
            ATTEMPT.c.number,
            ENROLLMENT.c.edition_digest,
            ATTEMPT.c.paper,
            ATTEMPT.c.policy,
            ATTEMPT.c.grade,
            in_hand.scalar_subquery(),
        )
        .join_from(ATTEMPT, ENROLLMENT, ATTEMPT.c.enrollment_id == ENROLLMENT.c.id)
        .join(PERSON, ENROLLMENT.c.person_id == PERSON.c.id)
        .where(
            ENROLLMENT.c.course_slug == course_slug,
            ATTEMPT.c.quiz == quiz,
            ATTEMPT.c.state == "submitted",
            ATTEMPT.c.id > bindparam("after"),
            # Leaves most papers of an exam unread; what the words mean is settled afterwards.
            type_coerce(ATTEMPT.c.paper, Text).contains(json.dumps(question_id), autoescape=True),
        )
        .order_by(ATTEMPT.c.id)
    )
