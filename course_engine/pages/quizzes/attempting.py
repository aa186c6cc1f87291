"""One attempt: the paper on the page, drafts, handing in, and the result."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.assessment import answers, feedback, grading, papers, sheets, topics
from course_engine.assessment.papers import Paper
from course_engine.curriculum.course import Exam, Policy, Quiz
from course_engine.pages.quizzes import wording
from course_engine.records import attempts, journal
from course_engine.records.attempts import Sitting
from course_engine.records.people import Role
from course_engine.web import catalog, held, identity, issuing, localization, study
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

HERE = "/attempts/<int:attempt>"


def add_to(pages: Blueprint) -> None:
    """Add the views of an attempt."""
    pages.add_url_rule(HERE, view_func=sit, methods=["GET"])
    pages.add_url_rule(f"{HERE}/save", view_func=save, methods=["POST"])
    pages.add_url_rule(f"{HERE}/submit", view_func=submit, methods=["POST"])
    pages.add_url_rule(f"{HERE}/result", view_func=result, methods=["GET"])


@audience(Role.TRAINEE)
def sit(attempt: int) -> ResponseReturnValue:
    """Show the paper with what was saved so far (3 statements in all)."""
    sitting = _mine(attempt)
    if sitting.state == "submitted":
        return redirect(url_for("quizzes.result", attempt=attempt), 303)
    asked, paper = _asked(sitting)
    draft = attempts.draft(db.session, sitting.id)
    course = catalog.edition(sitting.edition_digest)
    return render_template(
        "quizzes/sit.html",
        language=course.language,
        sitting=wording.sitting(sitting, course, asked, paper, draft),
        introduction=asked.introduction,
        questions=sheets.sheet(paper, draft.answers),
        blank=frozenset(answers.unanswered(paper, draft.answers))
        if request.args.get("look") == "again"
        else frozenset(),
    )


@audience(Role.TRAINEE)
def save(attempt: int) -> ResponseReturnValue:
    """Save the answers that this page changed; say so only after the commit."""
    sitting = _mine(attempt)
    changes = _save(sitting)
    identity.touch()
    db.session.commit()
    moment = now()
    if held.wants_json():
        return {
            "saved_at_text": localization.clock(moment),
            "seen": {key: answers.fingerprint(answer) for key, answer in changes.items()},
        }
    here = url_for("quizzes.sit", attempt=attempt)
    if request.form.get("do") == "break":
        return redirect(url_for("home.take_a_break", back=here), 303)
    flash(_("Your answers are saved."), "success")
    return redirect(here, 303)


@audience(Role.TRAINEE)
def submit(attempt: int) -> ResponseReturnValue:
    """Hand in: save what the page carries, grade what is stored, and show the result.

    Blank questions are pointed out once before they count. Handing in twice gives the same result,
    and the words of the second time change nothing.
    """
    sitting = _mine(attempt)
    if sitting.state == "open":
        if sitting.deadline_at is None or now() <= sitting.deadline_at:
            _save(sitting)
            if "anyway" not in request.form and _blank(sitting):
                db.session.commit()
                return redirect(
                    url_for("quizzes.sit", attempt=attempt, look="again") + "#blank", 303
                )
        closed = attempts.submit(
            db.session, sitting.id, for_person=sitting.person_id, grade=_grade, now=now()
        )
        journal.write(
            db.session,
            action="attempt.submitted",
            subject=("attempt", sitting.id),
            actor_id=sitting.person_id,
            now=now(),
            details={"percent": closed.percent, "passed": closed.passed},
        )
        identity.touch()
        db.session.commit()
        mine = study.find(sitting.course_slug)
        if mine is not None and closed.passed:
            issuing.issue_when_due(mine)
    return redirect(url_for("quizzes.result", attempt=attempt), 303)


@audience(Role.TRAINEE)
def result(attempt: int) -> ResponseReturnValue:
    """Show the grade, and as much of the paper as the policy allows."""
    sitting = _mine(attempt)
    if sitting.state != "submitted" or sitting.grade is None:
        return redirect(url_for("quizzes.sit", attempt=attempt), 303)
    asked, paper = _asked(sitting)
    course = catalog.edition(sitting.edition_digest)
    view = feedback.shown(
        paper,
        attempts.draft(db.session, sitting.id).answers,
        grading.from_document(sitting.grade),
        Policy(**sitting.policy),
        topics.titles(course, asked),
    )
    return render_template(
        "quizzes/result.html",
        course=course,
        quiz=asked,
        attempt=sitting,
        view=view,
        onward=wording.onward(sitting, asked),
    )


def _mine(attempt: int) -> Sitting:
    return attempts.find(db.session, attempt, for_person=identity.me().id)


def _asked(sitting: Sitting) -> tuple[Quiz | Exam, Paper]:
    """Return the quiz as it stood in the attempt's edition, and the paper as it was drawn."""
    course = catalog.edition(sitting.edition_digest)
    asked = next(one for one in course.quizzes if one.slug == sitting.quiz)
    return asked, papers.from_document(sitting.paper, papers.questions_by_id(asked))


def _save(sitting: Sitting) -> dict[str, answers.Answer]:
    """Save the difference between what the page showed and what it sends back."""
    _quiz, paper = _asked(sitting)
    seen = {
        name.removeprefix("seen-"): value
        for name, value in request.form.items()
        if name.startswith("seen-")
    }
    # A box without a tick and a choice not made send nothing: the page's own list says what it had.
    sent = {key: request.form.getlist(f"q-{key}") for key in seen}
    collected = answers.collect(paper, sent)
    changes = answers.changes(seen, collected.answers)
    attempts.save_answers(db.session, sitting.id, changes, for_person=sitting.person_id, now=now())
    return changes


def _blank(sitting: Sitting) -> bool:
    _quiz, paper = _asked(sitting)
    return bool(answers.unanswered(paper, attempts.draft(db.session, sitting.id).answers))


def _grade(sitting: Sitting, given: answers.Answers) -> grading.Grade:
    _quiz, paper = _asked(sitting)
    return grading.grade(paper, given, Policy(**sitting.policy))
