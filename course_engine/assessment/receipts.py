"""A receipt: exactly what was handed in, in words, with the hash that tells it from any other."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any, assert_never

from course_engine.assessment import answers as given
from course_engine.assessment.answers import BLANK, Answer
from course_engine.assessment.papers import Item, Paper
from course_engine.curriculum import plain
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """One question as it was asked, and what was answered.

    ``saved_at`` is the moment in ISO 8601 and UTC, "" when nothing was ever saved, and ``saves``
    how often. Nothing here tells what is right.
    """

    number: int
    id: str
    asked: str
    answer: tuple[str, ...]
    saved_at: str
    saves: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What was handed in. Moments are in ISO 8601 and UTC; ``edition`` is the whole digest."""

    course: str
    edition: str
    quiz: str
    attempt: int
    number: int
    started_at: str
    handed_in_at: str
    answers: tuple[Answered, ...]


def answered(item: Item, answer: Answer, *, number: int, saved_at: str, saves: int) -> Answered:
    """Put one question and its answer into words."""
    question = item.question
    words = [plain.text(question.prompt), plain.text(question.vignette)]
    return Answered(
        number=number,
        id=question.id,
        asked="\n".join(part for part in words if part),
        answer=in_words(item, answer),
        saved_at=saved_at,
        saves=saves,
    )


def receipt(
    paper: Paper,
    saved: Mapping[str, tuple[Answer, datetime, int]],
    *,
    course: str,
    quiz: str,
    attempt: int,
    number: int,
    started_at: datetime,
    handed_in_at: datetime,
) -> Receipt:
    """Make the receipt of a paper; ``saved`` holds answer, moment and count by question.

    Reflections are private and never graded: a receipt leaves them out.
    """
    listed = []
    for place, item in enumerate(paper.items, start=1):
        if isinstance(item.question, Reflection):
            continue
        answer, at, saves = saved.get(item.question.id, (BLANK, None, 0))
        moment = _moment(at) if at else ""
        listed.append(answered(item, answer, number=place, saved_at=moment, saves=saves))
    return Receipt(
        course=course,
        edition=paper.edition,
        quiz=quiz,
        attempt=attempt,
        number=number,
        started_at=_moment(started_at),
        handed_in_at=_moment(handed_in_at),
        answers=tuple(listed),
    )


def document(made: Receipt) -> bytes:
    """Return the receipt as a file: JSON with sorted keys, the same bytes whenever it is made."""
    text = json.dumps(made, default=_fields, sort_keys=True, indent=1, ensure_ascii=False)
    return f"{text}\n".encode()


def sha256(made: Receipt) -> str:
    """Return the SHA-256 of the file, in hexadecimal: what ``sha256sum`` says of it."""
    return hashlib.sha256(document(made)).hexdigest()


def in_words(item: Item, answer: Answer) -> tuple[str, ...]:
    """Say an answer in the words of its question; nothing for a blank one."""
    kept = given.read(item, answer)
    if not kept:
        return ()
    question = item.question
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            chosen = (index for index in given.picked(item, kept) if index is not None)
            return tuple(plain.text(question.choices[index].text) for index in chosen)
        case Matching():
            return tuple(
                f"{plain.text(pair.left)} → "
                + ("" if index is None else plain.text(question.pairs[index].right))
                for pair, index in zip(question.pairs, given.picked(item, kept), strict=True)
            )
        case Ordering():
            ranked = sorted(
                (int(rank), plain.text(question.items[index]))
                for rank, index in zip(kept, item.order, strict=True)
                if rank
            )
            return tuple(f"{rank}. {words}" for rank, words in ranked)
        case ShortAnswer() | NumberAnswer() | Written() | Reflection():
            return kept
        case _:
            assert_never(question)


def _fields(value: Receipt | Answered) -> dict[str, Any]:
    """Return what a value holds, by name, for JSON to go on with."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
