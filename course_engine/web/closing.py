"""Handing attempts in: by the person, or by the deadline, with the same grade for both."""

import logging

from course_engine.assessment import answers, grading, receipts
from course_engine.assessment import repairs as repairing
from course_engine.assessment.papers import Paper
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Written
from course_engine.records import clocks, enrollments, handing_in, journal, repairs
from course_engine.records.attempts import Sitting
from course_engine.records.drafts import Draft
from course_engine.records.pieces import Handed
from course_engine.web import drawn, issuing, receiving
from course_engine.web.clock import now
from course_engine.web.database import db

log = logging.getLogger(__name__)

AT_ONCE = 50


def graded_now(
    sitting: Sitting,
    paper: Paper,
    given: answers.Answers,
    marked: grading.Marked = grading.NOBODY,
) -> grading.Grade:
    """Grade a paper by the keys of its edition and the repairs in force (2 statements)."""
    policy = Policy(**sitting.policy)
    grade = grading.grade(paper, given, policy, marked=marked)
    standing = repairs.grade_by_these(db.session, sitting.course_slug, sitting.quiz)
    return repairing.regrade(grade, paper, given, policy, standing)


def hand_in(
    attempt_id: int, *, for_person: int, actor_id: int | None, only_when_over: bool = False
) -> Sitting:
    """Close an open attempt: grade what was saved, write it down and commit.

    After the deadline it is the deadline that closed it, whoever came first to notice. An attempt
    that is closed stays as it is, and so does one that has time left with ``only_when_over``.
    """
    moment = now()
    graded: list[Draft] = []

    def grade(held: Sitting, draft: Draft) -> grading.Grade | list[Handed]:
        graded.append(draft)
        paper, given = drawn.of(held).paper, draft.answers
        return handed(paper, given) or graded_now(held, paper, given)

    closed = handing_in.hand_in(
        db.session,
        attempt_id,
        for_person=for_person,
        grade=grade,
        now=moment,
        only_when_over=only_when_over,
    )
    if graded:
        journal.write(
            db.session,
            action="attempt.closed" if closed.over(moment) else "attempt.submitted",
            subject=("attempt", attempt_id),
            actor_id=actor_id,
            now=moment,
            details={
                "percent": closed.percent,
                "passed": closed.passed,
                "receipt": receipts.sha256(receiving.receipt(closed, graded[0])),
            },
        )
    db.session.commit()
    if graded and closed.passed:
        issue(closed)
    return closed


def handed(paper: Paper, given: answers.Answers) -> list[Handed]:
    """Return the written answers of a paper, which people have to mark before it has a grade."""
    return [
        Handed(
            question=item.question.id,
            rubric=item.question.rubric,
            assessors=item.question.assessors,
        )
        for item in grading.waiting(paper, given)
        if isinstance(item.question, Written)
    ]


def close_run_out() -> bool:
    """Close the attempts whose deadline is over; a task of the clerk.

    Each is closed in a transaction of its own, and one that cannot be graded keeps no other from
    it. Say whether more are waiting.
    """
    waiting = clocks.run_out(db.session, now=now(), most=AT_ONCE)
    db.session.rollback()
    closed = 0
    for attempt_id, person_id in waiting:
        try:
            hand_in(attempt_id, for_person=person_id, actor_id=None, only_when_over=True)
            closed += 1
        except Exception:
            db.session.rollback()
            log.exception("an attempt could not be closed", extra={"attempt": attempt_id})
    return closed == AT_ONCE


def issue(sitting: Sitting) -> None:
    """Issue the certificate, if that was the last requirement of an enrollment still in force."""
    enrollment = enrollments.find(db.session, sitting.enrollment_id, for_person=sitting.person_id)
    issuing.issue_where_due(enrollment)
