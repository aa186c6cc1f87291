"""The quizzes of a course with their analyses, one quiz, and one question."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from course_engine.assessment import papers
from course_engine.assessment.analysis import reports
from course_engine.assessment.analysis.reports import Analysis
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.errors import Missing
from course_engine.pages.analysis import pictures, wording
from course_engine.records import analyses
from course_engine.records.analyses import KeptAnalysis
from course_engine.records.people import Role
from course_engine.web import catalog
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

pages = Blueprint("analysis", __name__, url_prefix="/authoring/<course>/analysis")


@pages.get("")
@audience(Role.AUTHOR)
def index(course: str) -> ResponseReturnValue:
    """List the quizzes of a course, and what is known of each."""
    served = catalog.course(course)
    kept = analyses.of_course(db.session, course)
    return render_template(
        "analysis/index.html",
        course=served,
        quizzes=[(quiz, one := kept.get(quiz.slug), _found(one)) for quiz in served.quizzes],
    )


@pages.get("/<quiz>")
@audience(Role.AUTHOR)
def show(course: str, quiz: str) -> ResponseReturnValue:
    """Show the figures of a quiz and of each of its questions."""
    served, asked = _quiz(course, quiz)
    kept = analyses.find(db.session, course, quiz)
    analysis = _found(kept)
    return render_template(
        "analysis/show.html",
        course=served,
        quiz=asked,
        kept=kept,
        figures=wording.quiz_figures(analysis.figures) if analysis else (),
        bars=pictures.bars(analysis.bars) if analysis else (),
        rows=wording.rows(served, asked, analysis) if analysis else (),
        drawn=isinstance(asked, Exam),
    )


@pages.post("/<quiz>")
@audience(Role.AUTHOR)
def ask(course: str, quiz: str) -> ResponseReturnValue:
    """Ask for an analysis of the answers that are there by now; it is made in the background."""
    _quiz(course, quiz)
    analyses.ask(db.session, course, quiz, now=now())
    db.session.commit()
    return redirect(url_for("analysis.show", course=course, quiz=quiz), 303)


@pages.get("/<quiz>/<question>")
@audience(Role.AUTHOR)
def question(course: str, quiz: str, question: str) -> ResponseReturnValue:
    """Show one question: its figures, who picked what, and what to look at."""
    served, asked = _quiz(course, quiz)
    analysis = _found(analyses.find(db.session, course, quiz))
    analyzed = analysis.questions if analysis else ()
    found = next((one for one in analyzed if one.id == question), None)
    known = papers.questions_by_id(asked).get(question)
    if found is None or known is None:
        raise Missing
    options = wording.options(known, found)
    return render_template(
        "analysis/question.html",
        course=served,
        quiz=asked,
        question=known,
        place=wording.place(served, known),
        figures=wording.question_figures(found.figures),
        flags=[wording.flag(known, one) for one in found.flags],
        options=options,
        strips=pictures.strips(options),
        what=wording.what_is_picked(known),
    )


def _quiz(course: str, slug: str) -> tuple[Course, Quiz | Exam]:
    served = catalog.course(course)
    found = next((one for one in served.quizzes if one.slug == slug), None)
    if found is None:
        raise Missing
    return served, found


def _found(kept: KeptAnalysis | None) -> Analysis | None:
    """Return what was found, None before it was made or where nothing was to be found."""
    return reports.from_document(kept.document) if kept and kept.document else None
