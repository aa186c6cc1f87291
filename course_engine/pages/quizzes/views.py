"""Quizzes and exams of a course: what to know before, and starting an attempt."""

import secrets
from dataclasses import asdict

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from course_engine.assessment import attempt_rules, papers
from course_engine.assessment.attempt_rules import MayStart, StillOpen
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.errors import Missing
from course_engine.learning.requirements import Weighed, weigh
from course_engine.learning.steps import before_exam
from course_engine.pages.quizzes import attempting, wording
from course_engine.records import attempts, evidence, journal, results
from course_engine.records.people import Role
from course_engine.web import identity, study
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.study import Study

pages = Blueprint("quizzes", __name__)
attempting.add_to(pages)


@pages.get("/courses/<course>/quizzes/<quiz>")
@audience(Role.TRAINEE)
def show(course: str, quiz: str) -> ResponseReturnValue:
    """Say what a quiz asks for before it begins, and list the attempts so far."""
    mine = study.find(course)
    if mine is None:
        return redirect(url_for("courses.show", course=course), 303)
    asked = quiz_of(mine.course, quiz)
    sat = results.of_enrollment(db.session, mine.enrollment.id, quiz)
    ruling = attempt_rules.may_start(policy=asked.policy, attempts=_prior(sat), now=now())
    return render_template(
        "quizzes/show.html",
        course=mine.course,
        quiz=asked,
        rules=wording.rules(asked),
        ruling=wording.ruling(ruling),
        may_start=isinstance(ruling, MayStart),
        open_attempt=next((one for one in sat if one.state == "open"), None),
        attempts=[one for one in sat if one.state == "submitted"],
        waits_for=_waits_for(mine, asked),
    )


@pages.post("/courses/<course>/quizzes/<quiz>")
@audience(Role.TRAINEE)
def start(course: str, quiz: str) -> ResponseReturnValue:
    """Start an attempt, or go on with the open one; a second click starts nothing."""
    mine = study.mine(course)
    asked = quiz_of(mine.course, quiz)
    moment = now()
    sat = results.of_enrollment(db.session, mine.enrollment.id, quiz)
    ruling = attempt_rules.may_start(policy=asked.policy, attempts=_prior(sat), now=moment)
    if isinstance(ruling, StillOpen):
        going = next(one for one in sat if one.state == "open")
        return redirect(url_for("quizzes.sit", attempt=going.id), 303)
    if not isinstance(ruling, MayStart):
        raise wording.NotNow(ruling)
    if _waits_for(mine, asked):
        raise wording.ExamWaits
    attempt = _start(mine, asked, [one.number for one in sat])
    identity.touch()
    db.session.commit()
    return redirect(url_for("quizzes.sit", attempt=attempt.id), 303)


def quiz_of(course: Course, slug: str) -> Quiz | Exam:
    """Return a module's quiz or the exam.

    :raises Missing: the course has none of that name.
    """
    for quiz in course.quizzes:
        if quiz.slug == slug:
            return quiz
    raise Missing


def _start(mine: Study, asked: Quiz | Exam, earlier: list[int]) -> results.Attempt:
    enrollment = mine.enrollment
    seed = secrets.token_hex(16)
    seen = results.papers(db.session, enrollment.id, asked.slug) if earlier else ()
    paper = papers.draw(
        asked,
        edition=enrollment.edition_digest,
        seed=seed,
        seen=frozenset(key for one in seen for key in papers.question_ids(one)),
    )
    moment = now()
    attempt = attempts.start(
        db.session,
        enrollment.id,
        asked.slug,
        seed=seed,
        paper=papers.to_document(paper),
        policy=asdict(asked.policy),
        limit=asked.policy.attempts,
        deadline_at=attempt_rules.deadline(policy=asked.policy, started_at=moment),
        now=moment,
    )
    journal.write(
        db.session,
        action="attempt.started",
        subject=("attempt", attempt.id),
        actor_id=enrollment.person_id,
        now=moment,
        details={"quiz": asked.slug, "number": attempt.number},
    )
    return attempt


def _prior(sat: tuple[results.Attempt, ...]) -> list[attempt_rules.PriorAttempt]:
    return [
        attempt_rules.PriorAttempt(
            number=one.number, submitted_at=one.submitted_at, passed=bool(one.passed)
        )
        for one in sat
    ]


def _waits_for(mine: Study, asked: Quiz | Exam) -> tuple[Weighed, ...]:
    """Return what must be done before the exam; a module's quiz waits for nothing."""
    if not isinstance(asked, Exam):
        return ()
    return before_exam(weigh(mine.course, evidence.collect(db.session, mine.enrollment.id)))
