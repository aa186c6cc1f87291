"""Lines in which words change: the words are set, the line is moved, nothing is laid out again.

Where a line of text stands follows from how wide it is, and how high its letters are. So a block is
laid out once for each setting and each height of letters, and for other words only the words are
set; what comes after them on the line moves, and the line itself as its alignment says.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from course_engine.press.cases import Case, Drawn, Words, set_words
from course_engine.press.codes import learned
from course_engine.press.layouts import Shape, family, parts, shape, texts_of
from course_engine.press.pens import drawn, parted_at_place
from course_engine.press.units import Setting, Unit, replaced

_MOST_KEPT = 256
_NEAR = 1e-4
_DIGITS = 6  # Of pixels; a position does not depend on whose line was laid out first.
_SHARES = (0, 0.5, 1)  # Of the room left over, before the line: left, centered, right.


@dataclass(frozen=True, kw_only=True, slots=True)
class Laid:
    """A block that was laid out: its boxes, those of its lines of text, and what is drawn there."""

    box: Any
    shape: Shape
    places: Sequence[Any]
    lines: Sequence[Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Row:
    """The texts of one line, by their numbers; ``left`` is where a line of no width would begin."""

    first: int
    last: int
    share: float
    left: float
    room: float


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pattern:
    """A block as it was laid out, and those of its lines in which words change."""

    laid: Laid
    rows: Sequence[_Row]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Fills a unit as ``Unit.filled`` does, and quickly where no line is broken."""

    unit: Unit
    context: Any
    _patterns: dict[Any, _Pattern] = field(default_factory=dict)
    _cases: dict[Any, Case] = field(default_factory=dict)

    def hold(self, letters: Mapping[str, str], scratch: Any) -> None:
        """Draw onto nothing all letters that may be needed, as ``letters`` tells for each model.

        Those without a space are the letters of codes, in which any may follow any.
        """
        for number, (box, text) in enumerate(self.unit.started({})[1]):
            draw = partial(_drawn_onto_nothing, scratch, box)
            if text.strip():
                draw(set_words(box.style, replaced(text, letters)))
            wanted = {held for model, held in letters.items() if model in text}
            for held in sorted(wanted):
                if " " not in held and (codes := learned(box.style, held, draw, scratch)):
                    self._case((), number, box.style).codes.append(codes.words)

    def filled(self, texts: Mapping[str, str], settings: Mapping[str, Setting]) -> Laid:
        """Set the unit with other texts. Raises CannotStamp as ``Unit.filled`` does."""
        own, started = self.unit.started(settings)
        told = [(box, replaced(text, texts), text) for box, text in started]
        # Neither the height of a line nor the width of a block changes how words look.
        hand = tuple((name, one.size, one.anywhere) for name, one in own)
        words = [
            self._case(hand, number, box.style).words(new) if new != old else None
            for number, (box, new, old) in enumerate(told)
        ]
        key = own, tuple((one.height, one.baseline) for one in words if one)
        pattern = self._patterns.get(key)
        if pattern is None:
            laid = self._laid(texts, settings)
            pattern = _learned(laid, [new for _, new, _ in told], words)
            if pattern is None:
                return laid
            if len(self._patterns) >= _MOST_KEPT:
                self._patterns.clear()
            self._patterns[key] = pattern
        if lines := _moved(pattern, words):
            laid = pattern.laid
            return Laid(box=laid.box, shape=laid.shape, places=laid.places, lines=lines)
        return self._laid(texts, settings)

    def _laid(self, texts: Mapping[str, str], settings: Mapping[str, Setting]) -> Laid:
        box = self.unit.filled(self.context, texts, settings)
        return Laid(box=box, shape=shape(box), places=texts_of(box), lines=texts_of(box))

    def _case(self, hand: Any, number: int, style: Any) -> Case:
        if (hand, number) not in self._cases:
            self._cases[hand, number] = Case(style=style)
        return self._cases[hand, number]


def _drawn_onto_nothing(scratch: Any, box: Any, words: Words) -> Drawn | None:
    line = box.copy()
    line.position_x = line.position_y = line.baseline = 0
    line.text, line.pango_layout, line.width = words.text, words.layout, words.width
    return parted_at_place(drawn(scratch, line), line)


def _learned(laid: Laid, texts: Sequence[str], words: Sequence[Words | None]) -> _Pattern | None:
    """Learn how the lines of a block are placed; nothing where that is not simple."""
    places = laid.places
    if len(places) != len(texts):
        return None
    for place, text, word in zip(places, texts, words, strict=True):
        if word is None:
            continue
        if place.text != text or _far(word.width, place.width) or _far(word.height, place.height):
            return None
    rows, first = [], 0
    for line, holder in _lines(laid.box):
        last = first + len(texts_of(line))
        if any(words[first:last]):
            row = _row(holder, places[first:last], first)
            if row is None:
                return None
            rows.append(row)
        first = last
    for place, word in zip(places, words, strict=True):
        if word is None:
            # Words that are everybody's are drawn once as well.
            place.words = _as_laid(place)
    return _Pattern(laid=laid, rows=rows)


def _as_laid(place: Any) -> Words:
    return Words(text=place.text, width=place.width, height=place.height, baseline=place.baseline)


def _lines(box: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the lines of a block that are in no other line, each with the block that holds it."""
    inner = parts().boxes
    for part, above in family(box):
        if isinstance(part, inner.LineBox) and not any(
            isinstance(one, inner.LineBox) for one in above
        ):
            yield part, above[-1]


def _row(holder: Any, places: Sequence[Any], first: int) -> _Row | None:
    if len(holder.children) != 1:
        return None
    if any(_far(one.position_x + one.width, two.position_x) for one, two in pairwise(places)):
        return None
    left, width = places[0].position_x, sum(place.width for place in places)
    before, spare = left - holder.content_box_x(), holder.width - width
    share = next((one for one in _SHARES if not _far(before, one * spare)), None)
    if share is None or spare < 1:
        return None
    return _Row(
        first=first,
        last=first + len(places),
        share=share,
        left=round(left + share * width, _DIGITS),
        room=holder.width,
    )


def _moved(pattern: _Pattern, words: Sequence[Words | None]) -> list[Any]:
    """Place other words on the lines; nothing where they want more room than a line has."""
    lines = list(pattern.laid.places)
    told = list(zip(lines, words, strict=True))
    for row in pattern.rows:
        pairs = told[row.first : row.last]
        width = sum(word.width if word else place.width for place, word in pairs)
        if width > row.room:
            return []
        position = row.left - row.share * width
        for number, (place, word) in enumerate(pairs, start=row.first):
            line = lines[number] = place.copy()
            line.position_x = position
            if word:
                line.words, line.text = word, word.text
                line.pango_layout, line.width = word.layout, word.width
            position += line.width
    return lines


def _far(one: float, other: float) -> bool:
    return abs(one - other) > _NEAR
