"""The words for the next step, and for what a course demands."""

from dataclasses import dataclass
from typing import assert_never

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.curriculum.course import Course
from course_engine.learning.steps import (
    AskForRolePlay,
    GetCertificate,
    ReadLesson,
    SignStatement,
    Step,
    TakeExam,
    TakeQuiz,
    Waiting,
)
from course_engine.web import localization
from course_engine.web.path import lesson_url


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStep:
    """What to do next, in words; ``url`` is "" when there is nothing to press."""

    label: str
    title: str
    url: str = ""


def step(course: Course, found: Step) -> NextStep:
    """Put the next step into words."""
    slug = course.slug
    match found:
        case ReadLesson():
            url = lesson_url(slug, found.module, found.slug)
            return NextStep(label=_("Next lesson"), title=found.title, url=url)
        case TakeQuiz():
            url = url_for("quizzes.show", course=slug, quiz=found.slug)
            return NextStep(label=_("Next: a quiz"), title=found.title, url=url)
        case TakeExam():
            url = url_for("quizzes.show", course=slug, quiz=found.slug)
            return NextStep(label=_("Next: the exam"), title=found.title, url=url)
        case AskForRolePlay():
            url = url_for("roleplays.show", course=slug, roleplay=found.slug)
            return NextStep(label=_("Next: a role-play"), title=found.title, url=url)
        case SignStatement():
            url = url_for("attestations.show", course=slug, statement=found.slug)
            return NextStep(label=_("Next: a statement to sign"), title=found.title, url=url)
        case GetCertificate():
            url = url_for("courses.left", course=slug)
            return NextStep(label=_("You did it"), title=_("Everything is done"), url=url)
        case Waiting():
            return NextStep(label=_("A pause"), title=_waiting(found))
        case _:
            assert_never(found)


def demands(course: Course) -> tuple[str, ...]:
    """Say in a few lines what a course asks for before its certificate."""
    wanted = course.requirements
    lessons = sum(len(module.lessons) for module in course.modules)
    quizzes = sum(module.quiz is not None for module in course.modules)
    lesson_count = lessons if wanted.lessons == "all" else len(wanted.lessons)
    quiz_count = quizzes if wanted.quizzes == "all" else len(wanted.quizzes)
    lines = []
    if lesson_count:
        lines.append(ngettext("Read %(num)s lesson", "Read %(num)s lessons", lesson_count))
    if quiz_count:
        lines.append(ngettext("Pass %(num)s quiz", "Pass %(num)s quizzes", quiz_count))
    if wanted.exam and course.exam:
        mark = course.exam.policy.pass_mark
        lines.append(_("Pass the exam with %(mark)s percent or more", mark=mark))
    if wanted.roleplays:
        count = len(wanted.roleplays)
        lines.append(
            ngettext(
                "Meet the rubric of %(num)s role-play",
                "Meet the rubrics of %(num)s role-plays",
                count,
            )
        )
    if wanted.statements:
        count = len(wanted.statements)
        lines.append(
            ngettext("Read and sign %(num)s statement", "Read and sign %(num)s statements", count)
        )
    return tuple(lines)


def _waiting(found: Waiting) -> str:
    if found.people:
        return _("People are looking at what you handed in. We write to you when they are done.")
    moments = [hold.until for hold in found.on if hold.until is not None]
    if not moments:
        return _("Please talk with your coordinator about what comes next.")
    return _("You can go on at %(moment)s.", moment=localization.moment(min(moments)))
