"""How a connection behaves: writers share SQLite fairly, readers of PostgreSQL take short ways.

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
        _prepare_sqlite(engine, intent)
    elif intent is not None:
        _prepare_postgresql(engine, intent)


def _prepare_sqlite(engine: Engine, intent: Callable[[], Intent] | None) -> None:
    event.listen(engine, "connect", _set_up)

    def begin(connection: PoolProxiedConnection) -> None:
        database: Any = connection.dbapi_connection
        if intent is not None and intent() == "read":
            database.execute("BEGIN")
        else:
            _begin_writing(database)

    _begin_with(engine, begin)


def _prepare_postgresql(engine: Engine, intent: Callable[[], Intent]) -> None:
    """Spare readers the BEGIN and the ROLLBACK around their statements, and a single writer too.

    There each statement sees what was committed before it, inside a transaction and without one,
    unless somebody asked for another isolation. A ROLLBACK would also make the driver forget the
    statements that it had prepared.
    """
    event.listen(engine, "connect", _look_up_by_keys)
    # A site on SQLite need not wait for the driver.
    from psycopg import IsolationLevel  # noqa: PLC0415

    usual = (None, IsolationLevel.READ_COMMITTED)

    def begin(connection: PoolProxiedConnection) -> None:
        database: Any = connection.dbapi_connection
        if database.isolation_level not in usual:
            return
        alone = intent() != "write"
        if database.autocommit != alone:
            database.autocommit = alone

    _begin_with(engine, begin)


def _begin_with(engine: Engine, begin: Callable[[PoolProxiedConnection], None]) -> None:
    # An event would be looked for around every statement, not at each beginning alone.
    engine.dialect.do_begin = begin  # type: ignore[assignment, method-assign]


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


def _look_up_by_keys(database: Any, _record: object) -> None:
    # A page of an index is nearly always in memory. PostgreSQL takes it to be four times as dear as
    # the next page of a table, goes through the whole of a small table instead, and keeps that plan
    # while the table grows.
    database.execute("SET random_page_cost = 1.1")
    database.commit()


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
