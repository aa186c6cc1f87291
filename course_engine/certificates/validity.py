"""Who accepts a certificate, and until when: worked out from dated rules, and never printed.

A rule of somebody else may change after a certificate was issued. So rules are kept with the site,
each with its source and the day on which somebody last compared it with that source.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

from pydantic import ConfigDict, Field

from course_engine.certificates.facts import CertificateFacts, Kind

STALE_AFTER = timedelta(days=180)

Words = Annotated[str, Field(min_length=1, max_length=300)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """Under which rule somebody accepts certificates of some courses.

    It is for courses that were completed from ``completed_from`` to ``completed_until``, both days
    included. It ends ``months`` after the completion, or on the day ``until``, whichever is first;
    with neither it has no end. ``courses`` are slugs; none means every course.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    by: Words
    rule: Words
    source: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=500)]
    checked: date
    courses: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ("completion",)
    completed_from: date | None = None
    completed_until: date | None = None
    months: Annotated[int, Field(ge=1, le=1200)] | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance:
    """Accepted by whom, until when (the day included), under which rule, checked on which day.

    ``over`` says that the end has passed, ``stale`` that nobody has checked the rule for 180 days.
    """

    by: str
    rule: str
    source: str
    checked: date
    until: date | None
    over: bool
    stale: bool


def acceptances(
    facts: CertificateFacts, rules: Iterable[Rule], today: date
) -> tuple[Acceptance, ...]:
    """Work out who accepts a certificate as things stand today, in the order of the rules."""
    return tuple(_accepted(facts, rule, today) for rule in rules if _is_for(rule, facts))


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first_of_next = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _is_for(rule: Rule, facts: CertificateFacts) -> bool:
    begun = rule.completed_from is None or rule.completed_from <= facts.completed_on
    not_over = rule.completed_until is None or facts.completed_on <= rule.completed_until
    named = not rule.courses or facts.course_slug in rule.courses
    return named and facts.kind in rule.kinds and begun and not_over


def _accepted(facts: CertificateFacts, rule: Rule, today: date) -> Acceptance:
    ends = [day for day in (rule.until,) if day is not None]
    if rule.months is not None:
        ends.append(months_later(facts.completed_on, rule.months))
    until = min(ends, default=None)
    return Acceptance(
        by=rule.by,
        rule=rule.rule,
        source=rule.source,
        checked=rule.checked,
        until=until,
        over=until is not None and until < today,
        stale=today - rule.checked > STALE_AFTER,
    )
