"""The kinds of column that tables share, the same on SQLite and PostgreSQL."""

import json
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy.sql.schema import SchemaItem
from sqlalchemy.types import TypeDecorator, TypeEngine

LARGEST_ID = 2**63 - 1
_compact = json.JSONEncoder(separators=(",", ":")).encode


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC; one without a time zone is refused with a ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        # SQLite keeps no zone; what was written there was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Document(TypeDecorator[Any]):
    """Plain JSON values, kept as compact text.

    Everything outside ASCII is escaped: an author's or trainee's odd characters can then be stored
    by every database.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return _compact(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Words(TypeDecorator[str]):
    """Text that people wrote, without NUL and halves of characters, which no database holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        kept = value if value.isascii() else value.encode("utf-8", "ignore").decode()
        return kept.replace("\0", "")


class Number(TypeDecorator[int]):
    """An id. One that no row can have, as a forged address may carry, finds nothing."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        # Only a column called INTEGER numbers its rows by itself in SQLite.
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        return value if value is None or 0 < value <= LARGEST_ID else -1


def required(
    name: str,
    kind: type[TypeEngine[Any]] | TypeEngine[Any],
    *more: SchemaItem,
    primary_key: bool = False,
    unique: bool | None = None,
    index: bool | None = None,
) -> Column[Any]:
    """Declare a column that always has a value."""
    return Column(
        name, kind, *more, nullable=False, primary_key=primary_key, unique=unique, index=index
    )


def optional(
    name: str,
    kind: type[TypeEngine[Any]] | TypeEngine[Any],
    *more: SchemaItem,
    index: bool | None = None,
) -> Column[Any]:
    """Declare a column that may be empty."""
    return Column(name, kind, *more, nullable=True, index=index)


def partial(
    name: str, *columns: Column[Any], where: ColumnElement[bool], unique: bool = False
) -> Index:
    """Declare an index over the rows of which ``where`` is true.

    Migrations make it, for both databases. Saying the same for PostgreSQL here would load all that
    SQLAlchemy knows of PostgreSQL, on every site.
    """
    return Index(name, *columns, unique=unique, sqlite_where=where)


def those_of(value: type, table: Table) -> list[ColumnElement[Any]]:
    """Return the columns that a value is made of, in the order of its fields: ``Value(*row)``."""
    return [table.c[field.name] for field in fields(value)]
