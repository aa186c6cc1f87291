"""The words of repairs: what each is called, what a form begins with, and what would change."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from markupsafe import Markup

from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.curriculum.questions import (
    MultipleChoice,
    NumberAnswer,
    Question,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)
from course_engine.errors import Missing
from course_engine.pages.repairs.forms import RepairForm
from course_engine.web.outlooks import Outlook

KINDS = {
    "re-key": lazy_gettext("Graded by another key"),
    "accept-any": lazy_gettext("Everybody gets its points"),
    "drop-question": lazy_gettext("Graded as if it were not there"),
}
RULES = {
    "nobody-loses": lazy_gettext("Nobody loses"),
    "by-the-new-key": lazy_gettext("Everybody by the new key"),
}


def quiz_of(course: Course, slug: str) -> Quiz | Exam:
    """Return a quiz of a course.

    :raises Missing: it has none of that name.
    """
    for quiz in course.quizzes:
        if quiz.slug == slug:
            return quiz
    raise Missing


def choices(question: Question) -> list[tuple[str, str]]:
    """List the choices of a question, to say which are right."""
    if not isinstance(question, SingleChoice | MultipleChoice | ScopeQuestion):
        return []
    return [
        (str(index), Markup(choice.text).striptags())  # noqa: S704 - tags are taken out
        for index, choice in enumerate(question.choices)
    ]


def prefilled(question: Question) -> RepairForm:
    """Return an empty form with the key as it is served now."""
    form = RepairForm(None)
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            form.right.data = [
                str(index) for index, choice in enumerate(question.choices) if choice.right
            ]
        case ShortAnswer():
            form.accepted.data = "\n".join(question.accepted)
        case NumberAnswer():
            form.low.data, form.high.data = question.low, question.high
        case _:
            pass
    return form


def said(outlook: Outlook) -> tuple[str, ...]:
    """Say what a repair would change."""
    lines = [
        ngettext(
            "%(num)s graded paper asked this question.",
            "%(num)s graded papers asked this question.",
            outlook.asked,
        ),
        ngettext("%(num)s grade gets better.", "%(num)s grades get better.", outlook.raised),
    ]
    if outlook.lowered:
        lines.append(
            ngettext("%(num)s grade gets worse.", "%(num)s grades get worse.", outlook.lowered)
        )
    lines.append(
        ngettext(
            "%(num)s paper now passes. Who has met everything by that gets their certificate.",
            "%(num)s papers now pass. Who has met everything by that gets their certificate.",
            outlook.now_passing,
        )
    )
    if outlook.failing_now:
        lines.append(
            ngettext(
                "%(num)s paper does not pass any more.",
                "%(num)s papers do not pass any more.",
                outlook.failing_now,
            )
        )
    if outlook.certificates_at_risk:
        lines.append(
            _(
                "Certificates to look at afterwards (none is withdrawn by itself): %(serials)s",
                serials=", ".join(outlook.certificates_at_risk),
            )
        )
    return tuple(lines)
