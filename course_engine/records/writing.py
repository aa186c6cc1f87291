"""Statements that write, on either database."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import UpdateBase

Insert = sqlite.Insert
"""An INSERT that can say what happens on a conflict; PostgreSQL's is asked in the same words."""


def dialect(session: Session) -> str:
    """Name the database that a session speaks with: "sqlite" or "postgresql"."""
    return session.get_bind().dialect.name


def insert(spoken: str, table: Table) -> Insert:
    """Begin an INSERT that takes ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    if spoken == "postgresql":
        # A site on SQLite need not wait for what PostgreSQL needs.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return cast("Insert", postgresql.insert(table))
    return sqlite.insert(table)


def changed(
    session: Session,
    statement: UpdateBase,
    values: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
) -> int:
    """Run a statement that writes, and return how many rows it touched."""
    # SQLAlchemy counts for UPDATE and DELETE by itself, for INSERT only when asked.
    counting = {"preserve_rowcount": True}
    done = session.execute(statement, values, execution_options=counting)
    return cast("CursorResult[Any]", done).rowcount
