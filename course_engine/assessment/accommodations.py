"""What was arranged for a person, and the rules of a quiz as they are for them on a day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from course_engine.curriculum.course import Policy

Time = Literal["standard", "1.25", "1.5", "2", "untimed"]
Cooldown = Literal["standard", "half", "none"]
Format = Literal["", "large-print", "read-aloud", "paper", "other"]

PERCENT_OF_TIME: dict[Time, int] = {"standard": 100, "1.25": 125, "1.5": 150, "2": 200}
PERCENT_OF_COOLDOWN: dict[Cooldown, int] = {"standard": 100, "half": 50, "none": 0}


@dataclass(frozen=True, kw_only=True, slots=True)
class Accommodation:
    """What was granted to one person, for every quiz that starts from one day until another.

    ``time`` is a factor of the time limit. ``break_minutes`` is how long breaks may stop the clock
    in all, in one attempt. ``until_day`` None means until it is ended; both days are included.
    """

    from_day: date
    until_day: date | None = None
    time: Time = "standard"
    extra_attempts: int = 0
    cooldown: Cooldown = "standard"
    break_minutes: int = 0
    format: Format = ""
    arrangement: str = ""

    def applies(self, day: date) -> bool:
        """Say whether it applies on a day."""
        return self.from_day <= day and (self.until_day is None or day <= self.until_day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """The rules of a quiz for one person: its policy, eased, and what goes with it.

    ``eased`` says that something was arranged, even where it changes nothing in this quiz.
    """

    policy: Policy
    break_minutes: int = 0
    formats: tuple[Format, ...] = ()
    arrangements: tuple[str, ...] = ()
    eased: bool = False


def rules(policy: Policy, accommodations: Iterable[Accommodation], day: date) -> Rules:
    """Return the rules for somebody whose attempt starts on this day.

    Of several accommodations the kindest counts, rule by rule; none of them ever makes a rule
    stricter than the course has it. A window of days is a matter of the course and stays.
    """
    mine = [each for each in accommodations if each.applies(day)]
    if not mine:
        return Rules(policy=policy)
    extra = max(0, *(each.extra_attempts for each in mine))
    eased = replace(
        policy,
        attempts=None if policy.attempts is None else policy.attempts + extra,
        cooldown_minutes=min(_cooldown(policy, each) for each in mine),
        time_limit_minutes=_longest(_time(policy, each) for each in mine),
    )
    return Rules(
        policy=eased,
        break_minutes=max(each.break_minutes for each in mine),
        formats=tuple(sorted({each.format for each in mine if each.format})),
        arrangements=tuple(sorted({each.arrangement for each in mine if each.arrangement})),
        eased=True,
    )


def to_document(found: Rules) -> dict[str, Any] | None:
    """Return what is kept with an attempt beside its policy; None when nothing was arranged."""
    if not found.eased:
        return None
    return {"break_minutes": found.break_minutes, "formats": list(found.formats)}


def _cooldown(policy: Policy, granted: Accommodation) -> int:
    return policy.cooldown_minutes * PERCENT_OF_COOLDOWN[granted.cooldown] // 100


def _time(policy: Policy, granted: Accommodation) -> int | None:
    if policy.time_limit_minutes is None or granted.time == "untimed":
        return None
    # A part of a minute counts as a whole one.
    return -(-policy.time_limit_minutes * PERCENT_OF_TIME[granted.time] // 100)


def _longest(limits: Iterable[int | None]) -> int | None:
    found = list(limits)
    return None if None in found else max(limit for limit in found if limit is not None)
