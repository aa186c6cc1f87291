"""Drawing lines of text with WeasyPrint's own pen, in fonts that belong to one person's file."""

from collections.abc import Mapping
from functools import cache
from itertools import chain
from typing import Any

from course_engine.press import cid_fonts
from course_engine.press.cases import Drawn, Words
from course_engine.press.copying import place_of
from course_engine.press.layouts import CannotStamp, parts

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TURNED = str.maketrans(_LETTERS, _LETTERS[13:] + _LETTERS[:13])
_MOST_KEPT = 64

# Opening a font is dear, so fonts are kept open, by what they are and the size first drawn in.
_kept: dict[tuple[Any, float], Any] = {}


class Pen:
    """Draws with the page's own fonts what they hold, and else with fonts of the person."""

    def __init__(
        self,
        page: Any,
        states: Mapping[str, Any],
        fonts: Mapping[Any, Any],
        letters: frozenset[str],
    ) -> None:
        """Draw on a page like the stream ``page``, whose resources hold ``states``.

        ``letters`` are those that the page's ``fonts`` hold.
        """
        resources: dict[str, Any] = {"ExtGState": dict(states), "ColorSpace": None}
        more: tuple[Any, ...] = (page.page_rectangle, resources, {}, {}, page._color_profiles, None)  # noqa: SLF001
        self._used, self._known = resources["ExtGState"], set(states)
        shared, own = _kinds()
        self._letters = letters
        self._shared, self._own = shared(fonts, *more), own({}, *more)

    def draw(self, line: Any, mark: int) -> bytes:
        """Draw a line of text with its mark, from a state of which nothing is known."""
        written = line.text.strip()
        told = b"/MCID %d" % mark
        if place_of(written) == "content":
            told += b"/ActualText " + parts().pydyf.String(written).data
        # A space leaves no trace, and costs as much as a word.
        content = self._content(line) + b"\n" if written else b""
        return b"/Span\n<<%b>>\nBDC\n%bEMC" % (told, content)

    def embedded(self, file: Any) -> dict[str, bytes]:
        """Add the person's fonts to a file; return where they are, by name."""
        fonts, options = self._own._fonts, {"hinting": False, "pdf_version": b"1.7"}  # noqa: SLF001
        build = parts().fonts.build_fonts_dictionary
        added: dict[str, bytes] = build(file, fonts, compress=True, subset=True, options=options)
        if not all(font.file_content for font in fonts.values()):
            raise CannotStamp("a font that cannot be made smaller")
        cid_fonts.declare(fonts.values(), file.objects.values())
        return added

    @property
    def missing(self) -> set[str]:
        """The characters that no font could draw."""
        fonts = self._own._fonts  # noqa: SLF001
        return {chr(point) for font in fonts.values() for point in font.missing}

    def _content(self, line: Any) -> bytes:
        words: Words | None = getattr(line, "words", None)
        if words and words.drawn:
            before, after = words.drawn
            return before + _place(line) + after
        try:
            content, kept = self._shared_content(line), True
        except NewGlyph:
            content, kept = drawn(self._own, line), False
        if self._used.keys() != self._known:
            raise CannotStamp("a text in a color of its own")
        if kept and words and (parted := parted_at_place(content, line)):
            words.keep(parted)
        return content

    def _shared_content(self, line: Any) -> bytes:
        """Draw with the page's fonts, where all its glyphs stand for the letters of this line.

        What the glyphs of its own texts stand for the page says, however it is printed.
        """
        if not self._letters.issuperset(line.text):
            raise NewGlyph
        self._shared.meant = {}
        content = drawn(self._shared, line)
        for font, meant in self._shared.meant.values():
            if any(font.held.get(glyph) != meant[glyph] for glyph in meant.keys() - font.own):
                raise NewGlyph
        return content


def drawn(stream: Any, line: Any) -> bytes:
    """Draw a line of text, which is not empty, from a state of which nothing is known."""
    inner = parts()
    stream.stream = []
    stream._current_color = stream._current_alpha = stream._current_font = None  # noqa: SLF001
    inner.draw.draw_text(stream, line, 0, "clip", "none")
    return b"\n".join(map(inner.pydyf._to_bytes, stream.stream))  # noqa: SLF001


def parted_at_place(content: bytes, line: Any) -> Drawn | None:
    """Part what draws a line where its place is told; nothing where it is told otherwise too."""
    before, place, after = content.partition(_place(line))
    return (before, after) if place and line.style["text_decoration_line"] == "none" else None


def _place(line: Any) -> bytes:
    written = parts().pydyf._to_bytes  # noqa: SLF001
    base = line.position_y + line.baseline
    return b"\n1 0 0 -1 %b %b Tm\n" % (written(line.position_x), written(base))


class NewGlyph(Exception):
    """The page's fonts do not hold this."""


def note_drawn(fonts: Mapping[Any, Any]) -> None:
    """Note with each font which glyphs the page has drawn till now, for texts of its own."""
    for font in fonts.values():
        font.own = frozenset(font.to_unicode)


def closed(fonts: Mapping[Any, Any]) -> dict[Any, Any]:
    """Close the fonts of a page that has been written; they hold what was drawn with them."""
    for font in fonts.values():
        font.held, font.file_content = font.to_unicode, b""
        font.own = getattr(font, "own", frozenset())
    return dict(fonts)


def letters_of(fonts: Mapping[Any, Any]) -> frozenset[str]:
    """List the letters that some glyph of closed fonts stands for, and spaces."""
    return frozenset(chain(" ", *(text for font in fonts.values() for text in font.held.values())))


@cache
def _kinds() -> tuple[Any, Any]:
    inner = parts()

    class Shared(inner.stream.Stream):  # type: ignore[misc, name-defined]
        def add_font(self, pango_font: Any) -> tuple[Any, float]:
            key, _, size = inner.stream.get_pango_font_key(pango_font)
            if key not in self._fonts:
                raise NewGlyph
            font = self._fonts[key]
            # Here WeasyPrint writes down what each glyph of this line stands for.
            _, font.to_unicode = self.meant.setdefault(key, (font, {}))
            return font, size

    class Own(inner.stream.Stream):  # type: ignore[misc, name-defined]
        def add_font(self, pango_font: Any) -> tuple[Any, float]:
            key, description, size = inner.stream.get_pango_font_key(pango_font)
            if key not in self._fonts:
                self._fonts[key] = _font(key, pango_font, description, size)
            return self._fonts[key], size

    return Shared, Own


def _font(key: Any, pango_font: Any, description: Any, size: float) -> Any:
    """Open a font or take it up again, with nothing drawn yet and a name apart from the page's."""
    font = _kept.get((key, size))
    if font is None:
        font = parts().fonts.Font(pango_font, description, size)
        if cid_fonts.suits(font):
            font.__class__ = cid_fonts.kind()
        if font.png or font.svg or font.colr or "fvar" in font.tables:
            raise CannotStamp("a font of colors or of many weights")
        font.hash = font.hash.translate(_TURNED)
        font.name = b"/" + font.hash.encode() + font.name[7:]
        if len(_kept) >= _MOST_KEPT:
            _kept.clear()
        _kept[key, size] = font
    # All of Chinese is twenty megabytes; what a subset leaves takes its place.
    font.to_unicode, font.widths, font.missing, font.file_content = {}, {}, {}, b""
    return font
