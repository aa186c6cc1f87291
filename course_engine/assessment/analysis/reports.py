"""One quiz analyzed: figures, who picked what, and what to look at."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from course_engine.assessment import marking
from course_engine.assessment.analysis import figures, flags, picks, thirds
from course_engine.assessment.analysis.figures import QuestionFigures, QuizFigures
from course_engine.assessment.analysis.flags import Flag, Option
from course_engine.assessment.analysis.tallies import OTHER, Tally
from course_engine.assessment.analysis.thirds import Picked
from course_engine.assessment.papers import Item
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

STEP = 5
"""Percents in one bar of the picture of all papers; 100 stands in a bar of its own."""

TELLING = 3
"""Written words that fewer people gave are not shown: they might tell who wrote them."""

MOST_WORDS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class AnalyzedQuestion:
    """What the answers say about one question."""

    id: str
    figures: QuestionFigures
    options: tuple[Option, ...]
    blank: Picked
    flags: tuple[Flag, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Analysis:
    """What the answers say about one quiz. ``bars`` counts papers by steps of five percents."""

    figures: QuizFigures
    bars: tuple[int, ...]
    questions: tuple[AnalyzedQuestion, ...]


def report(tally: Tally, questions: Mapping[str, Question]) -> Analysis:
    """Analyze what was counted; ``questions`` are those that may be named, in their order."""
    points = {key: float(question.points) for key, question in questions.items()}
    found = figures.of_questions(tally, points)
    return Analysis(
        figures=figures.of_quiz(tally),
        bars=_bars(tally.percents),
        questions=tuple(
            _question(tally, question, found[key])
            for key, question in questions.items()
            if key in found
        ),
    )


def to_document(analysis: Analysis) -> dict[str, Any]:
    """Return what is stored."""
    document: dict[str, Any] = _adapter().dump_python(analysis, mode="json")
    return document


def from_document(document: Mapping[str, Any]) -> Analysis:
    """Read a stored analysis back."""
    return _adapter().validate_python(dict(document))


@cache
def _adapter() -> TypeAdapter[Analysis]:
    """Work out how an analysis is written and read: with the first one."""
    return TypeAdapter(Analysis)


def _question(tally: Tally, question: Question, found: QuestionFigures) -> AnalyzedQuestion:
    abilities = tally.abilities[question.id]
    counted = dict(tally.picks[question.id])
    blank = thirds.picked(counted.pop(picks.BLANK, {}), abilities)
    options = _options(question, counted, abilities)
    return AnalyzedQuestion(
        id=question.id,
        figures=found,
        options=options,
        blank=blank,
        flags=flags.of_question(
            found,
            # Only choices exclude each other, so only among them can a wrong one be preferred.
            options if isinstance(question, SingleChoice | ScopeQuestion) else (),
            blank,
            critical=marking.critical(Item(question=question)),
        ),
    )


def _options(
    question: Question, counted: Mapping[str, Mapping[int, int]], abilities: Mapping[int, int]
) -> tuple[Option, ...]:
    def option(key: str, *, right: bool) -> Option:
        return Option(key=key, right=right, picked=thirds.picked(counted.get(key, {}), abilities))

    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return tuple(
                option(str(index), right=choice.right)
                for index, choice in enumerate(question.choices)
            )
        case Matching():
            return tuple(option(str(line), right=True) for line in range(len(question.pairs)))
        case Ordering():
            return tuple(option(str(line), right=True) for line in range(len(question.items)))
        case ShortAnswer() | NumberAnswer():
            said = Counter({key: sum(counts.values()) for key, counts in counted.items()})
            return tuple(
                option(key, right=marking.credit(Item(question=question), (key,)) == 1)
                for key, times in said.most_common(MOST_WORDS)
                if times >= TELLING and key != OTHER
            )
        case _:
            return ()


def _bars(percents: Mapping[int, int]) -> tuple[int, ...]:
    bars = [0] * (100 // STEP + 1)
    for percent, count in percents.items():
        bars[percent // STEP] += count
    return tuple(bars)
