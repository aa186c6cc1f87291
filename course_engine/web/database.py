"""The database of the app: one session a request, readers and writers told apart."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, current_app, g, has_request_context, request
from sqlalchemy import Engine

from course_engine.records import engine
from course_engine.records.connecting import Session
from course_engine.records.engine import Intent
from course_engine.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class Database:
    """The database of the site: its engine, and the session of whatever is done in this context."""

    @property
    def engine(self) -> Engine:
        """The engine of the current app."""
        made: Engine = current_app.extensions["engine"]
        return made

    @property
    def session(self) -> Session:
        """The session of this request, or of this block of a command; it ends with it."""
        own: Session | None = g.get("database_session")
        if own is None:
            own = g.database_session = Session(self.engine)
        return own


db = Database()


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the app to its database; a GET opens transactions that only read."""
    app.extensions["engine"] = engine.create(settings.database_url, intent=_intent)

    @app.teardown_appcontext
    def _give_back(_error: BaseException | None) -> None:
        own: Session | None = g.pop("database_session", None)
        if own is not None:
            own.close()


@contextmanager
def reading_first() -> Iterator[None]:
    """Read before anything is written, so that nobody who writes has to wait for it.

    What a request that may write does afterwards begins a transaction of its own.
    """
    if request.method in SAFE_METHODS:
        yield
        return
    g.intent = "read"
    try:
        yield
    finally:
        write_now()


def write_now() -> None:
    """Let what follows write. A GET does so only to count a failed guess, not for its answer."""
    _begin_anew("write")


@contextmanager
def write_once() -> Iterator[None]:
    """Let one statement be a transaction by itself; what begins after it is an ordinary one."""
    _begin_anew("write once")
    try:
        yield
    finally:
        g.intent = "write"


def _begin_anew(intent: Intent) -> None:
    g.intent = intent
    db.session.turn()


def _intent() -> Intent:
    if not has_request_context():
        return "write"
    usual: Intent = "read" if request.method in SAFE_METHODS else "write"
    intent: Intent = g.get("intent", usual)
    return intent
