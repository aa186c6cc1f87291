"""The words and numbers of a quiz's times: its window, its limit, and the clock of an attempt."""

from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.assessment.attempt_rules import Window
from course_engine.records.attempts import Sitting
from course_engine.web import localization
from course_engine.web.clock import now
from course_engine.web.entry import Entry

HOUR = 60
DAY = 24 * HOUR


def window(found: Window) -> list[str]:
    """Say when attempts may start, with the zone."""
    lines = []
    if found.opens:
        lines.append(_("Opens on %(moment)s", moment=localization.moment(found.opens)))
    if found.closes:
        moment = localization.moment(found.closes)
        lines.append(_("Closes on %(moment)s. An attempt that is open ends then.", moment=moment))
    return lines


def limit(known: Entry) -> list[str]:
    """Say how long an attempt may take, and what happens at its end."""
    minutes = known.rules.policy.time_limit_minutes
    if minutes is None and known.window.closes is None:
        return [_("No time limit. Your answers are saved as you go.")]
    lines = []
    if minutes is not None:
        lines.append(_("Time limit: %(limit)s", limit=duration(minutes)))
        if not known.rules.break_minutes:
            lines.append(_("The clock does not stop for breaks"))
    lines.append(
        _("When the time is over, what was saved last is graded. Answers are saved as you go.")
    )
    lines += [words for mark, words in _warnings() if minutes is None or minutes > mark][:1]
    lines.append(_("If you need more time, ask your coordinator, before you begin or during it"))
    if known.rules.break_minutes:
        minutes = known.rules.break_minutes
        lines.append(
            ngettext(
                "Breaks stop the clock, for %(num)s minute in all",
                "Breaks stop the clock, for %(num)s minutes in all",
                minutes,
            )
        )
    return lines


def _warnings() -> tuple[tuple[int, str], ...]:
    """Return the warnings that a limit of more than so many minutes leaves room for."""
    return (
        (10, _("You are told when 10 minutes, 5 minutes and 1 minute are left")),
        (5, _("You are told when 5 minutes and 1 minute are left")),
        (1, _("You are told when 1 minute is left")),
    )


def running(found: Sitting, break_left: int) -> dict[str, Any]:
    """Return what the page of an open attempt says about its clock."""
    if found.deadline_at is None:
        return {"deadline": "", "breaks": _("Take a break")}
    moment = now()
    stops = _("A break stops the clock. Left for breaks: %(time)s.", time=duration(break_left))
    return {
        "deadline": found.deadline_at.isoformat(),
        "deadline_text": until(found),
        "breaks_text": stops if break_left else _("The clock goes on during a break."),
        "breaks": _("Stop the clock for a break") if break_left else _("Take a break"),
        "seconds_left": seconds_left(found, moment),
        "left_text": left(found, moment),
        "close_url": url_for("quizzes.close", attempt=found.id),
    }


def apart(found: Sitting, break_left: int) -> dict[str, Any]:
    """Return what is said where no paper is shown: on a break, or after the deadline."""
    if found.over(now()) or found.paused_at is None:
        return {
            "title": _("The time is over"),
            "text": _("What was saved before the end counts. Nothing can be changed any more."),
            "detail": "",
            "button": _("See the result"),
            "url": url_for("quizzes.close", attempt=found.id),
        }
    return {
        "title": _("The clock stands still"),
        "text": _("Your answers are saved. Take the time you need."),
        "detail": _(
            "The clock stopped at %(time)s. Breaks can stop it for %(left)s more in all. "
            "After that it goes on by itself.",
            time=localization.clock(found.paused_at),
            left=duration(break_left),
        ),
        "button": _("Go on"),
        "url": url_for("quizzes.go_on", attempt=found.id),
    }


def until(found: Sitting) -> str:
    """Say until when an attempt is open, and what happens then; nothing without a deadline."""
    if found.deadline_at is None:
        return ""
    return _(
        "Open until %(moment)s. Then what was saved last is graded.",
        moment=localization.moment(found.deadline_at),
    )


def seconds_left(found: Sitting, moment: datetime) -> int | None:
    """Return the whole seconds until the deadline, None without one."""
    if found.deadline_at is None:
        return None
    return max(0, int((found.deadline_at - moment).total_seconds()))


def left(found: Sitting, moment: datetime) -> str:
    """Say how much time is left, as it is while the page is made."""
    seconds = seconds_left(found, moment) or 0
    if seconds < 60:  # noqa: PLR2004 - a minute
        return _("Less than a minute left")
    return _("%(time)s left", time=duration(seconds // 60))


def duration(minutes: int) -> str:
    """Write a length of time in the largest unit that fits."""
    if minutes and minutes % DAY == 0:
        return ngettext("%(num)s day", "%(num)s days", minutes // DAY)
    if minutes and minutes % HOUR == 0:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // HOUR)
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)
