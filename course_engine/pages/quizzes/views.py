"""Quizzes and exams of a course: what to know before, and starting an attempt."""

import secrets
from dataclasses import asdict
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.assessment import accommodations as easing
from course_engine.assessment import attempt_rules, papers
from course_engine.assessment.attempt_rules import MayStart, ReadAgain, StillOpen
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.errors import Missing
from course_engine.learning.requirements import Weighed, weigh
from course_engine.learning.steps import before_exam
from course_engine.pages.quizzes import attempting, drawing, wording
from course_engine.records import attempts, evidence, journal, results
from course_engine.records.people import Role
from course_engine.web import closing, identity, path, study
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.entry import Entry, entry
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
    known = entry(mine.enrollment, asked, sat, now())
    return render_template(
        "quizzes/show.html",
        course=mine.course,
        quiz=asked,
        rules=wording.rules(asked, known),
        arranged=wording.arranged(known.rules),
        ruling=wording.ruling(known.ruling),
        to_reread=_to_reread(mine, known),
        may_start=isinstance(known.ruling, MayStart),
        open_attempt=next((one for one in sat if one.state == "open"), None),
        attempts=[one for one in sat if one.state != "open"],
        waits_for=_waits_for(mine, asked),
    )


@pages.post("/courses/<course>/quizzes/<quiz>")
@audience(Role.TRAINEE)
def start(course: str, quiz: str) -> ResponseReturnValue:
    """Start an attempt, or go on with the open one; a second click starts nothing.

    An open attempt whose time is over is closed instead, with what was saved in it.
    """
    mine = study.mine(course)
    asked = quiz_of(mine.course, quiz)
    moment = now()
    sat = results.of_enrollment(db.session, mine.enrollment.id, quiz)
    known = entry(mine.enrollment, asked, sat, moment)
    if isinstance(known.ruling, StillOpen):
        going = next(one for one in sat if one.state == "open")
        return _go_on(going, moment)
    if not isinstance(known.ruling, MayStart):
        raise wording.NotNow(known.ruling)
    if _waits_for(mine, asked):
        raise wording.ExamWaits
    attempt = _start(mine, asked, known, sat)
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


def _go_on(going: results.Attempt, moment: datetime) -> ResponseReturnValue:
    if not going.over(moment):
        return redirect(url_for("quizzes.sit", attempt=going.id), 303)
    me = identity.me().id
    identity.touch()
    closing.hand_in(going.id, for_person=me, actor_id=me, only_when_over=True)
    flash(_("The time of this attempt was over. What was saved in it has been graded."))
    return redirect(url_for("quizzes.result", attempt=going.id), 303)


def _start(
    mine: Study, asked: Quiz | Exam, known: Entry, sat: tuple[results.Attempt, ...]
) -> attempts.Started:
    enrollment, policy = mine.enrollment, known.rules.policy
    seed = secrets.token_hex(16)
    avoiding = bool(sat) and policy.unseen_first
    drawn = drawing.draw(enrollment, asked, seed=seed, avoiding_seen=avoiding)
    moment = now()
    attempt = attempts.start(
        db.session,
        enrollment.id,
        asked.slug,
        seed=seed,
        paper=papers.to_document(drawn.paper),
        policy=asdict(policy),
        limit=known.limit,
        deadline_at=attempt_rules.deadline(
            policy=policy, started_at=moment, closes=known.window.closes
        ),
        now=moment,
        arranged=easing.to_document(known.rules),
        sat=sat,
    )
    if not attempt.new:
        return attempt
    drawing.count(enrollment, asked, drawn)
    journal.write(
        db.session,
        action="attempt.started",
        subject=("attempt", attempt.id),
        actor_id=enrollment.person_id,
        now=moment,
        details={"quiz": asked.slug, "number": attempt.number},
    )
    return attempt


def _to_reread(mine: Study, known: Entry) -> list[tuple[str, str, bool]]:
    """Return (title, address, done again) of each lesson that opens the next attempts."""
    if not isinstance(known.ruling, ReadAgain):
        return []
    left = set(known.ruling.lessons)
    stops = {
        stop.slug: stop
        for stop in path.stops(mine.enrollment.edition_digest)
        if stop.kind == "lesson"
    }
    return [
        (stops[slug].title, stops[slug].url, slug not in left)
        for slug in known.rules.policy.retrain
    ]


def _waits_for(mine: Study, asked: Quiz | Exam) -> tuple[Weighed, ...]:
    """Return what must be done before the exam; a module's quiz waits for nothing."""
    if not isinstance(asked, Exam):
        return ()
    return before_exam(weigh(mine.course, evidence.collect(db.session, mine.enrollment.id)))
