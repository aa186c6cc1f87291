"""How a connection behaves, and how writers share SQLite fairly.

SQLite has one writer at a time. A writer says so when its transaction begins (BEGIN IMMEDIATE): one
that read first and wanted to write later could only fail. SQLite's own waiting is not fair, and one
of two busy writers can starve; waiting here in short random sleeps gives each the same chance.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from typing import Any, Literal

from sqlalchemy import Engine, PoolProxiedConnection, create_engine, event, select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

Intent = Literal["read", "write", "write once"]
"""What a transaction is for: a reader waits for nobody; "write once" is a single statement."""

Begin = Callable[[PoolProxiedConnection], None]
"""What begins a transaction on a connection."""

PATIENCE = 15.0
_NAP = 0.004

_SETTINGS = (
    "PRAGMA busy_timeout = 100",  # Only for what is not a writer's BEGIN, such as recovery.
    "PRAGMA journal_mode = WAL",  # Readers and the writer do not wait for each other.
    "PRAGMA synchronous = FULL",  # An acknowledged save outlives a power cut.
    "PRAGMA foreign_keys = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -8000",  # In KiB.
)


class DatabaseBusy(Exception):
    """Others were writing for 15 seconds without a gap; nothing was changed."""


TROUBLE = (OperationalError, DatabaseBusy)
"""What is wrong with the database and not with what it was asked: full, gone, or busy for long."""


def create(url: str, *, intent: Callable[[], Intent] | None = None) -> Engine:
    """Make an engine for a database address and prepare it."""
    engine = create_engine(url)
    prepare(engine, intent=intent)
    return engine


def prepare(engine: Engine, *, intent: Callable[[], Intent] | None = None) -> None:
    """Make an engine's connections behave; call once, before the first of them is opened.

    ``intent`` is asked whenever a transaction begins. Without it every transaction may write.
    """
    if engine.dialect.name == "sqlite":
        begin = _prepare_sqlite(engine, intent)
    elif intent is not None:
        # A site on SQLite need not wait for the driver.
        from course_engine.records import postgresql  # noqa: PLC0415

        begin = postgresql.prepare(engine, stands_alone=lambda: intent() != "write")
    else:
        return
    # An event would be looked for around every statement, not at each beginning alone.
    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]


def _prepare_sqlite(engine: Engine, intent: Callable[[], Intent] | None) -> Begin:
    event.listen(engine, "connect", _set_up)

    def begin(connection: PoolProxiedConnection) -> None:
        database: Any = connection.dbapi_connection
        if intent is not None and intent() == "read":
            database.execute("BEGIN")
        else:
            _begin_writing(database)

    return begin


def answers(session: Session) -> bool:
    """Say whether the database answers (1 statement)."""
    try:
        return bool(session.execute(select(1)).scalar_one())
    except (SQLAlchemyError, DatabaseBusy):
        return False


def _set_up(database: Any, _record: object) -> None:
    # The driver would otherwise open transactions by itself, and never an immediate one.
    database.isolation_level = None
    for setting in _SETTINGS:
        database.execute(setting).close()


def _begin_writing(database: sqlite3.Connection) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            if time.monotonic() > deadline:
                raise DatabaseBusy from error
            time.sleep(random.uniform(_NAP / 4, _NAP))  # noqa: S311 - fairness, not secrecy
        else:
            return
