"""A corrected key as somebody typed it, made into the question with that key."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from course_engine.curriculum.questions import (
    MultipleChoice,
    NumberAnswer,
    Question,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)
from course_engine.errors import N_, Refused

# As in the files of a course. What is no such number, like NaN, would keep papers from grading.
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,10})?")


class KeyImpossible(Refused):
    """What was typed cannot be the key of this question."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Typed:
    """The indexes of the right choices, the accepted words, or the ends of the accepted range."""

    right: Collection[int] = ()
    accepted: tuple[str, ...] = ()
    low: str = ""
    high: str = ""


def keyed(question: Question, typed: Typed) -> Question:
    """Return the question with the key that was typed.

    Matching and ordering carry their key in their lines: it is taken from the files, so their
    question comes back as it is served.

    :raises KeyImpossible: it is not a key for this kind of question.
    """
    match question:
        case SingleChoice() | ScopeQuestion():
            if len(typed.right) != 1:
                raise KeyImpossible(N_("Choose exactly one right answer."))
            return _with_choices(question, typed.right)
        case MultipleChoice():
            if not typed.right:
                raise KeyImpossible(N_("Choose at least one right answer."))
            return _with_choices(question, typed.right)
        case ShortAnswer():
            if not typed.accepted:
                raise KeyImpossible(N_("Write at least one accepted answer."))
            return replace(question, accepted=typed.accepted)
        case NumberAnswer():
            low, high = _number(typed.low), _number(typed.high or typed.low)
            if Decimal(low) > Decimal(high):
                raise KeyImpossible(N_("The first number is larger than the second."))
            return replace(question, low=low, high=high)
        case _:
            return question


def _with_choices(
    question: SingleChoice | MultipleChoice | ScopeQuestion, right: Collection[int]
) -> Question:
    if not set(right) <= set(range(len(question.choices))):
        raise KeyImpossible(N_("Choose among the answers of this question."))
    choices: Any = tuple(
        replace(choice, right=index in right) for index, choice in enumerate(question.choices)
    )
    return replace(question, choices=choices)


def _number(text: str) -> str:
    if not _NUMBER.fullmatch(plain := text.strip()):
        raise KeyImpossible(N_("Write a number such as 3.5."))
    return plain
