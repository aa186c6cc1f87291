"""What was arranged for a person; granted once, and from then on only ended."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    ForeignKey,
    Integer,
    Table,
    Text,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from course_engine.assessment.accommodations import Accommodation
from course_engine.errors import N_, Missing, Refused
from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, Words, optional, required
from course_engine.records.people import PERSON

ACCOMMODATION = Table(
    "accommodation",
    metadata,
    required("id", Number, primary_key=True),
    required("person_id", Number, ForeignKey("person.id"), index=True),
    required("granted_at", Instant),
    required("granted_by", Number, ForeignKey("person.id")),
    required("from_day", Date),
    optional("until_day", Date),
    required("time", Text),
    required("extra_attempts", Integer),
    required("cooldown", Text),
    required("break_minutes", Integer),
    required("format", Text),
    required("arrangement", Words),
    optional("ended_at", Instant),
    optional("ended_by", Number, ForeignKey("person.id")),
)

_NAMES = tuple(field.name for field in fields(Accommodation))
_GRANTED = [ACCOMMODATION.c[name] for name in _NAMES]
_IN_FORCE = select(*_GRANTED).where(
    ACCOMMODATION.c.person_id == bindparam("person"),
    ACCOMMODATION.c.ended_at.is_(None),
    ACCOMMODATION.c.from_day <= bindparam("day"),
    or_(ACCOMMODATION.c.until_day.is_(None), ACCOMMODATION.c.until_day >= bindparam("day")),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grant:
    """An accommodation as it was granted, by whom, and since when it is no more."""

    id: int
    granted: Accommodation
    granted_at: datetime
    granted_by: str
    ended_at: datetime | None


class AlreadyEnded(Refused):
    """The accommodation has ended, so it can be neither changed nor ended."""

    explanation = N_("This accommodation has ended already.")


def of_person(session: Session, person_id: int) -> tuple[Grant, ...]:
    """List everything that was granted to a person, the latest first (1 statement)."""
    theirs = (
        select(
            ACCOMMODATION.c.id,
            ACCOMMODATION.c.granted_at,
            ACCOMMODATION.c.ended_at,
            PERSON.c.used_name,
            *_GRANTED,
        )
        .join_from(ACCOMMODATION, PERSON, ACCOMMODATION.c.granted_by == PERSON.c.id)
        .where(ACCOMMODATION.c.person_id == person_id)
        .order_by(ACCOMMODATION.c.id.desc())
    )
    return tuple(_grant(row) for row in session.execute(theirs))


def in_force(session: Session, person_id: int, day: date) -> tuple[Accommodation, ...]:
    """Return what applies to a person on a day (1 statement)."""
    rows = session.execute(_IN_FORCE, {"person": person_id, "day": day})
    return tuple(_granted(row) for row in rows)


def grant(
    session: Session, person_id: int, granted: Accommodation, *, actor_id: int, now: datetime
) -> int:
    """Grant an accommodation and return its id (3 statements).

    What stands in just these words is not granted twice, so that ending it once ends it.
    """
    # Of two clicks at once, the second sees what the first one did.
    holding = select(PERSON.c.id).where(PERSON.c.id == person_id)
    session.execute(holding.with_for_update(key_share=True))
    same = select(func.min(ACCOMMODATION.c.id)).where(
        ACCOMMODATION.c.person_id == person_id,
        ACCOMMODATION.c.ended_at.is_(None),
        *(
            ACCOMMODATION.c[name].is_not_distinct_from(value)
            for name, value in asdict(granted).items()
        ),
    )
    standing: int | None = session.execute(same).scalar_one()
    if standing is not None:
        return standing
    adding = insert(ACCOMMODATION).values(
        person_id=person_id, granted_at=now, granted_by=actor_id, **asdict(granted)
    )
    return int(session.execute(adding.returning(ACCOMMODATION.c.id)).scalar_one())


def find(session: Session, grant_id: int, *, for_person: int) -> Grant:
    """Return one accommodation of a person (1 statement).

    :raises Missing: there is none, or it is somebody else's.
    """
    for each in of_person(session, for_person):
        if each.id == grant_id:
            return each
    raise Missing


def end(session: Session, grant_id: int, *, for_person: int, actor_id: int, now: datetime) -> None:
    """End an accommodation: no attempt that starts from now on has it (1 statement).

    :raises AlreadyEnded: it had ended.
    :raises Missing: there is none, or it is somebody else's.
    """
    ending = update(ACCOMMODATION).where(
        ACCOMMODATION.c.id == grant_id,
        ACCOMMODATION.c.person_id == for_person,
        ACCOMMODATION.c.ended_at.is_(None),
    )
    if not writing.changed(session, ending.values(ended_at=now, ended_by=actor_id)):
        find(session, grant_id, for_person=for_person)
        raise AlreadyEnded


def _grant(row: Any) -> Grant:
    known, granted = row[: -len(_GRANTED)], row[-len(_GRANTED) :]
    number, granted_at, ended_at, granted_by = known
    return Grant(
        id=number,
        granted=_granted(granted),
        granted_at=granted_at,
        granted_by=granted_by,
        ended_at=ended_at,
    )


def _granted(values: Sequence[Any]) -> Accommodation:
    return Accommodation(**dict(zip(_NAMES, values, strict=True)))
