"""Long lists, a page at a time, by keyset: the thousandth page costs what the first one does."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, Select, literal, tuple_
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records.columns import LARGEST_ID, Number

PAGE = 50

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list; ``after`` asks for the next ones, None at the end of the list."""

    rows: tuple[T, ...]
    after: str | None

    def each(self, make: Callable[[T], S]) -> "Page[S]":
        """Return the same page with something made of each row."""
        return Page(tuple(make(row) for row in self.rows), self.after)


def turn(
    session: Session,
    statement: Select[Any],
    *,
    by: Sequence[ColumnElement[Any]],
    after: str | None,
    size: int = PAGE,
    newest_first: bool = False,
) -> Page[Row[Any]]:
    """Return the page that follows ``after`` (1 statement); None begins the list.

    ``by`` are selected columns, ids or words, that together are unique and ordered by an index.

    :raises Missing: ``after`` was not made by an earlier page of this list.
    """
    if after is not None:
        values = zip(_unpack(after, by), by, strict=True)
        last = tuple_(*(literal(value, column.type) for value, column in values))
        statement = statement.where(tuple_(*by) < last if newest_first else tuple_(*by) > last)
    order = [column.desc() for column in by] if newest_first else by
    found = session.execute(statement.order_by(*order).limit(size + 1)).all()
    rows = tuple(found[:size])
    if len(found) <= size:
        return Page(rows, None)
    return Page(rows, _pack([rows[-1]._mapping[column] for column in by]))  # noqa: SLF001 - public


def _pack(values: list[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _unpack(text: str, by: Sequence[ColumnElement[Any]]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise Missing from None
    kinds = [int if isinstance(column.type, Number) else str for column in by]
    if not isinstance(values, list) or [type(value) for value in values] != kinds:
        raise Missing
    if any(isinstance(value, int) and abs(value) > LARGEST_ID for value in values):
        raise Missing
    return values
