"""The door to Flask-SQLAlchemy: one session a request, readers and writers told apart."""

from typing import TYPE_CHECKING

from flask import Flask, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Session

from course_engine.records import engine
from course_engine.records.base import metadata

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Database(SQLAlchemy):
    """The database of the site; ``session`` is this request's own."""

    if TYPE_CHECKING:
        # At run time it is a proxy that has every method of a Session without being one.
        session: Session  # type: ignore[assignment]


db = Database(metadata=metadata)


def init_app(app: Flask) -> None:
    """Connect the app to its database; a GET opens transactions that only read."""
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine, reads_only=_request_only_reads)


def write_now() -> None:
    """Let this GET write after all: only to count a failed guess, never for what was asked."""
    g.writes = True
    db.session.rollback()


def _request_only_reads() -> bool:
    return has_request_context() and request.method in SAFE_METHODS and not g.get("writes")
