"""The door to Flask-SQLAlchemy: one session a request, readers and writers told apart."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, current_app, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from course_engine.records import engine
from course_engine.records.base import metadata
from course_engine.records.connections import Connections
from course_engine.records.engine import Intent

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

Looked = TypeVar("Looked")


class CoreSession(FlaskSession):
    """A session that is no more than a connection, taken with the first statement.

    Records keep no ORM objects, and what the ORM does around each statement and transaction for
    their sake took nearly as long as the statement. Ending a transaction gives the connection back.
    """

    def __init__(self, *database: Any, **options: Any) -> None:
        super().__init__(*database, **options)
        self._connections = db.connections
        self._opened: Connection | None = None

    def connection(
        self, *_for_objects: Any, execution_options: Any = None, **_more: Any
    ) -> Connection:
        """Return the connection of this session; its first statement begins a transaction."""
        if self._opened is None:
            self._opened = self._connections.take()
        if execution_options:
            self._opened.execution_options(**execution_options)
        return self._opened

    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Any = None,
        **_for_objects: Any,
    ) -> Any:
        """Run a statement in the transaction of this session, begun here if there is none.

        A connection that went away while nobody had it, as when a database is started anew, is
        replaced unseen: nothing of this transaction was done on it yet. A single statement that is
        a transaction by itself is not run again, as nobody knows whether it was kept.
        """
        if opened := self._opened:
            return opened.execute(statement, params, execution_options=execution_options)
        try:
            return self.connection().execute(statement, params, execution_options=execution_options)
        except DBAPIError as error:
            if not error.connection_invalidated or _intent() == "write once":
                raise
        self.close()
        return self.connection().execute(statement, params, execution_options=execution_options)

    def get_bind(self, *_for_objects: Any, **_more: Any) -> Engine:
        """Return the engine of the site."""
        return self._connections.engine

    def in_transaction(self) -> bool:
        """Say whether a transaction is open."""
        return self._opened is not None and self._opened.in_transaction()

    def commit(self) -> None:
        """Keep what was written."""
        if self._opened is not None:
            self._opened.commit()
            self.close()

    def rollback(self) -> None:
        """Forget what was written."""
        self.close()

    def close(self) -> None:
        """Give the connection back; what was not committed is forgotten."""
        opened, self._opened = self._opened, None
        if opened is not None:
            self._connections.leave(opened)


class Database(SQLAlchemy):
    """The database of the site; ``session`` is this request's own."""

    if TYPE_CHECKING:
        # At run time it is a proxy that has every method of a Session without being one.
        session: Session  # type: ignore[assignment]

    @property
    def connections(self) -> Connections:
        """The connections of the site."""
        connections: Connections = current_app.extensions["connections"]
        return connections

    def close(self) -> None:
        """End the session of this context, and close every connection that nobody has."""
        self.session.remove()  # type: ignore[attr-defined]  # of the proxy
        self.connections.close()


db = Database(metadata=metadata, session_options={"class_": CoreSession})


def init_app(app: Flask) -> None:
    """Connect the app to its database; a GET opens transactions that only read."""
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine, intent=_intent)
        app.extensions["connections"] = Connections(db.engine)


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
    db.session.rollback()


def _intent() -> Intent:
    if not has_request_context():
        return "write"
    said: Intent | None = g.get("intent")
    return said or ("read" if request.method in SAFE_METHODS else "write")
