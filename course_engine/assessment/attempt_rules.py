"""When an attempt may start, be saved and be handed in. Refusals carry values; pages find words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from course_engine.curriculum.course import Policy


@dataclass(frozen=True, kw_only=True, slots=True)
class PriorAttempt:
    """What the rules need to know of one attempt; ``submitted_at`` None means still open.

    ``being_read`` says that people have yet to mark it.
    """

    number: int
    submitted_at: datetime | None = None
    passed: bool = False
    being_read: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """When attempts may start, in UTC; None leaves that side open."""

    opens: datetime | None = None
    closes: datetime | None = None


ALWAYS = Window()


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
class BeingRead:
    """People have yet to mark an attempt: it may pass, and what they say helps with the next."""

    number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAttemptsLeft:
    """Every attempt that the course allows was used."""

    limit: int
    already_passed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadAgain:
    """Every attempt was used, and these lessons are to be read again; then more attempts open."""

    limit: int
    lessons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NotOpenYet:
    """The window of the quiz opens later."""

    opens: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """The window of the quiz is over."""

    closed: datetime


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


Start = (
    MayStart
    | StillOpen
    | BeingRead
    | NoAttemptsLeft
    | ReadAgain
    | NotOpenYet
    | Closed
    | CoolingDown
)
Submission = MaySubmit | AlreadySubmitted | TooLate


def window(policy: Policy, zone: tzinfo) -> Window:
    """Return the window of a policy, whose times are those of the clock on the wall in this zone.

    A time that the clock shows twice, as summer time ends, is read in favor of the trainee: a
    window opens at the first of the two and closes at the second. A time that it skips is as much
    later as the clock jumps.
    """
    return Window(
        opens=_wall(policy.opens, zone, fold=0), closes=_wall(policy.closes, zone, fold=1)
    )


def may_start(
    *,
    policy: Policy,
    attempts: Sequence[PriorAttempt],
    now: datetime,
    window: Window = ALWAYS,
    opened: int = 0,
    reread: Collection[str] = (),
) -> Start:
    """Say whether another attempt may start now.

    Who has passed may go on for practice while attempts remain, without a wait; the best grade
    counts, so nothing can be lost by it. The wait runs from the latest attempt handed in.

    ``opened`` counts attempts that were opened beyond those of the policy; ``reread`` holds the
    lessons that were done again since the latest attempt.
    """
    if unfinished := _unfinished(attempts):
        return unfinished
    if window.opens is not None and _utc(now) < window.opens:
        return NotOpenYet(opens=window.opens)
    if window.closes is not None and _utc(now) >= window.closes:
        return Closed(closed=window.closes)
    passed = any(attempt.passed for attempt in attempts)
    limit = limit_of(policy, opened)
    if limit is not None and len(attempts) >= limit:
        again = tuple(lesson for lesson in policy.retrain if lesson not in reread)
        if again and not passed:
            return ReadAgain(limit=limit, lessons=again)
        return NoAttemptsLeft(limit=limit, already_passed=passed)
    handed_in = [_utc(attempt.submitted_at) for attempt in attempts if attempt.submitted_at]
    if handed_in and not passed:
        until = max(handed_in) + timedelta(minutes=policy.cooldown_minutes)
        if _utc(now) < until:
            return CoolingDown(until=until)
    number = max((attempt.number for attempt in attempts), default=0) + 1
    left = None if limit is None else limit - len(attempts) - 1
    return MayStart(number=number, left=left, already_passed=passed)


def _unfinished(attempts: Sequence[PriorAttempt]) -> StillOpen | BeingRead | None:
    for attempt in attempts:
        if attempt.submitted_at is None:
            return StillOpen(number=attempt.number)
    read = next((attempt.number for attempt in attempts if attempt.being_read), None)
    return None if read is None else BeingRead(number=read)


def limit_of(policy: Policy, opened: int) -> int | None:
    """Return how many attempts there are in all, None without a limit."""
    return None if policy.attempts is None else policy.attempts + opened


def deadline(
    *, policy: Policy, started_at: datetime, closes: datetime | None = None
) -> datetime | None:
    """Return when an attempt that starts now must be handed in, in UTC; None without a limit.

    A limit counts real minutes. When the window closes before it is over, the attempt ends then.
    """
    if policy.time_limit_minutes is None:
        return closes
    over = _utc(started_at) + timedelta(minutes=policy.time_limit_minutes)
    return over if closes is None else min(over, closes)


def may_submit(
    *, submitted_at: datetime | None, deadline: datetime | None, now: datetime
) -> Submission:
    """Say whether an attempt may still be saved or handed in; the deadline itself is in time."""
    if submitted_at is not None:
        return AlreadySubmitted(at=submitted_at)
    if deadline is not None and _utc(now) > _utc(deadline):
        return TooLate(deadline=deadline)
    return MaySubmit()


def _wall(written: str | None, zone: tzinfo, *, fold: int) -> datetime | None:
    if written is None:
        return None
    moment = datetime.fromisoformat(written).replace(tzinfo=zone)
    # A skipped time, read with the offset before the jump, comes out as much later as it jumps.
    skipped = moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.replace(
        tzinfo=None
    )
    return moment.replace(fold=0 if skipped else fold).astimezone(UTC)


def _utc(moment: datetime) -> datetime:
    # Adding to a local time counts by the clock on the wall, an hour off across daylight saving.
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be compared")
    return moment.astimezone(UTC)
