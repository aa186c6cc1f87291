"""Practice: one question at a time, explained at once, and missed ones return."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.assessment import answers, feedback, practice, sheets, teaching
from course_engine.errors import Missing
from course_engine.pages.practice import shelves
from course_engine.records import practicing
from course_engine.records.people import Role
from course_engine.web import identity, path, study, taught
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

pages = Blueprint("practice", __name__, url_prefix="/courses/<course>/practice")


@pages.get("")
@audience(Role.TRAINEE)
def show(course: str) -> ResponseReturnValue:
    """Show what there is to practice, topic by topic, and how well each is known."""
    mine = study.find(course)
    if mine is None:
        return redirect(url_for("courses.show", course=course), 303)
    found = shelves.of(mine)
    return render_template("practice/show.html", course=mine.course, shelves=found)


@pages.get("/next")
@audience(Role.TRAINEE)
def ask(course: str) -> ResponseReturnValue:
    """Show the question that comes next, of one topic or of all."""
    mine = study.mine(course)
    topic = request.args.get("topic", "")
    questions = shelves.questions(mine.course, topic)
    cards = shelves.cards(mine)
    chosen = practice.next_question(
        tuple(questions), cards, now=now(), last=request.args.get("last", "")
    )
    if chosen is None:
        raise Missing
    card = cards.get(chosen)
    item = shelves.item(mine, questions[chosen], times=card.asked if card else 0)
    return render_template(
        "practice/ask.html",
        course=mine.course,
        topic=topic,
        title=shelves.title_of(mine.course, chosen),
        question=sheets.practice_sheet(item),
        times=card.asked if card else 0,
    )


@pages.post("/next")
@audience(Role.TRAINEE)
def answer(course: str) -> ResponseReturnValue:
    """Keep an answer, and show what is said about it; a second click changes nothing."""
    mine = study.mine(course)
    topic, asked = request.form.get("topic", ""), request.form.get("question", "")
    question = shelves.question(mine.course, asked)
    card = shelves.cards(mine).get(asked)
    times = card.asked if card else 0
    if request.form.get("times") == str(times):
        item = shelves.item(mine, question, times=times)
        given = answers.read(item, request.form.getlist(f"q-{asked}"))
        if not given:
            flash(_("Choose an answer first. Then look at what is said about it."))
            return redirect(url_for("practice.ask", course=course, topic=topic or None), 303)
        right = feedback.everything(item, given).outcome == "right"
        practicing.answer(
            db.session,
            mine.enrollment.id,
            asked,
            card=practice.answered(card, right=right, now=now()),
            given=given,
        )
        identity.touch()
        db.session.commit()
    there = url_for("practice.explain", course=course, question=asked, topic=topic or None)
    return redirect(there, 303)


@pages.get("/answers/<question>")
@audience(Role.TRAINEE)
def explain(course: str, question: str) -> ResponseReturnValue:
    """Explain the answer given last, and say when the question comes back."""
    mine = study.mine(course)
    asked = shelves.question(mine.course, question)
    kept = shelves.kept(mine).get(question)
    if kept is None:
        raise Missing
    item = shelves.item(mine, asked, times=kept.card.asked - 1)
    review = feedback.everything(item, kept.answer)
    digest = mine.enrollment.edition_digest
    lessons = path.lessons(digest)
    missed = [asked.competencies] if review.outcome != "right" else []
    return render_template(
        "practice/explain.html",
        course=mine.course,
        topic=request.args.get("topic", ""),
        title=shelves.title_of(mine.course, question),
        review=review,
        box=kept.card.box,
        reread=[lessons[slug] for slug in teaching.best(missed, taught.lessons(digest), lessons)],
    )
