"""When an attempt may start and be handed in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment.attempt_rules import (
    AlreadySubmitted,
    BeingRead,
    Closed,
    CoolingDown,
    MayStart,
    MaySubmit,
    NoAttemptsLeft,
    NotOpenYet,
    PriorAttempt,
    ReadAgain,
    StillOpen,
    TooLate,
    Window,
    deadline,
    may_start,
    may_submit,
    window,
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


NEW_YORK = ZoneInfo("America/New_York")


def test_a_window_is_read_from_the_clock_on_the_wall() -> None:
    policy = Policy(opens="2026-07-01T09:00", closes="2026-12-01T17:30")
    assert window(policy, NEW_YORK) == Window(
        opens=datetime(2026, 7, 1, 13, tzinfo=UTC), closes=datetime(2026, 12, 1, 22, 30, tzinfo=UTC)
    )


def test_a_time_that_the_clock_shows_twice_is_read_in_favor_of_the_trainee() -> None:
    policy = Policy(opens="2026-11-01T01:30", closes="2026-11-01T01:30")
    assert window(policy, NEW_YORK) == Window(
        opens=datetime(2026, 11, 1, 5, 30, tzinfo=UTC),
        closes=datetime(2026, 11, 1, 6, 30, tzinfo=UTC),
    )


def test_a_time_that_the_clock_skips_is_as_much_later_as_it_jumps() -> None:
    policy = Policy(opens="2027-03-14T02:30", closes="2027-03-14T02:30")
    half_past_three = datetime(2027, 3, 14, 7, 30, tzinfo=UTC)
    assert half_past_three.astimezone(NEW_YORK).hour == 3
    assert window(policy, NEW_YORK) == Window(opens=half_past_three, closes=half_past_three)


def test_a_window_can_open_on_a_leap_day() -> None:
    policy = Policy(opens="2028-02-29T00:00")
    assert window(policy, NEW_YORK).opens == datetime(2028, 2, 29, 5, tzinfo=UTC)


def test_outside_its_window_nothing_starts() -> None:
    open_hour = Window(opens=NOON, closes=NOON + timedelta(hours=1))

    def ruling(minutes: int) -> object:
        now = NOON + timedelta(minutes=minutes)
        return may_start(policy=Policy(), attempts=[], now=now, window=open_hour)

    assert ruling(-1) == NotOpenYet(opens=NOON)
    assert ruling(0) == MayStart(number=1, left=None, already_passed=False)
    assert ruling(60) == Closed(closed=NOON + timedelta(hours=1))


def test_an_attempt_ends_when_its_time_is_over_or_its_window_closes() -> None:
    closes = NOON + timedelta(minutes=30)
    timed = Policy(time_limit_minutes=60)
    assert deadline(policy=timed, started_at=NOON, closes=closes) == closes
    early = NOON - timedelta(hours=2)
    assert deadline(policy=timed, started_at=early, closes=closes) == early + timedelta(hours=1)
    assert deadline(policy=Policy(), started_at=NOON, closes=closes) == closes


def test_after_the_last_attempt_the_lessons_left_to_read_are_named() -> None:
    policy = Policy(attempts=1, retrain=("one", "two"))

    def ruling(*reread: str) -> object:
        return may_start(policy=policy, attempts=[failed(1)], now=NOON, reread=reread)

    assert ruling() == ReadAgain(limit=1, lessons=("one", "two"))
    assert ruling("one") == ReadAgain(limit=1, lessons=("two",))
    opened = may_start(policy=policy, attempts=[failed(1)], now=NOON, opened=1)
    assert opened == MayStart(number=2, left=0, already_passed=False)


zones = st.sampled_from(
    ["America/New_York", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]
).map(ZoneInfo)
YEARS = datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2032-12-31")
moments = st.datetimes(*YEARS, timezones=st.just(UTC))


@given(moments.map(lambda at: at.replace(microsecond=0)), st.integers(1, 5000), zones)
def test_a_limit_is_as_many_real_minutes_and_shown_as_it_is_stored(
    started: datetime, minutes: int, zone: ZoneInfo
) -> None:
    policy = Policy(time_limit_minutes=minutes)
    ends = deadline(policy=policy, started_at=started.astimezone(zone))
    assert ends is not None
    assert ends - started == timedelta(minutes=minutes)
    # What is shown, with its offset from UTC, is the stored moment and no other.
    assert datetime.fromisoformat(ends.astimezone(zone).isoformat()) == ends
    assert started + timedelta(minutes=minutes) == ends


@given(st.datetimes(*YEARS), zones)
def test_a_window_shows_the_time_that_its_author_wrote(written: datetime, zone: ZoneInfo) -> None:
    written = written.replace(second=0, microsecond=0)
    policy = Policy(opens=written.isoformat(), closes=written.isoformat())
    found = window(policy, zone)
    assert found.opens is not None
    assert found.closes is not None
    assert found.opens <= found.closes
    for moment in (found.opens, found.closes):
        shown = moment.astimezone(zone).replace(tzinfo=None)
        # Only a time that this clock never shows is moved, forward, by what it jumps.
        assert written <= shown <= written + timedelta(hours=1)
        never_shown = all(
            written.replace(tzinfo=zone, fold=fold)
            .astimezone(UTC)
            .astimezone(zone)
            .replace(tzinfo=None)
            != written
            for fold in (0, 1)
        )
        assert (shown == written) != never_shown


def test_while_people_read_an_attempt_no_other_one_starts() -> None:
    read = PriorAttempt(number=1, submitted_at=NOON, being_read=True)
    later = NOON + timedelta(days=3)
    assert may_start(policy=THREE, attempts=[read], now=later) == BeingRead(number=1)
    assert may_start(policy=THREE, attempts=[failed(1)], now=later) == MayStart(
        number=2, left=1, already_passed=False
    )
