"""The clock of an open attempt: stopped for a break, moved by a coordinator, and run out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Update, func, insert, literal_column, select, update
from sqlalchemy.orm import Session

from course_engine.errors import N_, Refused
from course_engine.records import attempts
from course_engine.records.attempt_tables import ATTEMPT, ATTEMPT_EVENT
from course_engine.records.attempts import AlreadySubmitted, Sitting, TimeIsUp
from course_engine.records.columns import those_of
from course_engine.records.enrollments import ENROLLMENT

Kind = Literal["extended", "break-began", "break-ended"]


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Something that happened to the clock of an attempt, and the deadline after it.

    ``seconds`` is by how much the attempt was extended, or how long a break stopped the clock.
    """

    attempt_id: int
    at: datetime
    kind: Kind
    seconds: int
    deadline_at: datetime
    reason: str


class NoClock(Refused):
    """The attempt has no time limit, so there is nothing to stop or to move."""

    explanation = N_("This attempt has no deadline.")


class NoBreakLeft(Refused):
    """Every minute of breaks that stop the clock was used."""

    explanation = N_("All the minutes for breaks that stop the clock are used.")


class MovedMeanwhile(Refused):
    """Somebody looked at another deadline than the one that they would move."""

    explanation = N_(
        "The deadline was moved since you opened the page, perhaps by a second click. "
        "Nothing more was changed. Look at the deadline before you give more time."
    )


def events(session: Session, attempt_ids: Sequence[int]) -> tuple[ClockEvent, ...]:
    """List what happened to the clocks of some attempts, in order (1 statement)."""
    theirs = select(*those_of(ClockEvent, ATTEMPT_EVENT)).where(
        ATTEMPT_EVENT.c.attempt_id.in_(attempt_ids)
    )
    rows = session.execute(theirs.order_by(ATTEMPT_EVENT.c.id))
    return tuple(ClockEvent(*row) for row in rows)


def break_left(session: Session, sitting: Sitting) -> timedelta:
    """Return how long breaks may still stop this clock (1 statement, none without an allowance)."""
    allowed = timedelta(minutes=(sitting.arranged or {}).get("break_minutes", 0))
    if not allowed:
        return allowed
    used = select(func.coalesce(func.sum(ATTEMPT_EVENT.c.seconds), 0)).where(
        ATTEMPT_EVENT.c.attempt_id == sitting.id, ATTEMPT_EVENT.c.kind == "break-ended"
    )
    return max(timedelta(0), allowed - timedelta(seconds=session.execute(used).scalar_one()))


def pause(session: Session, attempt_id: int, *, for_person: int, now: datetime) -> None:
    """Stop the clock for a break; a second time changes nothing (4 statements).

    :raises AlreadySubmitted: the attempt is closed.
    :raises TimeIsUp: its deadline is over.
    :raises NoClock: it has none.
    :raises NoBreakLeft: no minutes are left for breaks.
    """
    sitting = attempts.find(session, attempt_id, for_person=for_person, hold=True)
    deadline = _running(sitting, now)
    if sitting.paused_at is not None:
        return
    left = break_left(session, sitting)
    if not left:
        raise NoBreakLeft
    latest = deadline + left
    session.execute(_moving(sitting, paused_at=now, deadline_at=latest))
    _note(session, sitting, "break-began", timedelta(0), latest, actor_id=for_person, now=now)


def go_on(session: Session, attempt_id: int, *, for_person: int, now: datetime) -> None:
    """End a break: the deadline is as much later as the clock stood still (4 statements).

    A break that outlasted its minutes stopped the clock for just these minutes. Going on without a
    break changes nothing.

    :raises AlreadySubmitted: the attempt is closed.
    :raises TimeIsUp: its deadline is over.
    """
    sitting = attempts.find(session, attempt_id, for_person=for_person, hold=True)
    if sitting.paused_at is None:
        return
    latest = _running(sitting, now)
    left = break_left(session, sitting)
    # Whole seconds, in favor of the person.
    length = min(left, timedelta(seconds=-(-(now - sitting.paused_at) // timedelta(seconds=1))))
    deadline = latest - (left - length)
    session.execute(_moving(sitting, paused_at=None, deadline_at=deadline))
    _note(session, sitting, "break-ended", length, deadline, actor_id=for_person, now=now)


def extend(
    session: Session,
    attempt_id: int,
    *,
    for_person: int,
    minutes: int,
    reason: str,
    actor_id: int,
    now: datetime,
    seen: str = "",
) -> datetime:
    """Give an open attempt more time, and return its new deadline (3 statements).

    ``seen`` is the deadline (ISO 8601) that somebody looked at, "" to move whatever it is.

    :raises AlreadySubmitted: the attempt is closed.
    :raises TimeIsUp: its deadline is over.
    :raises NoClock: it has none.
    :raises MovedMeanwhile: it is not the one that was looked at any more.
    """
    sitting = attempts.find(session, attempt_id, for_person=for_person, hold=True)
    more, before = timedelta(minutes=minutes), _running(sitting, now)
    if seen and seen != before.isoformat():
        raise MovedMeanwhile
    deadline = before + more
    session.execute(_moving(sitting, deadline_at=deadline))
    _note(session, sitting, "extended", more, deadline, actor_id=actor_id, now=now, reason=reason)
    return deadline


def run_out(session: Session, *, now: datetime, most: int) -> tuple[tuple[int, int], ...]:
    """Return (attempt, person) of open attempts whose deadline is over (1 statement)."""
    found = (
        select(ATTEMPT.c.id, ENROLLMENT.c.person_id)
        .join_from(ATTEMPT, ENROLLMENT, ATTEMPT.c.enrollment_id == ENROLLMENT.c.id)
        # Written out, as an index of open attempts alone is of no use for a state yet to be told.
        .where(ATTEMPT.c.state == literal_column("'open'"), ATTEMPT.c.deadline_at < now)
        .order_by(ATTEMPT.c.deadline_at)
        .limit(most)
    )
    return tuple((row.id, row.person_id) for row in session.execute(found))


def _running(sitting: Sitting, now: datetime) -> datetime:
    if sitting.state != "open":
        raise AlreadySubmitted
    if sitting.deadline_at is None:
        raise NoClock
    if sitting.over(now):
        raise TimeIsUp
    return sitting.deadline_at


def _moving(sitting: Sitting, **values: datetime | None) -> Update:
    return update(ATTEMPT).where(ATTEMPT.c.id == sitting.id).values(**values)


def _note(
    session: Session,
    sitting: Sitting,
    kind: Kind,
    length: timedelta,
    deadline: datetime,
    *,
    actor_id: int,
    now: datetime,
    reason: str = "",
) -> None:
    session.execute(
        insert(ATTEMPT_EVENT).values(
            attempt_id=sitting.id,
            at=now,
            actor_id=actor_id,
            kind=kind,
            seconds=int(length.total_seconds()),
            deadline_at=deadline,
            reason=reason,
        )
    )
