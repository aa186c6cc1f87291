"""Completing the grade of an attempt that waited for people."""

from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from course_engine.assessment import grading
from course_engine.assessment.grading import Grade
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.marking_tables import REGRADE


def complete(
    session: Session, attempt_id: int, grade: Grade, *, actor_id: int, now: datetime
) -> None:
    """Put the grade of an attempt in force that had none, and note it (2 statements).

    The caller holds the attempt, and has seen that it waits.
    """
    document = grading.to_document(grade)
    session.execute(
        update(ATTEMPT)
        .where(ATTEMPT.c.id == attempt_id, ATTEMPT.c.state == "marking")
        .values(state="submitted", percent=grade.percent, passed=grade.passed, grade=document)
    )
    session.execute(
        insert(REGRADE).values(
            attempt_id=attempt_id, at=now, actor_id=actor_id, cause="marked", after=document
        )
    )
