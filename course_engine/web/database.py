"""The door to Flask-SQLAlchemy: one session a request, readers and writers told apart."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from course_engine.records import engine
from course_engine.records.base import metadata
from course_engine.records.engine import Intent

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Looked = TypeVar("Looked")


class CoreSession(FlaskSession):
    """A session that is no more than a connection, taken with the first statement.

    Records keep no ORM objects, and what the ORM does around each statement and transaction for
    their sake took nearly as long as the statement. Ending a transaction gives the connection back.
    """

    _line: Connection | None = None

    def connection(
        self, *_for_objects: Any, execution_options: Any = None, **_more: Any
    ) -> Connection:
        """Return the connection of this session; its first statement begins a transaction."""
        if self._line is None:
            self._line = db.engine.connect()
        if execution_options:
            self._line.execution_options(**execution_options)
        return self._line

    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Any = None,
        **_for_objects: Any,
    ) -> Any:
        """Run a statement in the transaction of this session, begun here if there is none."""
        line = self._line or self.connection()
        return line.execute(statement, params, execution_options=execution_options)

    def get_bind(self, *_for_objects: Any, **_more: Any) -> Engine:
        """Return the engine of the site."""
        return db.engine

    def in_transaction(self) -> bool:
        """Say whether a transaction is open."""
        return self._line is not None and self._line.in_transaction()

    def commit(self) -> None:
        """Keep what was written."""
        if self._line is not None:
            self._line.commit()
            self.close()

    def rollback(self) -> None:
        """Forget what was written."""
        self.close()

    def turn(self) -> None:
        """Forget what was written, and keep the connection for what comes next."""
        if self._line is not None:
            self._line.rollback()

    def close(self) -> None:
        """Give the connection back; what was not committed is forgotten."""
        line, self._line = self._line, None
        if line is not None:
            line.close()


class Database(SQLAlchemy):
    """The database of the site; ``session`` is this request's own."""

    if TYPE_CHECKING:
        # At run time it is a proxy that has every method of a Session without being one.
        session: Session  # type: ignore[assignment]


db = Database(metadata=metadata, session_options={"class_": CoreSession})


def init_app(app: Flask) -> None:
    """Connect the app to its database; a GET opens transactions that only read."""
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine, intent=_intent)


def reading_first(look: Callable[[], Looked]) -> Looked:
    """Look before anything is written, so that nobody who writes has to wait for it.

    What a request that may write does afterwards begins a transaction of its own.
    """
    if request.method in SAFE_METHODS:
        return look()
    g.intent = "read"
    try:
        return look()
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
    own: CoreSession = db.session()  # type: ignore[operator]  # the session behind the proxy
    own.turn()


def _intent() -> Intent:
    if not has_request_context():
        return "write"
    said: Intent | None = g.get("intent")
    return said or ("read" if request.method in SAFE_METHODS else "write")
