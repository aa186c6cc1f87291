"""One attempt: the paper on the page, drafts, its clock, handing in, and the result."""

from contextlib import nullcontext
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.assessment import answers, feedback, grading, marking, sheets
from course_engine.curriculum.course import Policy
from course_engine.pages.quizzes import times, wording
from course_engine.records import attempts, clocks, drafts
from course_engine.records.attempts import AlreadySubmitted, Sitting, TimeIsUp
from course_engine.records.clocks import NoBreakLeft, NoClock
from course_engine.records.people import Role
from course_engine.web import (
    catalog,
    closing,
    drawn,
    held,
    identity,
    localization,
    rated,
    repairing,
    taught,
)
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db, write_once
from course_engine.web.drawn import Drawn

HERE = "/attempts/<int:attempt>"


def add_to(pages: Blueprint) -> None:
    """Add the views of an attempt."""
    pages.add_url_rule(HERE, view_func=sit, methods=["GET"])
    pages.add_url_rule(f"{HERE}/save", view_func=save, methods=["POST"])
    pages.add_url_rule(f"{HERE}/go-on", view_func=go_on, methods=["POST"])
    pages.add_url_rule(f"{HERE}/close", view_func=close, methods=["POST"])
    pages.add_url_rule(f"{HERE}/submit", view_func=submit, methods=["POST"])
    pages.add_url_rule(f"{HERE}/result", view_func=result, methods=["GET"])


@audience(Role.TRAINEE)
def sit(attempt: int) -> ResponseReturnValue:
    """Show the paper with what was saved so far (3 statements in all).

    During a break that stops the clock, and after the deadline, the paper is not shown.
    """
    sitting = _mine(attempt)
    if sitting.state != "open":
        return redirect(url_for("quizzes.result", attempt=attempt), 303)
    known = drawn.of(sitting)
    if sitting.over(now()) or sitting.paused_at is not None:
        return render_template(
            "quizzes/apart.html", quiz=known.quiz, apart=times.apart(sitting, _break_left(sitting))
        )
    draft = drafts.of(db.session, sitting.id)
    course = catalog.edition(sitting.edition_digest)
    return render_template(
        "quizzes/sit.html",
        language=course.language,
        sitting=wording.sitting(sitting, course, known, draft)
        | times.running(sitting, _break_left(sitting)),
        introduction=known.quiz.introduction,
        questions=sheets.sheet(known.paper, draft.answers),
        blank=marking.blanks(known.paper, draft.answers)
        if request.args.get("look") == "again"
        else frozenset(),
    )


@audience(Role.TRAINEE)
def save(attempt: int) -> ResponseReturnValue:
    """Save the answers that this page changed; say so only after the commit.

    (2 statements with the sign-in, for one answer where no clock runs)
    """
    known, running = _known(attempt)
    moment = now()
    resting = request.form.get("do") == "break"
    try:
        changes = _changed(known)
        with write_once() if len(changes) == 1 and not resting else nullcontext():
            _save(known, running, changes, moment)
        if resting:
            here = _take_a_break(attempt)
    except TimeIsUp as refusal:
        db.session.rollback()
        _close(attempt)
        if held.wants_json():
            raise
        flash(_(refusal.explanation))
        return redirect(url_for("quizzes.result", attempt=attempt), 303)
    identity.touch()
    db.session.commit()
    if held.wants_json():
        return {
            "saved_at_text": localization.clock(moment),
            "seen": {key: answers.fingerprint(answer) for key, answer in changes.items()},
            "seconds_left": times.seconds_left(running, now()) if running else None,
            "deadline_text": times.until(running) if running else "",
        }
    if not resting:
        here = url_for("quizzes.sit", attempt=attempt)
        flash(_("Your answers are saved."), "success")
    return redirect(here, 303)


@audience(Role.TRAINEE)
def go_on(attempt: int) -> ResponseReturnValue:
    """End a break that stopped the clock; when no time is left after it, the attempt closes."""
    here = url_for("quizzes.sit", attempt=attempt)
    try:
        clocks.go_on(db.session, attempt, for_person=identity.me().id, now=now())
    except TimeIsUp:
        db.session.rollback()
        _close(attempt)
        here = url_for("quizzes.result", attempt=attempt)
    identity.touch()
    db.session.commit()
    return redirect(here, 303)


@audience(Role.TRAINEE)
def close(attempt: int) -> ResponseReturnValue:
    """Close an attempt whose time is over; one that still has time goes on."""
    identity.touch()
    closed = _close(attempt)
    page = "quizzes.sit" if closed.state == "open" else "quizzes.result"
    onward = url_for(page, attempt=attempt)
    return {"go_to": onward} if held.wants_json() else redirect(onward, 303)


@audience(Role.TRAINEE)
def submit(attempt: int) -> ResponseReturnValue:
    """Hand in: save what the page carries, grade what is stored, and show the result.

    Blank questions are pointed out once before they count. Handing in twice gives the same result,
    and the words of the second time change nothing. After the deadline nothing is saved any more.
    """
    known, running = _known(attempt)
    try:
        _save(known, running, _changed(known), now())
        if "anyway" not in request.form and _has_blanks(known):
            db.session.commit()
            return redirect(url_for("quizzes.sit", attempt=attempt, look="again") + "#blank", 303)
    except (TimeIsUp, AlreadySubmitted):
        db.session.rollback()
    identity.touch()
    closing.hand_in(attempt, for_person=known.person_id, actor_id=known.person_id)
    return redirect(url_for("quizzes.result", attempt=attempt), 303)


@audience(Role.TRAINEE)
def result(attempt: int) -> ResponseReturnValue:
    """Show the grade, and as much of the paper as the policy allows."""
    sitting = _mine(attempt)
    if sitting.state == "open":
        return redirect(url_for("quizzes.sit", attempt=attempt), 303)
    asked = drawn.of(sitting).quiz
    course = catalog.edition(sitting.edition_digest)
    if sitting.grade is None:
        return render_template("quizzes/marking.html", course=course, quiz=asked, attempt=sitting)
    paper, repaired_at = repairing.shown(sitting, drawn.of(sitting).paper)
    view = feedback.shown(
        paper,
        drafts.of(db.session, sitting.id).answers,
        grading.from_document(sitting.grade),
        Policy(**sitting.policy),
        taught.asked(sitting.edition_digest, asked.slug),
        taught=taught.lessons(sitting.edition_digest),
        rated=rated.of_attempt(sitting.id, paper),
    )
    return render_template(
        "quizzes/result.html",
        course=course,
        quiz=asked,
        attempt=sitting,
        view=view,
        onward=wording.onward(sitting, asked, course),
        repaired_at=repaired_at,
        skills=wording.skills(view.competencies, sitting.edition_digest),
    )


def _mine(attempt: int) -> Sitting:
    return attempts.find(db.session, attempt, for_person=identity.me().id)


def _known(attempt: int) -> tuple[Drawn, Sitting | None]:
    """Return what never changes of an attempt, and the attempt itself only where a clock runs."""
    known = drawn.known(attempt, for_person=identity.me().id)
    return known, _mine(attempt) if known.timed else None


def _close(attempt: int) -> Sitting:
    me = identity.me().id
    return closing.hand_in(attempt, for_person=me, actor_id=me, only_when_over=True)


def _break_left(sitting: Sitting) -> int:
    """Return the whole minutes for which breaks may still stop the clock."""
    if sitting.deadline_at is None:
        return 0
    return int(clocks.break_left(db.session, sitting).total_seconds() // 60)


def _take_a_break(attempt: int) -> str:
    """Stop the clock where that was arranged, and return where the break is spent."""
    here = url_for("quizzes.sit", attempt=attempt)
    try:
        clocks.pause(db.session, attempt, for_person=identity.me().id, now=now())
    except (NoClock, NoBreakLeft):
        return url_for("home.take_a_break", back=here)
    return here


def _changed(known: Drawn) -> dict[str, answers.Answer]:
    """Return the difference between what the page showed and what it sends back."""
    seen = {
        name.removeprefix("seen-"): value
        for name, value in request.form.items()
        if name.startswith("seen-")
    }
    # A box without a tick and a choice not made send nothing: the page's own list says what it had.
    sent = {key: request.form.getlist(f"q-{key}") for key in seen}
    collected = answers.collect(known.paper, sent)
    return answers.changes(seen, collected.answers)


def _save(
    known: Drawn, running: Sitting | None, changes: answers.Answers, moment: datetime
) -> None:
    """Save what changed.

    :raises TimeIsUp: the deadline is over, so that nothing is saved.
    """
    if running is not None and running.over(moment):
        raise TimeIsUp
    drafts.save(db.session, known.attempt_id, changes, for_person=known.person_id, now=moment)


def _has_blanks(known: Drawn) -> bool:
    draft = drafts.of(db.session, known.attempt_id)
    return bool(marking.blanks(known.paper, draft.answers))
