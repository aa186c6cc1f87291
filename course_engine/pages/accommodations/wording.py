"""The words for what is arranged, for attempts used and opened, and for what a clock did."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.assessment.accommodations import Accommodation
from course_engine.errors import Refused
from course_engine.pages.accommodations.forms import COOLDOWNS, FORMATS, TIMES
from course_engine.records.accommodations import Grant
from course_engine.records.clocks import ClockEvent
from course_engine.records.openings import Opening
from course_engine.records.results import Attempt
from course_engine.web import identity, localization

Standing = Literal["now", "later", "over"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """An accommodation as a page shows it."""

    id: int
    standing: Standing
    days: str
    granted: tuple[str, ...]
    by: str


def refuse_for_oneself(person: int) -> None:
    """Keep a coordinator who takes a course from making its rules kinder for themself.

    :raises Refused: it is their own page.
    """
    if person == identity.me().id:
        raise Refused(_("Nobody arranges this for themself. Ask another coordinator to do it."))


def line(kept: Grant, today: date) -> Line:
    """Put an accommodation into words."""
    granted = kept.granted
    past = granted.until_day is not None and granted.until_day < today
    standing: Standing = "now" if granted.applies(today) else "later"
    return Line(
        id=kept.id,
        standing="over" if kept.ended_at or past else standing,
        days=_days(granted),
        granted=_granted(granted),
        by=_("Granted by %(name)s on %(day)s", name=kept.granted_by, day=_day(kept.granted_at)),
    )


def used(
    tried: tuple[Attempt, ...], limit: int | None, opened: tuple[Opening, ...], quiz: str
) -> str:
    """Say how many attempts were used, and of how many."""
    count = len(tried)
    if limit is None:
        return ngettext("%(num)s attempt, no limit", "%(num)s attempts, no limit", count)
    most = limit + sum(one.count for one in opened if one.quiz == quiz)
    return _("%(count)s of %(most)s attempts used", count=count, most=most)


def deadline(open_attempt: Attempt, now: datetime) -> str:
    """Say until when an attempt is open."""
    if open_attempt.deadline_at is None:
        return _("Open, without a time limit")
    moment = localization.moment(open_attempt.deadline_at)
    if open_attempt.over(now):
        return _("The time was over on %(moment)s", moment=moment)
    return _("Open until %(moment)s", moment=moment)


def opening(found: Opening) -> str:
    """Say when attempts were opened, and why."""
    day = _day(found.at)
    if found.reread_after is not None:
        return _("%(day)s: lessons read again, %(count)s more", day=day, count=found.count)
    return _(
        "%(day)s: %(count)s more opened. %(reason)s",
        day=day,
        count=found.count,
        reason=found.reason,
    )


def event(found: ClockEvent) -> str:
    """Say what happened to the clock of an attempt."""
    moment = localization.moment(found.at)
    minutes = -(-found.seconds // 60)
    if found.kind == "extended":
        return ngettext(
            "%(moment)s: %(num)s minute more. %(reason)s",
            "%(moment)s: %(num)s minutes more. %(reason)s",
            minutes,
            moment=moment,
            reason=found.reason,
        )
    if found.kind == "break-began":
        return _("%(moment)s: the clock stopped for a break", moment=moment)
    return ngettext(
        "%(moment)s: the clock went on after %(num)s minute",
        "%(moment)s: the clock went on after %(num)s minutes",
        minutes,
        moment=moment,
    )


def _granted(granted: Accommodation) -> tuple[str, ...]:
    lines = []
    if granted.time != "standard":
        lines.append(str(dict(TIMES)[granted.time]))
    if granted.extra_attempts:
        number = granted.extra_attempts
        lines.append(ngettext("%(num)s extra attempt", "%(num)s extra attempts", number))
    if granted.cooldown != "standard":
        lines.append(str(dict(COOLDOWNS)[granted.cooldown]))
    if granted.break_minutes:
        minutes = granted.break_minutes
        lines.append(
            ngettext(
                "%(num)s minute of breaks that stop the clock",
                "%(num)s minutes of breaks that stop the clock",
                minutes,
            )
        )
    if granted.format and granted.format != "other":
        lines.append(str(dict(FORMATS)[granted.format]))
    if granted.arrangement:
        lines.append(granted.arrangement)
    return tuple(lines)


def _days(granted: Accommodation) -> str:
    first = localization.day(granted.from_day)
    if granted.until_day is None:
        return _("From %(first)s", first=first)
    last = localization.day(granted.until_day)
    return _("From %(first)s until %(last)s", first=first, last=last)


def _day(moment: datetime) -> str:
    return localization.day(moment)
