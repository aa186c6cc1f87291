"""Aiken in, questions out: one question, lettered choices, and a line with the answer."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from course_engine.curriculum.questions import Choice, Question, SingleChoice
from course_engine.exchange import banks, sources, stems, words
from course_engine.exchange.banks import Imported
from course_engine.exchange.losses import Losses

_CHOICE = re.compile(r"([A-Z])[.)]\s+(\S.*)")
_LOOSE_CHOICE = re.compile(r"[a-z][.)]\s+\S|[A-Z][.)]$|[A-Z][.)]\S")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)
_FEWEST = 2


@dataclass(kw_only=True, slots=True)
class _Item:
    """A question while its lines are read."""

    line: int = 0
    asks: list[str] = field(default_factory=list)
    choices: list[tuple[int, str, str]] = field(default_factory=list)
    fault: bool = False


def read(content: bytes, *, name: str, title: str = "") -> Imported:
    """Read a file of Aiken; every line that is not as the format wants it is told."""
    losses = Losses(name)
    text = sources.text(content, losses)
    return banks.made(title, _questions(text.split("\n") if text else [], losses), losses)


def _questions(lines: list[str], losses: Losses) -> Iterator[Question]:
    item = _Item()
    for number, line in enumerate(map(str.strip, lines), 1):
        if answer := _ANSWER.fullmatch(line):
            if question := _closed(item, answer[1], number, losses):
                yield question
            item = _Item()
        elif choice := _CHOICE.fullmatch(line):
            item.line = item.line or number
            item.choices.append((number, choice[1], choice[2]))
        elif line:
            if item.choices and not _LOOSE_CHOICE.match(line):
                _unanswered(item, losses)
                item = _Item()
            item.line = item.line or number
            _stem_or_fault(item, number, line, losses)
    if item.line:
        _unanswered(item, losses)


def _stem_or_fault(item: _Item, number: int, line: str, losses: Losses) -> None:
    if (item.choices or item.asks) and _LOOSE_CHOICE.match(line):
        reason = "a choice is a capital letter, a point and a space. Write it as A. text."
        losses.question(number, "bad-choice", reason)
        item.fault = True
    else:
        item.asks.append(line)


def _unanswered(item: _Item, losses: Losses) -> None:
    reason = "the question has no line with its answer. Write ANSWER: and the letter."
    losses.question(item.line, "no-answer", reason)


def _closed(item: _Item, answer: str, number: int, losses: Losses) -> Question | None:
    """Return the question that an answer line ends, or None with the reason told."""
    letters = [letter for _, letter, _ in item.choices]
    if not item.asks:
        reason = "an answer stands here without a question. Write the question above its choices."
        losses.question(item.line or number, "no-question", reason)
    elif item.fault:
        pass  # The line with the fault was told of; without it the question is not whole.
    elif len(letters) < _FEWEST:
        losses.question(item.line, "too-few", "it has fewer than two choices. Write A. and B.")
    elif letters != [chr(ord("A") + at) for at in range(len(letters))]:
        expected = zip(item.choices, "ABCDEFGHIJKLMNOPQRSTUVWXYZ" * len(letters), strict=False)
        wrong = next(place for (place, letter, _), wanted in expected if letter != wanted)
        reason = "the letters do not follow each other. Write A, B, C and so on, each once."
        losses.question(wrong, "letters", reason)
    elif answer.upper() not in letters:
        reason = f'"{answer[:20]}" is none of the letters above. Write one of them.'
        losses.question(number, "bad-answer", reason)
    else:
        return _question(item, answer.upper())
    return None


def _question(item: _Item, answer: str) -> Question:
    prompt, vignette = stems.split(words.plain("\n\n".join(item.asks)))
    choices = tuple(
        Choice(text=words.plain(text), right=letter == answer) for _, letter, text in item.choices
    )
    return SingleChoice(id="", prompt=prompt, vignette=vignette, choices=choices, line=item.line)
