"""What is arranged for a person makes rules kinder, and never stricter."""

import json
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment.accommodations import (
    Accommodation,
    Cooldown,
    Format,
    Time,
    rules,
    to_document,
)
from course_engine.assessment.attempt_rules import (
    MayStart,
    PriorAttempt,
    deadline,
    may_start,
)
from course_engine.curriculum.course import Policy

pytestmark = pytest.mark.pure

DAY = date(2028, 2, 29)
NOON = datetime(2028, 2, 29, 12, tzinfo=UTC)
TIMED = Policy(attempts=2, cooldown_minutes=60, time_limit_minutes=50)

policies = st.builds(
    Policy,
    attempts=st.none() | st.integers(1, 9),
    cooldown_minutes=st.integers(0, 5000),
    time_limit_minutes=st.none() | st.integers(1, 500),
    retrain=st.sampled_from([(), ("a",), ("a", "b")]),
)
granted = st.builds(
    Accommodation,
    from_day=st.dates(date(2028, 2, 20), date(2028, 3, 9)),
    until_day=st.none() | st.dates(date(2028, 2, 20), date(2028, 3, 9)),
    time=st.sampled_from(get_args(Time)),
    extra_attempts=st.integers(0, 5),
    cooldown=st.sampled_from(get_args(Cooldown)),
    break_minutes=st.integers(0, 60),
    format=st.sampled_from(get_args(Format)),
)


def eased(**changes: object) -> Policy:
    given_one = Accommodation(from_day=DAY, **changes)  # type: ignore[arg-type]
    return rules(TIMED, [given_one], DAY).policy


@given(policies, st.lists(granted, max_size=4), st.dates(date(2028, 2, 18), date(2028, 3, 11)))
def test_an_accommodation_never_makes_anything_stricter(
    policy: Policy, many: list[Accommodation], day: date
) -> None:
    found = rules(policy, many, day).policy
    if policy.attempts is not None:
        assert found.attempts is not None
        assert found.attempts >= policy.attempts
    else:
        assert found.attempts is None
    assert found.cooldown_minutes <= policy.cooldown_minutes
    if policy.time_limit_minutes is None:
        assert found.time_limit_minutes is None
    elif found.time_limit_minutes is not None:
        assert found.time_limit_minutes >= policy.time_limit_minutes
    same = replace(
        found,
        attempts=policy.attempts,
        cooldown_minutes=policy.cooldown_minutes,
        time_limit_minutes=policy.time_limit_minutes,
    )
    assert same == policy


@given(policies, granted, st.lists(st.integers(0, 9000), max_size=8), st.integers(0, 9000))
def test_who_may_start_without_an_accommodation_may_start_with_it(
    policy: Policy, one: Accommodation, ended: list[int], now: int
) -> None:
    tried = [
        PriorAttempt(number=number, submitted_at=NOON + timedelta(minutes=minutes))
        for number, minutes in enumerate(sorted(ended), 1)
    ]
    moment = NOON + timedelta(minutes=now)
    if not isinstance(may_start(policy=policy, attempts=tried, now=moment), MayStart):
        return
    kinder = rules(policy, [one], DAY).policy
    assert isinstance(may_start(policy=kinder, attempts=tried, now=moment), MayStart)
    before, after = (deadline(policy=each, started_at=moment) for each in (policy, kinder))
    assert after is None or (before is not None and after >= before)


@given(policies, st.lists(granted, max_size=3))
def test_the_rules_of_an_attempt_can_be_stored_and_read_back(
    policy: Policy, many: list[Accommodation]
) -> None:
    found = rules(policy, many, DAY)
    stored = json.loads(json.dumps(asdict(found.policy)))
    assert asdict(Policy(**stored)) == stored
    assert json.loads(json.dumps(to_document(found))) == to_document(found)
    assert (to_document(found) is None) == (not found.eased)


@pytest.mark.parametrize(
    ("time", "minutes"),
    [("standard", 50), ("1.25", 63), ("1.5", 75), ("2", 100), ("untimed", None)],
)
def test_a_part_of_a_minute_counts_as_a_whole_one(time: str, minutes: int | None) -> None:
    assert eased(time=time).time_limit_minutes == minutes


@pytest.mark.parametrize(("cooldown", "minutes"), [("standard", 60), ("half", 30), ("none", 0)])
def test_a_pause_is_shortened(cooldown: str, minutes: int) -> None:
    assert eased(cooldown=cooldown).cooldown_minutes == minutes


def test_extra_attempts_come_on_top_where_there_is_a_limit() -> None:
    assert eased(extra_attempts=2).attempts == 4
    without = Accommodation(from_day=DAY, extra_attempts=2)
    assert rules(Policy(), [without], DAY).policy.attempts is None


def test_both_days_are_included_a_leap_day_too() -> None:
    one = Accommodation(from_day=date(2028, 2, 28), until_day=DAY, time="2")
    days = [DAY - timedelta(2), DAY - timedelta(1), DAY, DAY + timedelta(1)]
    assert [rules(TIMED, [one], day).eased for day in days] == [False, True, True, False]


def test_of_several_the_kindest_counts_rule_by_rule() -> None:
    many = [
        Accommodation(from_day=DAY, time="1.5", break_minutes=5, format="large-print"),
        Accommodation(from_day=DAY, time="1.25", extra_attempts=1, format="read-aloud"),
    ]
    found = rules(TIMED, many, DAY)
    assert (found.policy.time_limit_minutes, found.policy.attempts) == (75, 3)
    assert (found.break_minutes, found.formats) == (5, ("large-print", "read-aloud"))
