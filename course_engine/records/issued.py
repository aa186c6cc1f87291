"""The list of certificates, for those who run cohorts."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from course_engine.records import paging
from course_engine.records.certificate_tables import CERTIFICATE, State
from course_engine.records.certificates import COLUMNS, Certificate


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """Which certificates are asked for; what is empty filters nothing.

    ``search`` is a part of the printed name or of the serial.
    """

    course: str = ""
    cohort: int | None = None
    state: State | None = None
    search: str = ""

    def as_document(self) -> dict[str, Any]:
        """Return what is asked for, without what filters nothing."""
        return {name: value for name, value in asdict(self).items() if value}


def matching(filters: Filters, *, state: State | None = None) -> list[ColumnElement[bool]]:
    """Return what a certificate must meet to be among those asked for; ``state`` goes first."""
    conditions: list[ColumnElement[bool]] = []
    if filters.course:
        conditions.append(CERTIFICATE.c.course_slug == filters.course)
    if filters.cohort is not None:
        conditions.append(CERTIFICATE.c.cohort_id == filters.cohort)
    if wanted := state or filters.state:
        conditions.append(CERTIFICATE.c.state == wanted)
    if term := filters.search.strip():
        conditions.append(
            or_(
                CERTIFICATE.c.search_name.contains(term.casefold(), autoescape=True),
                CERTIFICATE.c.serial.contains(term.upper(), autoescape=True),
            )
        )
    return conditions


def page(
    session: Session,
    filters: Filters = Filters(),
    *,
    after: str | None = None,
    size: int = paging.PAGE,
    oldest_first: bool = False,
) -> paging.Page[Certificate]:
    """Return certificates, newest first, by any of the filters (1 statement)."""
    found: Select[Any] = select(*COLUMNS).where(*matching(filters))
    turned = paging.turn(
        session,
        found,
        by=(CERTIFICATE.c.id,),
        after=after,
        size=size,
        newest_first=not oldest_first,
    )
    return turned.each(_certificate)


def count_in_force(session: Session, filters: Filters) -> int:
    """Count the certificates in force that filters find (1 statement)."""
    counted = select(func.count()).select_from(CERTIFICATE)
    return int(session.execute(counted.where(*matching(filters, state="issued"))).scalar_one())


def in_force(session: Session, filters: Filters, *, size: int = 100) -> Iterator[Certificate]:
    """Go through the certificates in force, oldest first, a few at a time."""
    wanted, after = replace(filters, state="issued"), None
    while True:
        turned = page(session, wanted, after=after, size=size, oldest_first=True)
        yield from turned.rows
        after = turned.after
        if after is None:
            return


def _certificate(row: Any) -> Certificate:
    return Certificate(*row)
