"""Which kind of question the braces of GIFT make, and its value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Pair,
    Question,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)
from course_engine.exchange import numbers, own_words, scoped, weights, words
from course_engine.exchange.gift import parts, scanning
from course_engine.exchange.gift.parts import WHOLE, Part
from course_engine.exchange.losses import Losses
from course_engine.exchange.tags import Tags

_TRUTH = re.compile(r"\s*(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is known of a question before its answers are read."""

    line: int
    form: parts.Format
    tags: Tags
    fields: dict[str, Any]


def read(inside: str, line: int, asked: Asked, losses: Losses) -> Question | None:
    """Return the question, or None with the reason told."""
    present = {mark for _, mark in scanning.marks(inside)}
    bare = inside.strip()
    if not bare:
        return _essay(asked, losses)
    if bare.startswith("#"):
        return _number(inside, line, asked, losses)
    if found := _TRUTH.match(inside):
        return _truth(found, inside, line, asked, losses)
    if bare.startswith(">"):
        reason = "GIFT of this kind is an extension. Write the steps as a numbered list."
        losses.question(asked.line, "ordering", reason)
        return None
    answers = parts.read(inside, line, losses)
    if "~" in present:
        return _choices(answers, asked, losses)
    if {"=", "->"} <= present:
        return _matching(answers, asked, losses)
    if answers:
        return _short(answers, asked, losses)
    reason = "no answer in the braces begins with = or ~. Put the mark before each."
    losses.question(asked.line, "no-answers", reason)
    return None


def _essay(asked: Asked, losses: Losses) -> Question:
    return own_words.question(
        asked.fields, asked.tags, line=asked.line, name="an essay", losses=losses
    )


def _truth(found: re.Match[str], inside: str, line: int, asked: Asked, losses: Losses) -> Question:
    rest = inside[found.end() :]
    cuts = [at for at, mark in scanning.marks(rest) if mark == "#"]
    told = [rest[start + 1 : end] for start, end in pairwise([*cuts, len(rest)])]
    if_wrong, if_right = (*told, "", "")[:2]
    true = found[1].upper().startswith("T")
    choices = tuple(
        Choice(
            text=Html(word),
            right=right,
            feedback=_feedback(if_right if right else if_wrong, asked, line, losses),
        )
        for word, right in (("True", true), ("False", not true))
    )
    return SingleChoice(**asked.fields, choices=choices)


def _choices(answers: Sequence[Part], asked: Asked, losses: Losses) -> Question | None:
    one = any(part.mark == "=" for part in answers)
    shares = [part.earns / WHOLE for part in answers]
    best = [share == 1 for share in shares] if one else [share > 0 for share in shares]
    choices = tuple(
        Choice(
            text=parts.html(part.text, asked.form, part.line, losses),
            right=right,
            feedback=_feedback(part.feedback, asked, part.line, losses),
        )
        for part, right in zip(answers, best, strict=True)
    )
    if one and sum(best) != 1:
        reason = f"{sum(best)} choices earn full credit where one may be chosen. Keep one."
        losses.question(asked.line, "not-one-right", reason)
        return None
    if asked.tags.scope and (scope := scoped.judgements(choices)):
        return ScopeQuestion(**asked.fields, choices=scope)
    lines = [part.line for part in answers]
    weights.tell(shares, best, lines, losses, one=one)
    if one:
        return SingleChoice(**asked.fields, choices=choices)
    return MultipleChoice(**asked.fields, choices=choices)


def _matching(answers: Sequence[Part], asked: Asked, losses: Losses) -> Question | None:
    pairs = []
    for part in answers:
        arrow = scanning.find(part.text, "->")
        left = parts.html(part.text[: max(arrow, 0)], asked.form, part.line, losses)
        right = parts.bare(part.text[arrow + 2 :]) if arrow >= 0 else ""
        if left and right:
            pairs.append(Pair(left=left, right=words.plain(right)))
        else:
            reason = "a line of ours has two sides. Write the missing one."
            what = f'the half pair "{part.text.strip()[:40]}"'
            losses.part(part.line, "half-pair", what, reason)
        _no_feedback(part, losses)
    if not pairs:
        losses.question(asked.line, "no-answers", "no pair is whole. Write = left -> right.")
        return None
    return Matching(**asked.fields, pairs=tuple(pairs))


def _short(answers: Sequence[Part], asked: Asked, losses: Losses) -> Question | None:
    accepted: dict[str, None] = {}
    for part in answers:
        text = parts.bare(part.text)
        if re.search(r"(?<!\\)\*", part.text):
            reason = "a star stands for any words there, and for nothing else here. List the words."
            losses.part(part.line, "wildcard", f'the answer "{text[:40]}"', reason)
        elif part.earns != WHOLE:
            _not_whole(part, text, losses)
        elif text:
            accepted[text.replace("\\*", "*")] = None
        _no_feedback(part, losses)
    if not accepted:
        losses.question(asked.line, "no-answers", "no answer earns everything. Write one.")
        return None
    return ShortAnswer(**asked.fields, accepted=tuple(accepted))


def _number(inside: str, line: int, asked: Asked, losses: Losses) -> Question | None:
    text = inside.replace("#", " ", 1)
    marked = text if scanning.find(text, "=", "~") >= 0 else f"={text}"
    ranges = []
    for part in parts.read(marked, line, losses):
        found = _range(parts.bare(part.text))
        if part.earns != WHOLE:
            _not_whole(part, part.text.strip(), losses)
        elif found is None:
            reason = "it is no number that we can write. Use digits, a range, or a margin."
            losses.part(part.line, "bad-number", f'"{part.text.strip()[:40]}"', reason)
        else:
            ranges.append(found)
        _no_feedback(part, losses)
    if len(set(ranges)) != 1:
        reason = f"it has {len(set(ranges))} ranges that earn everything. Keep one."
        losses.question(asked.line, "not-one-range", reason)
        return None
    low, high = ranges[0]
    return NumberAnswer(**asked.fields, low=low, high=high)


def _range(text: str) -> tuple[str, str] | None:
    low, dots, high = text.partition("..")
    middle, colon, margin = text.partition(":")
    if dots:
        ends = numbers.read(low), numbers.read(high)
    elif colon:
        around, off = numbers.read(middle), numbers.read(margin)
        ends = (None, None) if around is None or off is None else (around - off, around + off)
    else:
        ends = numbers.read(text), numbers.read(text)
    return None if ends[0] is None or ends[1] is None else numbers.between(ends[0], ends[1])


def _feedback(text: str, asked: Asked, line: int, losses: Losses) -> Html | None:
    return words.paragraph(parts.html(text, asked.form, line, losses)) or None


def _not_whole(part: Part, text: str, losses: Losses) -> None:
    reason = "an answer of this kind is right or wrong. Accept it whole, or leave it out."
    losses.part(
        part.line, "weight", f'the answer "{text[:40]}" for {float(part.earns):.6g} %', reason
    )


def _no_feedback(part: Part, losses: Losses) -> None:
    if part.feedback:
        reason = "only choices have feedback. Put its words into the explanation."
        losses.part(part.line, "feedback", f'the feedback "{part.feedback[:60]}"', reason)
