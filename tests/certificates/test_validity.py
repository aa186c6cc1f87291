"""Who accepts a certificate until when, and when it should be renewed: rules over days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates.facts import CertificateFacts, Issuer
from course_engine.certificates.renewals import renewal
from course_engine.certificates.validity import Rule, acceptances, months_later

pytestmark = pytest.mark.pure
DAY = date(2026, 11, 22)
RULE = Rule(
    by="State Peer Board",
    rule="Section 4.2: training counts for 24 months.",
    source="https://example.org/rules",
    checked=DAY,
    months=24,
)
FACTS = CertificateFacts(
    serial="CE-0000-0000-0",
    code="0",
    legal_name="Ana Ruiz",
    course_title="First Steps",
    course_slug="first-steps",
    edition="0",
    language="en",
    kind="completion",
    minutes=(("self-paced", 60),),
    started_on=DAY,
    completed_on=DAY,
    issued_on=DAY,
    time_zone="UTC",
    issuer=Issuer(name="Org"),
    verify_url="http://localhost/v",
    verify_address="http://localhost/verify",
)


def test_a_rule_of_months_counts_from_the_completion() -> None:
    (line,) = acceptances(FACTS, [RULE], DAY)
    assert line.until == date(2028, 11, 22)
    assert (line.over, line.stale) == (False, False)


def test_the_last_day_counts_and_the_next_one_does_not() -> None:
    last = date(2028, 11, 22)
    assert not acceptances(FACTS, [RULE], last)[0].over
    assert acceptances(FACTS, [RULE], last + timedelta(days=1))[0].over


def test_the_earlier_end_of_two_is_the_end() -> None:
    (line,) = acceptances(FACTS, [replace(RULE, until=date(2027, 1, 1))], DAY)
    assert line.until == date(2027, 1, 1)
    (endless,) = acceptances(FACTS, [replace(RULE, months=None)], DAY)
    assert endless.until is None


@pytest.mark.parametrize(
    "change",
    [
        {"courses": ("other",)},
        {"kinds": ("attendance",)},
        {"completed_from": DAY + timedelta(days=1)},
        {"completed_until": DAY - timedelta(days=1)},
    ],
)
def test_a_rule_for_something_else_says_nothing(change: dict[str, object]) -> None:
    assert acceptances(FACTS, [replace(RULE, **change)], DAY) == ()  # type: ignore[arg-type]


def test_both_ends_of_the_days_of_a_rule_belong_to_it() -> None:
    rule = replace(RULE, completed_from=DAY, completed_until=DAY, courses=("first-steps",))
    assert len(acceptances(FACTS, [rule], DAY)) == 1


def test_a_rule_that_nobody_checked_for_180_days_says_so() -> None:
    old = replace(RULE, checked=DAY - timedelta(days=181))
    assert acceptances(FACTS, [old], DAY)[0].stale
    assert not acceptances(FACTS, [replace(RULE, checked=DAY - timedelta(days=180))], DAY)[0].stale


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 11, 22), 1, date(2026, 12, 22)),
    ],
)
def test_a_month_that_is_too_short_ends_on_its_last_day(day: date, months: int, then: date) -> None:
    assert months_later(day, months) == then


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 600))
def test_months_later_is_that_many_months_later(day: date, months: int) -> None:
    then = months_later(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day <= day.day


def test_a_reminder_is_due_from_its_day_to_the_day_of_renewal() -> None:
    due = renewal(DAY, after_months=24, remind_days=90, needs=("An hour of ethics",))
    assert due.due_on == date(2028, 11, 22)
    assert due.remind_on == date(2028, 8, 24)
    assert not due.is_near(due.remind_on - timedelta(days=1))
    assert due.is_near(due.remind_on)
    assert due.is_near(due.due_on)
    assert not due.is_near(due.due_on + timedelta(days=1))
    assert due.is_over(due.due_on + timedelta(days=1))
