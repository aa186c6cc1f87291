"""The door to Flask-SQLAlchemy: one session a request, readers and writers told apart."""

from typing import TYPE_CHECKING, Any

from flask import Flask, g, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from course_engine.records import engine
from course_engine.records.base import metadata

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CoreSession(FlaskSession):
    """A session that hands statements straight to its connection.

    Records keep no ORM objects, and what the ORM does around each statement for their sake took
    nearly as long as the statement.
    """

    _line: Connection | None = None

    def execute(
        self,
        statement: Any,
        params: Any = None,
        *,
        execution_options: Any = None,
        **_for_objects: Any,
    ) -> Any:
        """Run a statement in the transaction of this session, begun here if there is none."""
        if self._line is None or not self.in_transaction():
            self._line = self.connection()
        return self._line.execute(statement, params, execution_options=execution_options)


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
        engine.prepare(db.engine, reads_only=_request_only_reads)


def write_now() -> None:
    """Let this GET write after all: only to count a failed guess, never for what was asked."""
    g.writes = True
    db.session.rollback()


def _request_only_reads() -> bool:
    return has_request_context() and request.method in SAFE_METHODS and not g.get("writes")
