"""Whether this process can serve: what a load balancer asks."""

import logging

from flask import Flask
from flask.typing import ResponseReturnValue

from course_engine.records import engine
from course_engine.web.access import EVERYONE, audience
from course_engine.web.database import db

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Answer at ``/health``: 200 while the database answers, 503 otherwise."""

    @app.get("/health")
    @audience(EVERYONE)
    def health() -> ResponseReturnValue:
        if engine.answers(db.session):
            return {"status": "ok"}
        log.error("the database does not answer")
        return {"status": "no database"}, 503
