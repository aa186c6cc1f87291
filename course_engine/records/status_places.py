"""The place of each certificate on the status lists, reserved before it is printed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from course_engine.certificates.credentials.status_lists import LENGTH, MEANS, Purpose
from course_engine.records import writing
from course_engine.records.certificate_tables import CERTIFICATE, EVENT
from course_engine.records.status_tables import PLACE

# A list is half full at most, so that a free place is found at once and tells nothing.
MOST = LENGTH // 2


@dataclass(frozen=True, slots=True)
class Standing:
    """The places of one list whose bit is set, and the moment the last of them was."""

    places: tuple[int, ...]
    changed_at: datetime | None


def reserve(session: Session, serial: str, *, draw: Callable[[int], int], now: datetime) -> int:
    """Reserve a place at random for the certificate that will have this serial (2 statements).

    ``draw(n)`` gives a number below ``n``. Asked again for a serial, this returns the same place.
    A place whose certificate is never issued stays unused, and does no harm.
    """
    newest = session.execute(select(func.max(PLACE.c.id))).scalar_one() or 0
    begins = newest // MOST * LENGTH
    adding = writing.insert(writing.dialect(session), PLACE).on_conflict_do_nothing()
    while True:
        values = {
            "serial": serial,
            "status_index": begins + draw(LENGTH),
            "reserved_at": now,
        }
        row = session.execute(adding.values(values).returning(PLACE.c.status_index)).one_or_none()
        if row is not None:
            return int(row.status_index)
        if (reserved := find(session, serial)) is not None:
            return reserved


def find(session: Session, serial: str) -> int | None:
    """Return the place that was reserved for a serial (1 statement)."""
    asked = select(PLACE.c.status_index).where(PLACE.c.serial == serial)
    found: int | None = session.execute(asked).scalar_one_or_none()
    return found


def lists(session: Session) -> int:
    """Return how many lists there are, at least one (1 statement)."""
    last = session.execute(select(func.max(PLACE.c.status_index))).scalar_one()
    return (last or 0) // LENGTH + 1


def standing(session: Session, purpose: Purpose, number: int) -> Standing:
    """Return which bits of a list are set (1 statement).

    It is cheap for as long as few certificates are out of force: only those are looked at.
    """
    begins = number * LENGTH
    asked = (
        select(PLACE.c.status_index, func.max(EVENT.c.at))
        .join_from(PLACE, CERTIFICATE, PLACE.c.serial == CERTIFICATE.c.serial)
        .join(EVENT, (EVENT.c.certificate_id == CERTIFICATE.c.id))
        .where(CERTIFICATE.c.state == MEANS[purpose])
        .where(PLACE.c.status_index >= begins, PLACE.c.status_index < begins + LENGTH)
        .group_by(PLACE.c.status_index)
        .order_by(PLACE.c.status_index)
    )
    rows = session.execute(asked).all()
    return Standing(
        places=tuple(row[0] - begins for row in rows),
        changed_at=max((row[1] for row in rows), default=None),
    )
