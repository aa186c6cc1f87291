"""The working copy as a trainee will see it, with the answers marked."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from course_engine.assessment import papers, sheets
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.errors import Missing
from course_engine.pages.authoring import (
    answer_keys,
    lesson_previews,
    preview_links,
    shelf,
    working_copy,
)
from course_engine.records.people import Role
from course_engine.web.access import audience

Values = dict[str, Any]


def add_to(pages: Blueprint) -> None:
    """Add the views of the preview."""
    for rule, view in (
        ("", overview),
        ("/<module>/<lesson>", lesson_preview),
        ("/practice", practice_preview),
        ("/quizzes/<quiz>", quiz_preview),
        ("/quizzes/<quiz>/paper", paper_preview),
        ("/statements/<statement>", statement_preview),
    ):
        pages.add_url_rule(f"/<course>/preview{rule}", view_func=view, methods=["GET"])
    pages.add_url_rule("/<course>/pictures/<sha256>", view_func=picture, methods=["GET"])


@audience(Role.AUTHOR)
def overview(course: str) -> ResponseReturnValue:
    """Show the introduction and everything that can be opened."""
    return shown(course, "authoring/overview.html", lambda _: {})


@audience(Role.AUTHOR)
def lesson_preview(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson; its checks and boxes cannot be used here."""
    return shown(
        course,
        "authoring/lesson.html",
        lambda found: lesson_previews.values(found, module, lesson),
    )


@audience(Role.AUTHOR)
def quiz_preview(course: str, quiz: str) -> ResponseReturnValue:
    """Show every question of a quiz or a bank with its key."""

    def values(found: Course) -> Values:
        asked = _asked(found, quiz)
        return {"quiz": asked, "parts": answer_keys.parts(found, asked)}

    return shown(course, "authoring/quiz.html", values)


@audience(Role.AUTHOR)
def practice_preview(course: str) -> ResponseReturnValue:
    """Show every practice question with its key."""
    return shown(
        course,
        "authoring/practice.html",
        lambda found: {"parts": answer_keys.practice_parts(found)},
    )


@audience(Role.AUTHOR)
def paper_preview(course: str, quiz: str) -> ResponseReturnValue:
    """Show a paper as it could be drawn for a trainee: mixed, and without the key."""
    number = request.args.get("number", 1, type=int)

    def values(found: Course) -> Values:
        asked = _asked(found, quiz)
        drawn = papers.draw(asked, edition="", seed=f"preview {number}")
        return {"quiz": asked, "questions": sheets.sheet(drawn, {}), "number": number}

    return shown(course, "authoring/paper.html", values)


@audience(Role.AUTHOR)
def statement_preview(course: str, statement: str) -> ResponseReturnValue:
    """Show a statement as it is read before it is signed."""

    def values(found: Course) -> Values:
        for each in found.statements:
            if each.slug == statement:
                return {"statement": each}
        raise Missing

    return shown(course, "authoring/statement.html", values)


@audience(Role.AUTHOR)
def picture(course: str, sha256: str) -> ResponseReturnValue:
    """Return a picture that is in the files, published or not."""
    for asset in working_copy.read(course).assets:
        if asset.sha256 == sha256:
            response = Response(asset.content, content_type=asset.media_type)
            # A picture that somebody opens by itself must not be able to run anything.
            response.headers["Content-Security-Policy"] = (
                "default-src 'none'; style-src 'unsafe-inline'; sandbox"
            )
            return response
    raise Missing


def shown(slug: str, template: str, values: Callable[[Course], Values]) -> ResponseReturnValue:
    """Render a page of the working copy, or its Problems as long as it has any."""
    copy = working_copy.read(slug)
    if copy.course is None:
        page = render_template(
            "authoring/broken.html", slug=slug, files=shelf.by_file(copy.problems)
        )
        return page, 409
    page = render_template(template, course=copy.course, **values(copy.course))
    return preview_links.within_preview(page, copy.course, copy.assets)


def _asked(course: Course, slug: str) -> Quiz | Exam:
    for quiz in course.quizzes:
        if quiz.slug == slug:
            return quiz
    raise Missing
