"""The words around a quiz: its rules, why it cannot start now, and what comes next."""

from typing import Any, assert_never

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.assessment import answers
from course_engine.assessment.attempt_rules import (
    CoolingDown,
    MayStart,
    NoAttemptsLeft,
    Start,
    StillOpen,
)
from course_engine.assessment.papers import Paper
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.errors import Refused
from course_engine.records.attempts import Draft, Sitting
from course_engine.web import localization, path

HOUR = 60
DAY = 24 * HOUR


class NotNow(Refused):
    """An attempt may not start now, for a reason that the page can say."""

    def __init__(self, reason: Start) -> None:
        super().__init__(ruling(reason))


class ExamWaits(Refused):
    """The exam is not open yet."""

    def __init__(self) -> None:
        super().__init__(_("The exam opens when every lesson is read and every quiz is passed."))


def rules(asked: Quiz | Exam) -> tuple[str, ...]:
    """Say what to know before a quiz begins."""
    policy = asked.policy
    if isinstance(asked, Exam):
        count = sum(number for _topic, number in asked.draw)
    else:
        count = len(asked.questions)
    lines = [
        ngettext("%(num)s question", "%(num)s questions", count),
        _("%(mark)s percent or more passes", mark=policy.pass_mark),
    ]
    if any(question.critical for question in _questions(asked)):
        lines.append(_("Some questions are about safety. These must be right to pass."))
    if policy.attempts is None:
        lines.append(_("You can try as often as you like"))
    else:
        lines.append(ngettext("%(num)s attempt", "%(num)s attempts", policy.attempts))
    if policy.cooldown_minutes:
        pause = duration(policy.cooldown_minutes)
        lines.append(_("A pause of %(pause)s between attempts", pause=pause))
    if policy.time_limit_minutes is None:
        lines.append(_("No time limit. Your answers are saved as you go"))
    else:
        limit = duration(policy.time_limit_minutes)
        lines.append(
            _("Time limit: %(limit)s. At the end, what was saved last is graded", limit=limit)
        )
    if asked.minutes:
        lines.append(_("Most people need about %(minutes)s minutes", minutes=asked.minutes))
    return tuple(lines)


def ruling(found: Start) -> str:
    """Say whether an attempt may start now, and if not, why."""
    match found:
        case MayStart():
            if found.already_passed:
                return _("You have passed. You may do it again for practice: the best one counts.")
            if found.left is None:
                return ""
            return ngettext(
                "After this attempt there is %(num)s more.",
                "After this attempt there are %(num)s more.",
                found.left,
            )
        case StillOpen():
            return _("You have begun. Your answers are saved.")
        case NoAttemptsLeft():
            if found.already_passed:
                return _("You have passed, and every attempt is used.")
            return _(
                "Every attempt is used. This is not the end: please talk with your coordinator "
                "about what would help, and how to go on."
            )
        case CoolingDown():
            return _(
                "You can try again from %(moment)s. Until then, the lessons are open to you.",
                moment=localization.moment(found.until),
            )
        case _:
            assert_never(found)


def sitting(
    found: Sitting, course: Course, asked: Quiz | Exam, paper: Paper, draft: Draft
) -> dict[str, Any]:
    """Return what the page of an open attempt says around its questions."""
    open_questions = len(answers.unanswered(paper, draft.answers))
    deadline = found.deadline_at
    return {
        "title": asked.title,
        "course_title": course.title,
        "note": _("Attempt %(number)s", number=found.number),
        "total": len(paper.items),
        "answered": len(paper.items) - open_questions,
        "save_url": url_for("quizzes.save", attempt=found.id),
        "submit_url": url_for("quizzes.submit", attempt=found.id),
        "saved_at_text": localization.clock(draft.saved_at) if draft.saved_at else "",
        "deadline": deadline.isoformat() if deadline else "",
        "deadline_text": _(
            "Open until %(moment)s. Then what was saved last is graded.",
            moment=localization.moment(deadline),
        )
        if deadline
        else "",
    }


def onward(found: Sitting, asked: Quiz | Exam) -> tuple[str, str]:
    """Return the label and address of what comes after a result."""
    if not found.passed:
        url = url_for("quizzes.show", course=found.course_slug, quiz=asked.slug)
        return _("See how to go on"), url
    stop = path.after(found.edition_digest, asked.kind, asked.slug)
    if stop is None:
        return _("See what is left"), url_for("courses.left", course=found.course_slug)
    return _("Go on: %(title)s", title=stop.title), stop.url


def duration(minutes: int) -> str:
    """Write a length of time in the largest unit that fits."""
    if minutes % DAY == 0:
        return ngettext("%(num)s day", "%(num)s days", minutes // DAY)
    if minutes % HOUR == 0:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // HOUR)
    return ngettext("%(num)s minute", "%(num)s minutes", minutes)


def _questions(asked: Quiz | Exam) -> list[Any]:
    if isinstance(asked, Exam):
        return [question for topic in asked.bank for question in topic.questions]
    return list(asked.questions)
