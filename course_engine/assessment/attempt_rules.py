"""When an attempt may start, be saved and be handed in. Refusals carry values; pages find words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from course_engine.curriculum.course import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class PriorAttempt:
    """What the rules need to know of one attempt; ``submitted_at`` None means still open."""

    number: int
    submitted_at: datetime | None = None
    passed: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class MayStart:
    """A new attempt may start, with this number.

    ``left`` counts the attempts after it, None without a limit. ``already_passed`` says that it is
    for practice: the best grade counts.
    """

    number: int
    left: int | None
    already_passed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class StillOpen:
    """There is an open attempt; it is to be continued."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAttemptsLeft:
    """Every attempt that the course allows was used."""

    limit: int
    already_passed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CoolingDown:
    """The wait after an attempt that did not pass is not over."""

    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MaySubmit:
    """The attempt is open and in time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlreadySubmitted:
    """The attempt was handed in before; handing in again gives the same result."""

    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TooLate:
    """The deadline is over: what was saved last is what gets graded."""

    deadline: datetime


Start = MayStart | StillOpen | NoAttemptsLeft | CoolingDown
Submission = MaySubmit | AlreadySubmitted | TooLate


def may_start(*, policy: Policy, attempts: Sequence[PriorAttempt], now: datetime) -> Start:
    """Say whether another attempt may start now.

    Who has passed may go on for practice while attempts remain, without a wait; the best grade
    counts, so nothing can be lost by it. The wait runs from the latest attempt handed in.
    """
    for attempt in attempts:
        if attempt.submitted_at is None:
            return StillOpen(number=attempt.number)
    passed = any(attempt.passed for attempt in attempts)
    if policy.attempts is not None and len(attempts) >= policy.attempts:
        return NoAttemptsLeft(limit=policy.attempts, already_passed=passed)
    handed_in = [_utc(attempt.submitted_at) for attempt in attempts if attempt.submitted_at]
    if handed_in and not passed:
        until = max(handed_in) + timedelta(minutes=policy.cooldown_minutes)
        if _utc(now) < until:
            return CoolingDown(until=until)
    number = max((attempt.number for attempt in attempts), default=0) + 1
    left = None if policy.attempts is None else policy.attempts - len(attempts) - 1
    return MayStart(number=number, left=left, already_passed=passed)


def deadline(*, policy: Policy, started_at: datetime) -> datetime | None:
    """Return when an attempt that starts now must be handed in, in UTC; None without a limit."""
    if policy.time_limit_minutes is None:
        return None
    return _utc(started_at) + timedelta(minutes=policy.time_limit_minutes)


def may_submit(
    *, submitted_at: datetime | None, deadline: datetime | None, now: datetime
) -> Submission:
    """Say whether an attempt may still be saved or handed in; the deadline itself is in time."""
    if submitted_at is not None:
        return AlreadySubmitted(at=submitted_at)
    if deadline is not None and _utc(now) > _utc(deadline):
        return TooLate(deadline=deadline)
    return MaySubmit()


def _utc(moment: datetime) -> datetime:
    # Adding to a local time counts by the clock on the wall, an hour off across daylight saving.
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be compared")
    return moment.astimezone(UTC)
