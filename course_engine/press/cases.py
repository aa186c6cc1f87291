"""Type cases: words that were set once are kept, with what draws them.

What is drawn of words differs from line to line only in where it stands. Many people begin and end
on the same days, and everybody's number has the same label.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from course_engine.press.layouts import parts

_MOST_KEPT = 256

Drawn = tuple[bytes, bytes]
"""What draws words: before it is said where they stand, and after."""


@dataclass(kw_only=True, slots=True)
class Words:
    """Words in one style, set on a line without end; sizes in pixels."""

    text: str
    width: float
    height: float
    baseline: float
    layout: Any = None
    drawn: Drawn | None = None

    def keep(self, drawn: Drawn) -> None:
        """Remember what draws them in every file; what Pango has set is needed no more."""
        self.drawn, self.layout = drawn, None


@dataclass(frozen=True, kw_only=True)
class Case:
    """Sets words in one style; ``codes`` are quicker ways, for the texts that they know."""

    style: Any
    codes: list[Callable[[str], Words | None]] = field(default_factory=list)
    _kept: dict[str, Words] = field(default_factory=dict)

    def words(self, text: str) -> Words:
        """Set words, if they are not set, or even drawn, already."""
        for code in self.codes:
            if words := code(text):
                return words
        if text not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[text] = set_words(self.style, text)
        return self._kept[text]


def set_words(style: Any, text: str) -> Words:
    """Set words with Pango, as layout does where they have all the room they want."""
    inner = parts()
    layout = inner.line_break.create_layout(text, style, None, None, 0)
    line, _ = layout.get_first_line()
    width, height = inner.line_break.line_size(line, style)
    baseline = inner.ffi.pango.pango_layout_get_baseline(layout.layout) * inner.ffi.FROM_UNITS
    # What was set is drawn as it is; WeasyPrint would forget it here and set it again.
    layout.deactivate, layout.reactivate = _nothing, _nothing
    return Words(text=text, layout=layout, width=width, height=height, baseline=baseline)


def _nothing(*_: Any) -> None: ...
