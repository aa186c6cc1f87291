"""While an author works: a word that changes whenever a course is published or found broken."""

from flask import Flask
from flask.typing import ResponseReturnValue

from course_engine.records import editions
from course_engine.web.access import EVERYONE, audience
from course_engine.web.database import db


def init_app(app: Flask) -> None:
    """Answer at ``/watch``; only ``serve --watch`` has this address."""

    @app.get("/watch")
    @audience(EVERYONE)
    def watch() -> ResponseReturnValue:
        return {"stamp": editions.stamp(db.session)}
