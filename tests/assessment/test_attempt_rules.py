"""When an attempt may start and be handed in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from course_engine.assessment.attempt_rules import (
    AlreadySubmitted,
    CoolingDown,
    MayStart,
    MaySubmit,
    NoAttemptsLeft,
    PriorAttempt,
    StillOpen,
    TooLate,
    deadline,
    may_start,
    may_submit,
)
from course_engine.curriculum.course import Policy

pytestmark = pytest.mark.pure

NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
THREE = Policy(attempts=3, cooldown_minutes=24 * 60)


def failed(number: int, *, at: datetime = NOON) -> PriorAttempt:
    return PriorAttempt(number=number, submitted_at=at)


def passed(number: int, *, at: datetime = NOON) -> PriorAttempt:
    return PriorAttempt(number=number, submitted_at=at, passed=True)


def test_the_first_attempt_may_start() -> None:
    expected = MayStart(number=1, left=2, already_passed=False)
    assert may_start(policy=THREE, attempts=[], now=NOON) == expected


def test_an_open_attempt_is_continued_before_any_other_starts() -> None:
    attempts = [failed(1), PriorAttempt(number=2)]
    assert may_start(policy=THREE, attempts=attempts, now=NOON) == StillOpen(number=2)


def test_an_open_attempt_is_continued_even_when_it_was_the_last_one() -> None:
    attempts = [failed(1), failed(2), PriorAttempt(number=3)]
    assert may_start(policy=THREE, attempts=attempts, now=NOON) == StillOpen(number=3)


def test_after_the_last_attempt_none_is_left() -> None:
    attempts = [failed(1), failed(2), failed(3)]
    late = NOON + timedelta(days=400)
    expected = NoAttemptsLeft(limit=3, already_passed=False)
    assert may_start(policy=THREE, attempts=attempts, now=late) == expected


def test_the_wait_runs_from_the_latest_attempt_handed_in() -> None:
    attempts = [failed(2, at=NOON), failed(1, at=NOON - timedelta(days=9))]
    until = NOON + timedelta(hours=24)
    just_before = until - timedelta(microseconds=1)
    cooling = may_start(policy=THREE, attempts=attempts, now=just_before)
    assert cooling == CoolingDown(until=until)
    assert may_start(policy=THREE, attempts=attempts, now=until) == MayStart(
        number=3, left=0, already_passed=False
    )


def test_who_has_passed_may_practice_at_once_while_attempts_remain() -> None:
    again = may_start(policy=THREE, attempts=[passed(1)], now=NOON)
    assert again == MayStart(number=2, left=1, already_passed=True)
    attempts = [passed(1), failed(2), failed(3)]
    assert may_start(policy=THREE, attempts=attempts, now=NOON) == NoAttemptsLeft(
        limit=3, already_passed=True
    )


def test_without_a_limit_there_is_always_another_attempt() -> None:
    attempts = [failed(number) for number in range(1, 51)]
    expected = MayStart(number=51, left=None, already_passed=False)
    assert may_start(policy=Policy(), attempts=attempts, now=NOON) == expected


def test_without_a_time_limit_there_is_no_deadline() -> None:
    assert deadline(policy=Policy(), started_at=NOON) is None


def test_a_deadline_counts_real_minutes_across_daylight_saving() -> None:
    # On this night in New York the clock goes from 02:00 back to 01:00.
    started = datetime(2026, 11, 1, 0, 30, tzinfo=ZoneInfo("America/New_York"))
    ends = deadline(policy=Policy(time_limit_minutes=120), started_at=started)
    assert ends == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_a_wait_counts_real_hours_across_a_leap_day() -> None:
    attempts = [failed(1, at=datetime(2028, 2, 28, 12, tzinfo=UTC))]
    now = datetime(2028, 2, 29, 11, 59, tzinfo=UTC)
    until = datetime(2028, 2, 29, 12, tzinfo=UTC)
    assert may_start(policy=THREE, attempts=attempts, now=now) == CoolingDown(until=until)


def test_the_deadline_itself_is_in_time_and_a_moment_later_is_not() -> None:
    assert may_submit(submitted_at=None, deadline=NOON, now=NOON) == MaySubmit()
    late = NOON + timedelta(microseconds=1)
    assert may_submit(submitted_at=None, deadline=NOON, now=late) == TooLate(deadline=NOON)


def test_without_a_deadline_it_is_never_too_late() -> None:
    late = NOON + timedelta(days=999)
    assert may_submit(submitted_at=None, deadline=None, now=late) == MaySubmit()


def test_handing_in_twice_is_told_apart_even_after_the_deadline() -> None:
    late = NOON + timedelta(days=1)
    result = may_submit(submitted_at=NOON, deadline=NOON, now=late)
    assert result == AlreadySubmitted(at=NOON)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a time zone"):
        deadline(policy=Policy(time_limit_minutes=1), started_at=NOON.replace(tzinfo=None))
