"""Fonts of tens of thousands of glyphs, of which a person's file takes a few.

WeasyPrint keeps the number of each glyph when it makes a font smaller, so what is left of a Chinese
font is a list of 65,000 glyphs, nearly all of them empty. The letters of such a font have a second
number (CID) that stays with them, and by which a page may call them. Where it is the same as the
first, only the few are embedded; elsewhere WeasyPrint's own way is taken.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from io import BytesIO
from typing import Any

from course_engine.press.layouts import parts

_MANY = 20_000
_FORMAT = "/CIDFontType0C"
# What is not drawn with, and all that lists glyphs of its own.
_DROPPED = (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"VORG", b"cmap", b"vhea", b"vmtx")


@cache
def kind() -> Any:
    """Return WeasyPrint's kind of font, with a way of its own to become smaller."""
    inner = parts()

    class CidFont(inner.fonts.Font):  # type: ignore[misc, name-defined]
        def clean(self, to_unicode: dict[int, str], hinting: bool) -> None:  # noqa: FBT001
            self.bare = b"" if self.missing else _bare(self, sorted(to_unicode))
            if self.bare:
                self.file_content = self.bare
            else:
                super().clean(to_unicode, hinting)

        @property
        def type(self) -> Any:
            return "otf" if self.bare else super().type

    return CidFont


def suits(font: Any) -> bool:
    """Tell whether a font is so large, and of the kind that may have numbers of both sorts."""
    return bool("CFF " in font.tables and font.glyph_count > _MANY)


def declare(fonts: Iterable[Any], streams: Iterable[Any]) -> None:
    """Say of which format the fonts that were cut down are; WeasyPrint has a word for all."""
    bare = {font.file_content for font in fonts if getattr(font, "bare", b"")}
    for one in streams:
        if getattr(one, "stream", None) and one.stream[0] in bare:
            one.extra["Subtype"] = _FORMAT


def _bare(font: Any, glyphs: Sequence[int]) -> bytes:
    """Return the drawings of some glyphs alone, or nothing where they have other numbers."""
    from fontTools.cffLib import CFFFontSet  # noqa: PLC0415 - it comes with WeasyPrint

    table = _drawings(font, glyphs)
    if not table:
        return b""
    read = CFFFontSet()
    read.decompile(BytesIO(table), None)
    (top,) = read
    # Other shapes of the same letters may come along.
    wanted = {f"cid{glyph:05d}" for glyph in glyphs if glyph}
    return table if hasattr(top, "ROS") and wanted <= set(top.charset) else b""


def _drawings(font: Any, glyphs: Sequence[int]) -> bytes:
    loaded = parts().ffi
    ffi, harfbuzz, cutter = loaded.ffi, loaded.harfbuzz, loaded.harfbuzz_subset
    wanted = ffi.gc(cutter.hb_subset_input_create_or_fail(), cutter.hb_subset_input_destroy)

    def put(place: Any, numbers: Iterable[int]) -> None:
        listed = sorted(numbers)
        array = ffi.new("hb_codepoint_t[]", listed)
        harfbuzz.hb_set_add_sorted_array(place, array, len(listed))

    put(cutter.hb_subset_input_glyph_set(wanted), glyphs)
    dropped = cutter.hb_subset_input_set(wanted, cutter.HB_SUBSET_SETS_DROP_TABLE_TAG)
    put(dropped, (harfbuzz.hb_tag_from_string(name, -1) for name in _DROPPED))
    flags = cutter.HB_SUBSET_FLAGS_DESUBROUTINIZE | cutter.HB_SUBSET_FLAGS_NO_HINTING
    cutter.hb_subset_input_set_flags(wanted, flags)
    small = ffi.gc(cutter.hb_subset_or_fail(font.hb_face, wanted), harfbuzz.hb_face_destroy)
    if not small:
        return b""
    blob = harfbuzz.hb_face_reference_table(small, harfbuzz.hb_tag_from_string(b"CFF ", -1))
    with ffi.new("unsigned int *") as length:
        found = harfbuzz.hb_blob_get_data(blob, length)
        table = b"" if found == ffi.NULL else bytes(ffi.unpack(found, int(length[0])))
    harfbuzz.hb_blob_destroy(blob)
    return table
