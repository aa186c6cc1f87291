"""The words for figures, options and flags."""

from typing import NamedTuple, assert_never

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from markupsafe import Markup

from course_engine.assessment import papers
from course_engine.assessment.analysis.figures import QuestionFigures, QuizFigures
from course_engine.assessment.analysis.flags import ENOUGH, Flag
from course_engine.assessment.analysis.picks import BLANK
from course_engine.assessment.analysis.reports import Analysis, AnalyzedQuestion
from course_engine.assessment.analysis.thirds import Shares
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)

THIRDS = (lazy_gettext("Lower third"), lazy_gettext("Middle third"), lazy_gettext("Upper third"))
NONE = "–"  # noqa: RUF001 - a dash for a figure that cannot be known.

Pairs = tuple[tuple[str, str], ...]


class Row(NamedTuple):
    """One question in the table of a quiz."""

    id: str
    prompt: str
    place: str
    papers: int
    figures: tuple[str, str, str, str, str]
    flags: tuple[str, ...]


class OptionRow(NamedTuple):
    """One thing that could be picked, by thirds of ability."""

    label: str
    right: bool
    people: int
    shares: Shares


def quiz_figures(found: QuizFigures) -> Pairs:
    """Name the figures of a quiz."""
    return (
        (_("People counted"), str(found.papers)),
        (_("Mean"), _points(found.mean)),
        (_("Median"), _points(found.median)),
        (_("Standard deviation"), _points(found.deviation)),
        (_("Skewness"), _points(found.skewness)),
        (_("Kurtosis"), _points(found.kurtosis)),
        (_("Alpha (internal consistency)"), _percent(found.alpha)),
        (_("Error ratio"), _percent(found.error_ratio)),
        (_("Standard error"), _points(found.standard_error)),
    )


def question_figures(found: QuestionFigures) -> Pairs:
    """Name the figures of a question."""
    return (
        (_("People counted"), str(found.papers)),
        (_("Facility"), _percent(found.facility)),
        (_("Standard deviation"), _percent(found.deviation)),
        (_("Discrimination index"), _percent(found.discrimination)),
        (_("Discriminative efficiency"), _percent(found.efficiency)),
        (_("Effective weight"), _percent(found.weight)),
    )


def rows(course: Course, quiz: Quiz | Exam, analysis: Analysis) -> tuple[Row, ...]:
    """List the questions, those with the gravest flags first, then as they stand in the files."""
    known = papers.questions_by_id(quiz)
    listed = [
        Row(
            id=one.id,
            prompt=_plain(known[one.id].prompt),
            place=place(course, known[one.id]),
            papers=one.figures.papers,
            figures=(
                _percent(one.figures.facility),
                _percent(one.figures.deviation),
                _percent(one.figures.discrimination),
                _percent(one.figures.efficiency),
                _percent(one.figures.weight),
            ),
            flags=tuple(flag(known[one.id], each) for each in one.flags if each.kind != "few"),
        )
        for one in analysis.questions
        if one.id in known
    ]
    return tuple(sorted(listed, key=lambda row: -len(row.flags)))


def place(course: Course, question: Question) -> str:
    """Return the file and line where a question stands."""
    return f"{course.slug}/{question.source}:{question.line}"


def options(question: Question, found: AnalyzedQuestion) -> tuple[OptionRow, ...]:
    """List what could be picked, and at the end that nothing was."""
    listed = [
        OptionRow(_label(question, one.key), one.right, one.picked.count, one.picked.shares)
        for one in found.options
    ]
    nothing = OptionRow(_("Left blank"), False, found.blank.count, found.blank.shares)  # noqa: FBT003
    return (*listed, nothing)


def what_is_picked(question: Question) -> str:
    """Say what the table of a question counts."""
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return _("Who chose what")
        case Matching():
            return _("Who matched each line right")
        case Ordering():
            return _("Who put each line in its right place")
        case ShortAnswer() | NumberAnswer():
            return _("What people wrote (if three or more wrote the same)")
        case _:
            return _("Who wrote something")


def flag(question: Question, found: Flag) -> str:
    """Say in plain words what to look at."""
    option = _short(question, found.option)
    match found.kind:
        case "check-key":
            return _("Strong trainees pick %(option)s: check the key.", option=option)
        case "backwards":
            return _("People who do well otherwise miss this one more often: check key and words.")
        case "weak":
            return _("It hardly tells strong answers from weak ones.")
        case "hard":
            return _("Few get it right: is it taught, and is it clear?")
        case "easy":
            return _("Nearly everybody gets it right.")
        case "missed-critical":
            return _("A safety question that one in ten or more miss: teach it again.")
        case "idle":
            return _("Nearly nobody picks %(option)s: it misleads no one.", option=option)
        case "blank":
            return _("Many leave it blank: is it clear what to do?")
        case "few":
            return _("Fewer than %(enough)s people: chance may explain this.", enough=ENOUGH)
        case _:
            assert_never(found.kind)


def _label(question: Question, key: str) -> str:
    match question:
        case SingleChoice() | MultipleChoice():
            index = int(key)
            return f"{_letter(index)}. {_plain(question.choices[index].text)}"
        case ScopeQuestion():
            return _plain(question.choices[int(key)].text)
        case Matching():
            pair = question.pairs[int(key)]
            return f"{_plain(pair.left)} → {_plain(pair.right)}"
        case Ordering():
            return f"{int(key) + 1}. {_plain(question.items[int(key)])}"
        case _:
            return key if key != BLANK else _("Left blank")


def _short(question: Question, key: str) -> str:
    if not key:
        return ""
    if isinstance(question, SingleChoice | MultipleChoice):
        return _letter(int(key))
    return _label(question, key)


def _letter(index: int) -> str:
    return chr(ord("A") + index)


def _plain(html: str) -> str:
    return Markup(html).striptags()  # noqa: S704 - tags are taken out, and what is left is escaped.


def whole_percent(value: float | None) -> str:
    """Write a percent without decimals, and a dash for what cannot be known."""
    return NONE if value is None else f"{value:.0f} %"


def _percent(value: float | None) -> str:
    return NONE if value is None else f"{value:.1f} %"


def _points(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"
