"""The inside of the braces: answers with their weights and feedback."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from course_engine.curriculum.questions import Html
from course_engine.exchange import numbers, words
from course_engine.exchange.gift import scanning
from course_engine.exchange.losses import Losses

Format = str
"""The format of a text: html, markdown, plain or moodle."""

_FORMAT = re.compile(r"\s*\[(html|markdown|plain|moodle)\]\s*", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%([^%\n]{1,20})%")
WHOLE = Decimal(100)
# Far more than our format takes: it refuses the question, and nobody waits for the rest.
_MOST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One answer as it is written, not yet unescaped. ``weight`` is a percent, if one is given."""

    line: int
    mark: str
    weight: Decimal | None
    text: str
    feedback: str

    @property
    def earns(self) -> Decimal:
        """What it earns in percent, with the mark alone counting all or nothing."""
        if self.weight is not None:
            return self.weight
        return WHOLE if self.mark == "=" else Decimal(0)


def read(text: str, line: int, losses: Losses) -> tuple[Part, ...]:
    """Return the answers; words before the first mark belong to none and are told."""
    starts = [at for at, mark in scanning.marks(text) if mark in "=~"][:_MOST]
    before = text[: starts[0]] if starts else text
    if before.strip():
        reason = "an answer begins with = or ~. Put the mark before it."
        losses.part(line, "stray-words", f'"{before.strip()[:40]}"', reason)
    return tuple(_parts(text, starts, line, losses))


def _parts(text: str, starts: list[int], line: int, losses: Losses) -> Iterator[Part]:
    for start, end in pairwise([*starts, len(text)]):
        place = line + text.count("\n", 0, start)
        body, weight = text[start + 1 : end], None
        if found := _WEIGHT.match(body):
            weight = numbers.read(found[1])
            body = body[found.end() :]
            if weight is None:
                reason = "it is no number. Write a percent such as %50%."
                losses.part(place, "bad-weight", f"the weight {found[1]}", reason)
        cut = scanning.find(body, "#", "####")
        answer, feedback = (body, "") if cut < 0 else (body[:cut], body[cut + 1 :])
        yield Part(
            line=place, mark=text[start], weight=weight, text=answer, feedback=feedback.strip()
        )


def formatted(text: str, otherwise: Format) -> tuple[Format, str]:
    """Return the format that a text names, else the other one, and the text without it."""
    if found := _FORMAT.match(text):
        return found[1].lower(), text[found.end() :]
    return otherwise, text


def html(text: str, otherwise: Format, line: int, losses: Losses) -> Html:
    """Return one text as HTML of ours."""
    form, raw = formatted(text, otherwise)
    raw = raw.strip()
    if form == "html":
        return words.html(scanning.unescaped(raw), line, losses)
    if form == "markdown":
        return words.markdown(scanning.unescaped(raw), line, losses)
    # Lines are wrapped for the eye; a break that is meant is written as an escape.
    meant = scanning.unescaped(re.sub(r"(?<![ \t])[ \t]*\n[ \t]*", " ", raw))
    if form == "moodle" and words.tagged(meant):
        return words.html(meant.replace("\n", "<br>"), line, losses)
    return words.plain(meant)


def bare(text: str) -> str:
    """Return one text as bare words on one line; such a text names no format."""
    return " ".join(words.seen(scanning.unescaped(text)).split())
