"""What was chosen, before anyone has marked it: read from a form, kept, compared.

An answer is a tuple of strings in terms of what the page showed. Options are numbered from "1" in
the order of the page, so an answer says nothing without its paper:

- single choice, scope: the number chosen; multiple choice: the numbers chosen, ascending;
- matching: for each left side in turn, the number of a right side, or "";
- ordering: for each item as shown, the rank given to it, or "";
- short answer, number, reflection, written: the text.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import assert_never

from course_engine.assessment.papers import Item, Paper
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)

Answer = tuple[str, ...]
Answers = Mapping[str, Answer]
"""Answers by the id of their question."""

BLANK: Answer = ()
"""The answer to a question that was left blank, of whatever kind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Collected:
    """What a browser sent for a paper: what can be kept, and the ids of what cannot."""

    answers: dict[str, Answer]
    refused: tuple[str, ...]


def collect(paper: Paper, sent: Mapping[str, Sequence[str]]) -> Collected:
    """Read every question of the paper that the browser sent; ids not on it are ignored."""
    read_back = {
        item.question.id: read(item, sent[item.question.id])
        for item in paper.items
        if item.question.id in sent
    }
    return Collected(
        answers={key: answer for key, answer in read_back.items() if answer is not None},
        refused=tuple(key for key, answer in read_back.items() if answer is None),
    )


def read(item: Item, sent: Sequence[str]) -> Answer | None:
    """Return the answer that these strings mean, or None when the page cannot have sent them."""
    if not any(sent):
        return BLANK
    options = _numbers(len(item.order))
    match item.question:
        case SingleChoice() | ScopeQuestion():
            chosen = [option for option in options if option in sent]
            return tuple(chosen) if len(chosen) == 1 and set(sent) <= {"", *options} else None
        case MultipleChoice():
            chosen = [option for option in options if option in sent]
            return tuple(chosen) if set(sent) <= {"", *options} else None
        case Matching() | Ordering():
            fits = len(sent) == lines(item.question) and set(sent) <= {"", *options}
            return tuple(sent) if fits else None
        case ShortAnswer() | NumberAnswer() | Reflection() | Written():
            return _text(sent, limit(item.question))
        case _:
            assert_never(item.question)


def lines(question: Matching | Ordering) -> int:
    """Return how many fields the question has."""
    return len(question.pairs if isinstance(question, Matching) else question.items)


def limit(question: ShortAnswer | NumberAnswer | Reflection | Written) -> int:
    """Return how many characters a written answer may have."""
    match question:
        case ShortAnswer():
            return 300
        case NumberAnswer():
            return 40
        case Reflection() | Written():
            return 20_000
        case _:
            assert_never(question)


def picked(item: Item, answer: Answer) -> tuple[int | None, ...]:
    """Turn numbers on the page into indexes of the question's own options; "" becomes None."""
    return tuple(item.order[int(number) - 1] if number else None for number in answer)


def unanswered(paper: Paper, answers: Answers) -> tuple[str, ...]:
    """Return the ids of the questions with nothing or not everything filled in, in paper order."""
    return tuple(
        item.question.id
        for item in paper.items
        if not all(answers.get(item.question.id, BLANK) or ("",))
    )


def fingerprint(answer: Answer) -> str:
    """Return a short hash that a form carries, to tell later what it showed."""
    return _kept_hash(answer) if sum(map(len, answer)) <= _SHORT else _hash(answer)


def _hash(answer: Answer) -> str:
    return hashlib.sha256(json.dumps(answer).encode()).hexdigest()[:16]


# What was chosen by numbers is chosen by many; what was written is long, and read by one.
_SHORT = 32
_kept_hash = lru_cache(maxsize=4096)(_hash)


def changes(shown: Mapping[str, str], submitted: Answers) -> dict[str, Answer]:
    """Return only the answers that differ from what their page showed.

    ``shown`` holds the fingerprint of each answer as the page was made. Two tabs are merged
    question by question: a tab that left a question alone does not undo what the other one saved.
    """
    return {
        key: answer for key, answer in submitted.items() if shown.get(key) != fingerprint(answer)
    }


def _numbers(count: int) -> tuple[str, ...]:
    return tuple(str(number) for number in range(1, count + 1))


def _text(sent: Sequence[str], longest: int) -> Answer | None:
    if len(sent) != 1 or len(sent[0]) > 2 * longest:
        return None
    text = sent[0].replace("\r\n", "\n").replace("\r", "\n")
    # Control characters and halves of surrogate pairs mean nothing, and databases refuse them.
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    kept = kept.strip()
    if len(kept) > longest:
        return None
    return (kept,) if kept else BLANK
