"""Codes: serials and the like, in which any letter may follow any, put together of letters.

All pairs of letters are set once, each in different company. Where a letter is always drawn the
same, and takes the same room, before the same other one, every code follows from its pairs.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain, product
from typing import Any

from course_engine.press.cases import Drawn, Words, set_words
from course_engine.press.layouts import parts

Draw = Callable[[Words], Drawn | None]

_Glyph = tuple[int, bytes]
"""The room that a letter takes, in Pango's units, and what draws it."""

_Frame = tuple[bytes, bytes, bytes]
"""What draws any code: before its place is said, before its glyphs, and after them."""

_GLYPH = re.compile(rb"[0-9a-f]{4}(?:>-?\d+<)?")
_AFTER_PLACE = re.compile(rb"(/\w+ \S+ Tf\n\[<)(\S+)(\] TJ\nET)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Codes:
    """Sets and draws codes of certain letters.

    ``pairs`` has the glyph of each letter before each other one, and of each at the end; ``model``
    is any code.
    """

    pairs: dict[str, _Glyph]
    frame: _Frame
    model: Words

    def words(self, text: str) -> Words | None:
        """Set a code; nothing where it has other letters."""
        try:
            found = [self.pairs[pair] for pair in _paired(text)]
        except KeyError:
            return None
        widths, glyphs = zip(*found, strict=True)
        before, head, tail = self.frame
        return Words(
            text=text,
            width=sum(widths) * parts().ffi.FROM_UNITS,
            height=self.model.height,
            baseline=self.model.baseline,
            drawn=(before, head + _joined(glyphs) + tail),
        )


def learned(style: Any, letters: str, draw: Draw, page: Any) -> Codes | None:
    """Learn how letters are set before one another; nothing where that is not simple.

    The fonts of the stream ``page`` have to give each letter back when it is copied.
    """
    pairs: dict[str, _Glyph] = {}
    frames: set[_Frame] = set()
    for text in (*letters, "".join(chain.from_iterable(product(letters, repeat=2)))):
        model = set_words(style, text)
        read = _read(model, draw(model))
        if read is None:
            return None
        frames.add(read[0])
        for pair, glyph in zip(_paired(text), read[1], strict=True):
            if pairs.setdefault(pair, glyph) != glyph:
                return None
    if len(frames) > 1 or not _copied(pairs, frames, page):
        return None
    return Codes(pairs=pairs, frame=frames.pop(), model=model)


def _paired(text: str) -> list[str]:
    """List each letter with the one that follows; the last stands by itself."""
    return [text[start : start + 2] for start in range(len(text))]


def _read(words: Words, drawn: Drawn | None) -> tuple[_Frame, list[_Glyph]] | None:
    """Read what was drawn, where it is one glyph for each letter, all of one font and size."""
    before, after = drawn or (b"", b"")
    read, widths = _AFTER_PLACE.fullmatch(after), _widths(words)
    if read is None or words.width != sum(widths) * parts().ffi.FROM_UNITS:
        return None
    head, joined, tail = read.groups()
    glyphs = _GLYPH.findall(joined + b"<")
    if _joined(glyphs) != joined or not len(words.text) == len(glyphs) == len(widths):
        return None
    return (before, head, tail), list(zip(widths, glyphs, strict=True))


def _widths(words: Words) -> list[int]:
    """List the widths of all glyphs; nothing where they are of several runs."""
    line, _ = words.layout.get_first_line()
    run = line.runs[0]
    if run.next != parts().ffi.ffi.NULL:
        return []
    glyphs = run.data.glyphs
    return [one.geometry.width for one in glyphs.glyphs[0 : glyphs.num_glyphs]]


def _joined(glyphs: Iterable[bytes]) -> bytes:
    """Join glyphs as WeasyPrint does, which opens a bracket for what may follow."""
    joined = b"".join(glyphs)
    return joined[:-1] if joined.endswith(b"<") else joined + b">"


def _copied(pairs: dict[str, _Glyph], frames: Iterable[_Frame], page: Any) -> bool:
    meant = {font.hash.encode(): font.to_unicode for font in page._fonts.values()}  # noqa: SLF001
    ((_, head, _),) = frames
    letters = meant[head.split()[0][1:]]
    return all(letters[int(glyph[:4], 16)] == pair[0] for pair, (_, glyph) in pairs.items())
