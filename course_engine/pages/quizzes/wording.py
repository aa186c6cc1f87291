"""The words around a quiz: its rules, why it cannot start now, and what comes next."""

from collections.abc import Iterable
from typing import Any, assert_never

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.assessment import answers
from course_engine.assessment.accommodations import Rules
from course_engine.assessment.attempt_rules import (
    BeingRead,
    Closed,
    CoolingDown,
    MayStart,
    NoAttemptsLeft,
    NotOpenYet,
    ReadAgain,
    Start,
    StillOpen,
)
from course_engine.assessment.teaching import CompetencyShare
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.curriculum.questions import Written
from course_engine.errors import Refused
from course_engine.pages.quizzes import times
from course_engine.pages.quizzes.times import duration
from course_engine.records.attempts import Sitting
from course_engine.records.drafts import Draft
from course_engine.web import issuing, localization, path
from course_engine.web.drawn import Drawn
from course_engine.web.entry import Entry


class NotNow(Refused):
    """An attempt may not start now, for a reason that the page can say."""

    def __init__(self, reason: Start) -> None:
        super().__init__(ruling(reason))


class ExamWaits(Refused):
    """The exam is not open yet."""

    def __init__(self) -> None:
        super().__init__(_("The exam opens when every lesson is read and every quiz is passed."))


def rules(asked: Quiz | Exam, known: Entry) -> tuple[str, ...]:
    """Say what to know before a quiz begins: its rules, as they are for this person today."""
    policy = known.rules.policy
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
    if any(isinstance(question, Written) for question in _questions(asked)):
        lines.append(_("People read what you write in your own words, so the result takes a while"))
    if policy.attempts is None:
        lines.append(_("You can try as often as you like"))
    else:
        lines.append(ngettext("%(num)s attempt", "%(num)s attempts", policy.attempts))
    if policy.cooldown_minutes:
        pause = duration(policy.cooldown_minutes)
        lines.append(_("A pause of %(pause)s between attempts", pause=pause))
    lines += times.window(known.window)
    lines += times.limit(known)
    if asked.minutes:
        lines.append(
            ngettext(
                "Most people need about %(num)s minute",
                "Most people need about %(num)s minutes",
                asked.minutes,
            )
        )
    return tuple(lines)


def arranged(found: Rules) -> tuple[str, ...]:
    """Say to the person themself what was arranged for them; nothing when nothing was."""
    if not found.eased:
        return ()
    formats = {
        "large-print": _("Large print"),
        "read-aloud": _("Questions read aloud. Ask your coordinator how this is done."),
        "paper": _("A paper copy. Ask your coordinator for it."),
    }
    named = [formats[each] for each in found.formats if each in formats]
    return (
        _("The times and attempts above are the ones arranged for you."),
        *named,
        *found.arrangements,
    )


def ruling(found: Start) -> str:
    """Say whether an attempt may start now, and if not, why."""
    match found:
        case MayStart():
            if found.already_passed:
                return _("You have passed. You may do it again for practice: the best one counts.")
            if not found.left:
                return "" if found.left is None else _("This is the last attempt.")
            return ngettext(
                "After this attempt there is %(num)s more.",
                "After this attempt there are %(num)s more.",
                found.left,
            )
        case StillOpen():
            return _("You have begun. Your answers are saved.")
        case BeingRead():
            return _(
                "People are reading your attempt %(number)s. You can start another one when its "
                "result is there.",
                number=found.number,
            )
        case NoAttemptsLeft() | ReadAgain():
            return _used_up(found)
        case NotOpenYet():
            return _("This opens on %(moment)s.", moment=localization.moment(found.opens))
        case Closed():
            return _(
                "This closed on %(moment)s. Please talk with your coordinator about how to go on.",
                moment=localization.moment(found.closed),
            )
        case CoolingDown():
            return _(
                "You can try again from %(moment)s. Until then, the lessons are open to you.",
                moment=localization.moment(found.until),
            )
        case _:
            assert_never(found)


def _used_up(found: NoAttemptsLeft | ReadAgain) -> str:
    if isinstance(found, ReadAgain):
        return _(
            "Every attempt is used, and there is a way on: read these lessons once more. "
            "Then new attempts open for you."
        )
    if found.already_passed:
        return _("You have passed, and every attempt is used.")
    return _(
        "Every attempt is used. This is not the end: please talk with your coordinator "
        "about what would help, and how to go on."
    )


def sitting(found: Sitting, course: Course, known: Drawn, draft: Draft) -> dict[str, Any]:
    """Return what the page of an open attempt says around its questions."""
    open_questions = len(answers.unanswered(known.paper, draft.answers))
    total = len(known.paper.items)
    return {
        "title": known.quiz.title,
        "course_title": course.title,
        "note": _("Attempt %(number)s", number=found.number),
        "total": total,
        "answered": total - open_questions,
        "save_url": url_for("quizzes.save", attempt=found.id),
        "submit_url": url_for("quizzes.submit", attempt=found.id),
        "saved_at_text": localization.clock(draft.saved_at) if draft.saved_at else "",
        "large": "large-print" in (found.arranged or {}).get("formats", ()),
    }


def onward(found: Sitting, asked: Quiz | Exam, course: Course) -> tuple[str, str]:
    """Return the label and address of what comes after a result.

    (1 statement after the last stop of a course: is the certificate there?)
    """
    if not found.passed:
        url = url_for("quizzes.show", course=found.course_slug, quiz=asked.slug)
        return _("See how to go on"), url
    stop = path.after(found.edition_digest, asked.kind, asked.slug)
    if stop is not None:
        return _("Go on: %(title)s", title=stop.title), stop.url
    certificate = issuing.issued(found.enrollment_id, course)
    if certificate is None:
        return _("See what is left"), url_for("courses.left", course=found.course_slug)
    return _("See your certificate"), url_for("certificates.show", serial=certificate.serial)


def skills(
    shares: Iterable[CompetencyShare], digest: str
) -> list[tuple[CompetencyShare, tuple[tuple[str, str], ...]]]:
    """Return how each skill went, with the title and address of each lesson to read again."""
    lessons = path.lessons(digest)
    return [(share, tuple(lessons[slug] for slug in share.reread)) for share in shares]


def _questions(asked: Quiz | Exam) -> list[Any]:
    if isinstance(asked, Exam):
        return [question for topic in asked.bank for question in topic.questions]
    return list(asked.questions)
