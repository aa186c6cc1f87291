"""Repairs of a course: choosing a question, seeing what would change, and doing it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.assessment import marking, papers, repairs
from course_engine.assessment.papers import Item
from course_engine.assessment.repairs import Repair
from course_engine.curriculum.questions import Question
from course_engine.errors import Refused
from course_engine.pages.repairs import wording
from course_engine.pages.repairs.forms import RepairForm, TakeBackForm
from course_engine.records import regrades
from course_engine.records import repairs as kept_repairs
from course_engine.records.people import Role
from course_engine.web import catalog, identity, new_keys, outlooks, repairing
from course_engine.web.access import audience
from course_engine.web.database import db
from course_engine.web.errors import explained
from course_engine.web.new_keys import Typed
from course_engine.web.outlooks import Outlook, Wanted

pages = Blueprint("repairs", __name__, url_prefix="/repairs")


@pages.get("")
@audience(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the courses with their quizzes, and what was repaired in each."""
    courses = catalog.courses()
    return render_template(
        "repairs/index.html",
        courses=[(course, kept_repairs.of_course(db.session, course.slug)) for course in courses],
        kinds=wording.KINDS,
    )


@pages.get("/<course>/<quiz>")
@audience(Role.COORDINATOR)
def questions(course: str, quiz: str) -> ResponseReturnValue:
    """List the questions of a quiz, to choose the one that was wrong."""
    served = catalog.course(course)
    asked = wording.quiz_of(served, quiz)
    known = papers.questions_by_id(asked)
    return render_template(
        "repairs/questions.html",
        course=served,
        quiz=asked,
        questions=[one for one in known.values() if marking.graded(Item(question=one))],
    )


@pages.get("/<course>/<quiz>/<question>")
@audience(Role.COORDINATOR)
def show(course: str, quiz: str, question: str) -> ResponseReturnValue:
    """Show a question with its key, and ask how it is to be repaired."""
    found = repairing.question(course, quiz, question)
    return _page(course, quiz, found, wording.prefilled(found))


@pages.post("/<course>/<quiz>/<question>")
@audience(Role.COORDINATOR)
def repair(course: str, quiz: str, question: str) -> ResponseReturnValue:
    """Show what a repair would change; with what was looked at, do it.

    :raises LookAgain: it would change something else by now.
    """
    found = repairing.question(course, quiz, question)
    form = RepairForm()
    form.right.choices = wording.choices(found)
    if not form.validate_on_submit():
        return _page(course, quiz, found, form), 422
    try:
        wanted = Wanted(
            course_slug=course, quiz=quiz, repair=_wanted(found, form), rule=form.rule.data
        )
    except Refused as refusal:
        form.kind.errors = [explained(refusal)]
        return _page(course, quiz, found, form), 422
    if request.form.get("do") == "apply" and form.looked_at.data:
        repair_id = repairing.apply(
            wanted,
            looked_at=form.looked_at.data,
            reason=form.reason.data,
            actor_id=identity.me().id,
        )
        flash(_("The question is repaired, and the grades are corrected."), "success")
        return redirect(url_for("repairs.done", repair_id=repair_id), 303)
    outlook = outlooks.look(wanted)
    db.session.rollback()
    form.looked_at.process_data(outlook.fingerprint)
    return _page(course, quiz, found, form, outlook)


@pages.get("/<int:repair_id>")
@audience(Role.COORDINATOR)
def done(repair_id: int) -> ResponseReturnValue:
    """Show a repair that was applied."""
    kept = kept_repairs.find(db.session, repair_id)
    return render_template(
        "repairs/done.html",
        kept=kept,
        kinds=wording.KINDS,
        rules=wording.RULES,
        replaced=len(regrades.replaced_by(db.session, repair_id)),
        form=TakeBackForm(),
    )


@pages.post("/<int:repair_id>/take-back")
@audience(Role.COORDINATOR)
def take_back(repair_id: int) -> ResponseReturnValue:
    """Put back the grades that a repair replaced.

    :raises AlreadyReversed: it was taken back before.
    """
    kept_repairs.find(db.session, repair_id)
    count = repairing.take_back(repair_id, actor_id=identity.me().id)
    flash(
        ngettext("%(num)s grade was put back.", "%(num)s grades were put back.", count), "success"
    )
    return redirect(url_for("repairs.done", repair_id=repair_id), 303)


def _page(
    course: str, quiz: str, question: Question, form: RepairForm, outlook: Outlook | None = None
) -> str:
    served = catalog.course(course)
    form.right.choices = wording.choices(question)
    return render_template(
        "repairs/show.html",
        course=served,
        quiz=wording.quiz_of(served, quiz),
        question=question,
        form=form,
        outlook=outlook,
        said=wording.said(outlook) if outlook else (),
    )


def _wanted(question: Question, form: RepairForm) -> Repair:
    if form.kind.data != "re-key":
        return Repair(kind=form.kind.data, question=question)
    typed = Typed(
        right=[int(index) for index in form.right.data or () if index.isdigit()],
        accepted=tuple(
            line.strip() for line in (form.accepted.data or "").splitlines() if line.strip()
        ),
        low=form.low.data or "",
        high=form.high.data or "",
    )
    wanted = Repair(kind="re-key", question=question, key=new_keys.keyed(question, typed))
    repairs.check(wanted)
    return wanted
