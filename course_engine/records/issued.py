"""The list of certificates, for those who run cohorts."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from course_engine.records import paging
from course_engine.records.certificate_tables import CERTIFICATE, State
from course_engine.records.certificates import COLUMNS, Certificate


def page(
    session: Session,
    *,
    course_slug: str | None = None,
    cohort_id: int | None = None,
    state: State | None = None,
    search: str = "",
    after: str | None = None,
    size: int = paging.PAGE,
) -> paging.Page[Certificate]:
    """Return certificates, newest first, by any of the filters (1 statement).

    ``search`` is a part of the printed name or of the serial.
    """
    found: Select[Any] = select(*COLUMNS)
    if course_slug is not None:
        found = found.where(CERTIFICATE.c.course_slug == course_slug)
    if cohort_id is not None:
        found = found.where(CERTIFICATE.c.cohort_id == cohort_id)
    if state is not None:
        found = found.where(CERTIFICATE.c.state == state)
    if term := search.strip():
        found = found.where(
            or_(
                CERTIFICATE.c.search_name.contains(term.casefold(), autoescape=True),
                CERTIFICATE.c.serial.contains(term.upper(), autoescape=True),
            )
        )
    turned = paging.turn(
        session, found, by=(CERTIFICATE.c.id,), after=after, size=size, newest_first=True
    )
    return turned.each(_certificate)


def serials_of_cohort(session: Session, cohort_id: int) -> tuple[tuple[int, str], ...]:
    """List (id, serial) of a cohort's certificates in force, oldest first (1 statement)."""
    theirs = select(CERTIFICATE.c.id, CERTIFICATE.c.serial).where(
        CERTIFICATE.c.cohort_id == cohort_id, CERTIFICATE.c.state == "issued"
    )
    rows = session.execute(theirs.order_by(CERTIFICATE.c.id))
    return tuple((identity, serial) for identity, serial in rows)


def _certificate(row: Any) -> Certificate:
    return Certificate(*row)
