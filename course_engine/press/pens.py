"""Drawing lines of text with WeasyPrint's own pen, in fonts that belong to one person's file."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from course_engine.press import cid_fonts
from course_engine.press.copying import place_of
from course_engine.press.layouts import CannotStamp, parts

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_TURNED = str.maketrans(_LETTERS, _LETTERS[13:] + _LETTERS[:13])
_MOST_KEPT = 64

# Opening a font is dear, so fonts are kept open, by what they are and the size first drawn in.
_kept: dict[tuple[Any, float], Any] = {}


class Pen:
    """Draws with the page's own fonts what they hold, and else with fonts of the person."""

    def __init__(self, page: Any, states: Mapping[str, Any], fonts: Mapping[Any, Any]) -> None:
        """Draw on a page like the stream ``page``, whose resources hold ``states``."""
        resources = {"ExtGState": dict(states), "ColorSpace": None}
        more: tuple[Any, ...] = (page.page_rectangle, resources, {}, {}, page._color_profiles, None)  # noqa: SLF001
        self._known = set(states)
        shared, own = _kinds()
        self._shared, self._own = shared(fonts, *more), own({}, *more)

    def draw(self, lines: Mapping[Any, int]) -> tuple[bytes, bool]:
        """Draw lines of text, each with its mark, from a state of which nothing is known.

        Tells too whether the page's own fonts were enough.
        """
        try:
            return self._draw(self._shared, lines), True
        except NewGlyph:
            return self._draw(self._own, lines), False

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

    def _draw(self, stream: Any, lines: Mapping[Any, int]) -> bytes:
        inner = parts()
        stream.stream = []
        stream._current_color = stream._current_alpha = stream._current_font = None  # noqa: SLF001
        for line, mark in lines.items():
            stream.begin_marked_content("Span", inner.pydyf.Dictionary(_properties(line, mark)))
            if line.text.strip():  # A space leaves no trace, and costs as much as a word.
                inner.draw.draw_text(stream, line, 0, "clip", "none")
            stream.end_marked_content()
        if set(stream._resources["ExtGState"]) != self._known:  # noqa: SLF001
            raise CannotStamp("a text in a color of its own")
        return b"\n".join(map(inner.pydyf._to_bytes, stream.stream))  # noqa: SLF001


def _properties(line: Any, mark: int) -> dict[str, Any]:
    written = line.text.strip()
    if place_of(written) != "content":
        return {"MCID": mark}
    return {"MCID": mark, "ActualText": parts().pydyf.String(written)}


class NewGlyph(Exception):
    """The page's fonts do not hold this."""


class Closed(dict[Any, Any]):
    """What a page's font holds, or which fonts it has; nothing can be added."""

    def __setitem__(self, key: Any, value: Any) -> None:
        raise NewGlyph


def closed(fonts: Mapping[Any, Any]) -> Closed:
    """Close the fonts of a page that has been written."""
    for font in fonts.values():
        font.to_unicode, font.file_content = Closed(font.to_unicode), b""
    return Closed(fonts)


@cache
def _kinds() -> tuple[Any, Any]:
    inner = parts()

    class Shared(inner.stream.Stream):  # type: ignore[misc, name-defined]
        def add_font(self, pango_font: Any) -> tuple[Any, float]:
            key, _, size = inner.stream.get_pango_font_key(pango_font)
            if key not in self._fonts:
                raise NewGlyph
            return self._fonts[key], size

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
