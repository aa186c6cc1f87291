"""Handing an attempt in: what was saved in it is graded, or waits for people."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Session

from course_engine.assessment import grading
from course_engine.assessment.grading import Grade
from course_engine.records import attempts, drafts, pieces, writing
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.attempts import Sitting
from course_engine.records.drafts import Draft
from course_engine.records.pieces import Handed

_HANDING_IN = update(ATTEMPT).where(
    ATTEMPT.c.id == bindparam("attempt"),
    ATTEMPT.c.submitted_at.is_(None),  # Not by its state: see ``drafts``.
)


def hand_in(
    session: Session,
    attempt_id: int,
    *,
    for_person: int,
    grade: Callable[[Sitting, Draft], Grade | Sequence[Handed]],
    now: datetime,
    only_when_over: bool = False,
) -> Sitting:
    """Hand an attempt in and grade what was saved in it (3 statements).

    The attempt is held while it is graded, so no answer slips in between. A second submission
    changes nothing and returns the result of the first (1 statement). Handing in after the deadline
    is allowed: what was saved before it counts, and the attempt ended at its deadline. With
    ``only_when_over`` an attempt that still has time, as it was given more just now, stays open.
    Where ``grade`` hands over what people mark, the attempt waits for them (4 statements).

    :raises Missing: there is no such attempt, or it is somebody else's.
    """
    sitting = attempts.find(session, attempt_id, for_person=for_person, hold=True)
    if sitting.state != "open":
        return sitting
    if only_when_over and not sitting.over(now):
        return sitting
    graded = grade(sitting, drafts.of(session, attempt_id))
    result: dict[str, Any] = {
        "state": "submitted",
        "submitted_at": sitting.ended(now),
        "paused_at": None,
    }
    if isinstance(graded, Grade):
        result |= {
            "percent": graded.percent,
            "passed": graded.passed,
            "grade": grading.to_document(graded),
        }
    else:
        result["state"] = "marking"
    if not writing.changed(session, _HANDING_IN, {"attempt": attempt_id, **result}):
        return attempts.find(session, attempt_id, for_person=for_person)
    if not isinstance(graded, Grade):
        pieces.hand_in(
            session,
            graded,
            enrollment_id=sitting.enrollment_id,
            person_id=sitting.person_id,
            edition_digest=sitting.edition_digest,
            attempt_id=attempt_id,
            number=sitting.number,
            now=now,
        )
    return replace(sitting, **result)
