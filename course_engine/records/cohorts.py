"""Groups that take one course together."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table, Text, bindparam, insert, select, update
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import paging, writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, Words, optional, required, those_of

COHORT = Table(
    "cohort",
    metadata,
    required("id", Number, primary_key=True),
    required("name", Words),
    required("course_slug", Text),
    required("starts_on", Date),
    optional("ends_on", Date),
    required("created_at", Instant),
    optional("closed_at", Instant),
)


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group taking one course together."""

    id: int
    name: str
    course_slug: str
    starts_on: date
    ends_on: date | None
    created_at: datetime
    closed_at: datetime | None


_COLUMNS = those_of(Cohort, COHORT)
_FIND = select(*_COLUMNS).where(COHORT.c.id == bindparam("cohort"))


def add(
    session: Session,
    *,
    name: str,
    course_slug: str,
    starts_on: date,
    ends_on: date | None = None,
    now: datetime,
) -> Cohort:
    """Open a cohort (1 statement)."""
    values = {"name": name, "course_slug": course_slug, "starts_on": starts_on, "ends_on": ends_on}
    adding = insert(COHORT).values(**values, created_at=now).returning(*_COLUMNS)
    return Cohort(*session.execute(adding).one())


def find(session: Session, cohort_id: int) -> Cohort:
    """Return a cohort (1 statement).

    :raises Missing: there is no such cohort.
    """
    row = session.execute(_FIND, {"cohort": cohort_id}).one_or_none()
    if row is None:
        raise Missing
    return Cohort(*row)


def page(
    session: Session, *, after: str | None = None, size: int = paging.PAGE
) -> paging.Page[Cohort]:
    """Return cohorts, newest first (1 statement)."""
    turned = paging.turn(
        session, select(*_COLUMNS), by=(COHORT.c.id,), after=after, size=size, newest_first=True
    )
    return turned.each(_cohort)


def change(
    session: Session, cohort_id: int, *, name: str, starts_on: date, ends_on: date | None
) -> None:
    """Change a cohort's name and dates (1 statement)."""
    _update(session, cohort_id, name=name, starts_on=starts_on, ends_on=ends_on)


def close(session: Session, cohort_id: int, *, now: datetime) -> None:
    """Close a cohort: nobody else joins it (1 statement)."""
    _update(session, cohort_id, closed_at=now)


def _cohort(row: Any) -> Cohort:
    return Cohort(*row)


def _update(session: Session, cohort_id: int, **values: Any) -> None:
    changing = update(COHORT).where(COHORT.c.id == cohort_id).values(**values)
    if not writing.changed(session, changing):
        raise Missing
