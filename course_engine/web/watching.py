"""While an author works: every page tells of Problems, and a word changes with each save."""

from typing import Any, NamedTuple

from flask import Flask, url_for
from flask.typing import ResponseReturnValue

from course_engine.records import editions
from course_engine.web.access import EVERYONE, audience
from course_engine.web.database import db


class Broken(NamedTuple):
    """A course whose files have Problems; ``served`` says whether an older edition still is."""

    title: str
    problems: int
    served: bool
    url: str


def init_app(app: Flask) -> None:
    """Answer at ``/watch`` and hand pages what is broken; only ``serve --watch`` does either."""

    @app.get("/watch")
    @audience(EVERYONE)
    def watch() -> ResponseReturnValue:
        return {"stamp": editions.stamp(db.session)}

    @app.context_processor
    def _as_shown() -> dict[str, Any]:
        # The page carries the word for what it shows, so that no change falls in between.
        return {"broken_courses": broken_courses(), "watch_stamp": editions.stamp(db.session)}


def broken_courses() -> tuple[Broken, ...]:
    """Return the courses that cannot be published as their files are, by slug (1 statement)."""
    counted = [
        (course, sum(problem.severity == "problem" for problem in course.problems))
        for course in editions.courses(db.session)
    ]
    return tuple(
        Broken(
            title=course.title,
            problems=problems,
            served=course.edition_digest is not None,
            url=url_for("authoring.show", course=course.slug),
        )
        for course, problems in counted
        if problems
    )
