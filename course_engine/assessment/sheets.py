"""What a paper looks like before it is handed in: words to answer, and nothing about the key.

The values here are all that a template gets for an open attempt. They are made without looking at
what is right, what is accepted, which feedback belongs to a choice, or what is critical: a hint
that a question is critical would hint at NOW.
"""

from dataclasses import dataclass
from typing import Literal, assert_never

from course_engine.assessment import answers as given
from course_engine.assessment.answers import BLANK, Answer, Answers
from course_engine.assessment.papers import Item, Paper, check_item
from course_engine.curriculum.questions import (
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """Something to choose; ``number`` is its place on this page and the value that a form sends."""

    number: str
    text: Html
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceField:
    """Radio buttons, or check boxes when ``several`` may be chosen."""

    kind: Literal["choice"] = "choice"
    options: tuple[Option, ...]
    several: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line to be matched or ranked; ``value`` is the number given so far, or ""."""

    text: Html
    value: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchField:
    """For each line one field, offering the numbers of the options."""

    kind: Literal["match"] = "match"
    lines: tuple[Line, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderField:
    """For each line one field, offering the ranks."""

    kind: Literal["order"] = "order"
    lines: tuple[Line, ...]
    ranks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TextField:
    """A box for words of at most ``limit`` characters.

    ``long`` is a box of many lines; ``marked`` says that people mark it, and ``fewest`` and
    ``most`` are the words that are asked for.
    """

    kind: Literal["text"] = "text"
    value: str
    limit: int
    numeric: bool = False
    long: bool = False
    marked: bool = False
    fewest: int = 0
    most: int | None = None


Field = ChoiceField | MatchField | OrderField | TextField


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetQuestion:
    """One question to be answered; ``fingerprint`` is that of the answer shown."""

    id: str
    number: int
    points: int
    prompt: Html
    vignette: Html
    field: Field
    fingerprint: str


def sheet(paper: Paper, answers: Answers) -> tuple[SheetQuestion, ...]:
    """Lay out every question with the answer saved so far."""
    return tuple(
        _question(item, answers.get(item.question.id, BLANK), number)
        for number, item in enumerate(paper.items, start=1)
    )


def check_sheet(question: Question, answer: Answer = BLANK) -> SheetQuestion:
    """Lay out an inline check of a lesson."""
    return _question(check_item(question), answer, number=1)


def practice_sheet(item: Item) -> SheetQuestion:
    """Lay out one question to practice."""
    return _question(item, BLANK, number=1)


def _question(item: Item, answer: Answer, number: int) -> SheetQuestion:
    question = item.question
    return SheetQuestion(
        id=question.id,
        number=number,
        points=question.points,
        prompt=question.prompt,
        vignette=question.vignette,
        field=_field(item, answer),
        fingerprint=given.fingerprint(answer),
    )


def _field(item: Item, answer: Answer) -> Field:
    question = item.question
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            texts = [question.choices[index].text for index in item.order]
            several = isinstance(question, MultipleChoice)
            return ChoiceField(options=_options(texts, answer), several=several)
        case Matching():
            lefts = [pair.left for pair in question.pairs]
            rights = [question.pairs[index].right for index in item.order]
            return MatchField(lines=_lines(lefts, answer), options=_options(rights))
        case Ordering():
            shown = [question.items[index] for index in item.order]
            ranks = tuple(option.number for option in _options(shown))
            return OrderField(lines=_lines(shown, answer), ranks=ranks)
        case ShortAnswer() | NumberAnswer() | Reflection():
            return TextField(
                value=answer[0] if answer else "",
                limit=given.limit(question),
                numeric=isinstance(question, NumberAnswer),
                long=isinstance(question, Reflection),
            )
        case Written():
            return TextField(
                value=answer[0] if answer else "",
                limit=given.limit(question),
                long=True,
                marked=True,
                fewest=question.fewest,
                most=question.most,
            )
        case _:
            assert_never(question)


def _options(texts: list[Html], answer: Answer = BLANK) -> tuple[Option, ...]:
    return tuple(
        Option(number=str(number), text=text, chosen=str(number) in answer)
        for number, text in enumerate(texts, start=1)
    )


def _lines(texts: list[Html], answer: Answer) -> tuple[Line, ...]:
    values = answer or ("",) * len(texts)
    return tuple(Line(text=text, value=value) for text, value in zip(texts, values, strict=True))
