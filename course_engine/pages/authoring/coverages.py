"""What the working copy teaches and tests, competency by competency."""

from typing import Any

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from course_engine.curriculum import coverage
from course_engine.curriculum.course import Course
from course_engine.pages.authoring import preview_links, previews
from course_engine.records.people import Role
from course_engine.web.access import audience

Values = dict[str, Any]


def add_to(pages: Blueprint) -> None:
    """Add the view of the coverage report."""
    pages.add_url_rule("/<course>/coverage", view_func=show_coverage, methods=["GET"])


@audience(Role.AUTHOR)
def show_coverage(course: str) -> ResponseReturnValue:
    """Show which lessons teach each competency, and which questions test it."""
    return previews.shown(course, "authoring/coverage.html", _values)


def _values(course: Course) -> Values:
    return {"coverage": coverage.coverage(course), "places": _places(course)}


def _places(course: Course) -> dict[str, tuple[str, str]]:
    """Name every file that can be cited, with the address of its preview."""
    places = {
        lesson.source: (
            lesson.title,
            preview_links.lesson_url(course.slug, module.slug, lesson.slug),
        )
        for module in course.modules
        for lesson in module.lessons
    }
    asked = [(each.quiz, each.quiz.title) for each in course.modules if each.quiz]
    for quiz, title in asked:
        address = url_for("authoring.quiz_preview", course=course.slug, quiz=quiz.slug)
        places.update({question.source: (title, address) for question in quiz.questions})
    for topic in course.practice:
        address = url_for("authoring.practice_preview", course=course.slug)
        places.update({question.source: (topic.title, address) for question in topic.questions})
    for topic in course.exam.bank if course.exam else ():
        address = url_for("authoring.quiz_preview", course=course.slug, quiz="exam")
        places.update({question.source: (topic.title, address) for question in topic.questions})
    return places
