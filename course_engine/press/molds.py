"""A mold: a document laid out and written once, with room for what differs between people."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from course_engine.press.assets import Asset, refusals
from course_engine.press.layouts import CannotStamp, Layout, Shape, lay_out, parts, shape, texts_of
from course_engine.press.pens import note_drawn
from course_engine.press.rendering import finish, mark_accessible, missing_glyphs
from course_engine.press.rows import Rows
from course_engine.press.units import Unit, replaced, units

_NEAR = 1e-4
_END = b"EMC"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slot:
    """Where one line of a person's text is drawn: the lines of the page's content, and its mark."""

    first: int
    last: int
    mark: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A unit of the page, its slots in the content, and its branch of the structure tree."""

    unit: Unit
    rows: Rows
    slots: tuple[Slot, ...]
    parent: Any
    branch: tuple[int, ...]
    shape: Shape

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The lines of the page's content that each slot takes, the last not included."""
        return [(slot.first, slot.last + 1) for slot in self.slots]


@dataclass(frozen=True, kw_only=True, slots=True)
class Mold:
    """Everything that is the same for all people, and the places of what is not.

    ``texts`` are those that the mold was made with and that each person's replace; ``objects`` are
    the parts of the file by their numbers, ``content`` the lines that draw the page.
    """

    layout: Layout
    texts: tuple[str, ...]
    places: tuple[Place, ...]
    pdf: Any
    stream: Any
    content: tuple[bytes, ...]


def make(html: str, assets: Mapping[str, Asset], texts: Mapping[str, str]) -> Mold:
    """Make a mold from a document that holds certain texts in the place of a person's own.

    ``texts`` has with each a text of all letters that may stand there, or of the usual ones; the
    page's fonts will hold them, and no person's file needs others for them. Those without a space
    are the letters of codes, in which any may follow any.

    Raises CannotStamp where the document does not keep a person's texts in blocks of their own.
    """
    with refusals():
        layout = lay_out(html, assets)
    if len(layout.document.pages) != 1:
        raise CannotStamp("more than one page")
    found = units(layout, list(texts))
    _insist_on_laws(layout, found, list(texts))
    for unit in found:
        for box in texts_of(unit.after):
            box.text = " "  # Drawn as nothing, so that no font is put in for it.
    rows = [Rows(unit=unit, context=layout.context) for unit in found]
    _hold_letters(layout, rows, texts)
    written: list[Any] = []

    def keep(document: Any, pdf: Any) -> None:
        finish(document, pdf)
        written.append(pdf)

    mark_accessible(layout.document.metadata)
    with _branches() as branches, _streams() as streams:
        layout.document.write_pdf(pdf_variant="pdf/a-3a", finisher=keep)
    if missing_glyphs(layout.document):
        raise CannotStamp("a letter that no font draws")
    pdf, (stream, marks) = written[0], streams[0]
    content = tuple(_bytes(line) for line in stream.stream)
    return Mold(
        layout=layout,
        texts=tuple(texts),
        places=tuple(_place(row, content, marks, branches) for row in rows),
        pdf=pdf,
        stream=stream,
        content=content,
    )


def _insist_on_laws(layout: Layout, found: Sequence[Unit], texts: Sequence[str]) -> None:
    """Insist that nobody's text stands outside, and that laying out again changes nothing."""
    for text in texts:
        if not any(text in box.text for unit in found for box in texts_of(unit.after)):
            raise CannotStamp(f"a person's text is not in a marked block: {text}")
    inside = {id(box) for unit in found for box in texts_of(unit.after)}
    marked = dict.fromkeys(texts, "")
    for box in texts_of(layout.page):
        if id(box) not in inside and replaced(box.text, marked) != box.text:
            raise CannotStamp(f"a person's text outside of what is marked: {box.text}")
    for unit in found:
        again = texts_of(unit.filled(layout.context, {text: text for text in texts}, {}))
        pairs = list(zip(again, texts_of(unit.after), strict=False))
        if len(again) != len(texts_of(unit.after)) or not all(_same(*pair) for pair in pairs):
            raise CannotStamp(f"a block comes out differently alone: {pairs[0][1].text}")


def _hold_letters(layout: Layout, rows: Sequence[Rows], letters: Mapping[str, str]) -> None:
    """Have all letters that may be needed drawn onto nothing, so that the page's fonts hold them.

    After the page itself, because the first text that needs a glyph says which letter it is.
    """
    (page,) = layout.document.pages
    paint = page.paint
    resources: dict[str, Any] = {"ExtGState": {}, "ColorSpace": None}

    def paint_and_hold(*arguments: Any) -> None:
        paint(*arguments)
        note_drawn(layout.document.fonts)
        scratch = parts().stream.Stream(layout.document.fonts, (), resources, {}, None, {}, None)
        for row in rows:
            row.hold(letters, scratch)

    page.paint = paint_and_hold


def _same(one: Any, other: Any) -> bool:
    return bool(
        one.text == other.text
        and abs(one.position_x - other.position_x) < _NEAR
        and abs(one.position_y + one.baseline - other.position_y - other.baseline) < _NEAR
    )


def _place(
    rows: Rows, content: Sequence[bytes], marks: Mapping[Any, int], branches: Mapping[Any, Any]
) -> Place:
    unit = rows.unit
    slots = tuple(_slot(content, marks[box]) for box in texts_of(unit.after))
    if not slots:
        raise CannotStamp("a marked block without text")
    parent, branch = branches[unit.after]
    return Place(
        unit=unit, rows=rows, slots=slots, parent=parent, branch=branch, shape=shape(unit.after)
    )


def _slot(content: Sequence[bytes], mark: int) -> Slot:
    named = b"<</MCID %d>>" % mark
    start = next(n for n, line in enumerate(content) if line == named)
    end = next(n for n in range(start, len(content)) if content[n] == _END)
    # The name of the tag stands on the line before its number.
    return Slot(first=start - 1, last=end, mark=mark)


def _bytes(line: Any) -> bytes:
    return line if isinstance(line, bytes) else getattr(line, "data", None) or str(line).encode()


@contextmanager
def _branches() -> Iterator[dict[Any, tuple[Any, tuple[int, ...]]]]:
    """Learn which part of the structure tree each box becomes: its parent, and all its numbers."""
    tags = parts().tags
    build = tags._build_box_tree  # noqa: SLF001
    learned: dict[Any, tuple[Any, tuple[int, ...]]] = {}

    def learning(box: Any, parent: Any, pdf: Any, *others: Any) -> Iterator[Any]:
        start = len(pdf.objects)
        for element in build(box, parent, pdf, *others):
            numbers = tuple(range(start, len(pdf.objects)))
            learned[getattr(box, "_box", box)] = (parent, numbers)
            yield element

    tags._build_box_tree = learning  # noqa: SLF001
    try:
        yield learned
    finally:
        tags._build_box_tree = build  # noqa: SLF001


@contextmanager
def _streams() -> Iterator[list[tuple[Any, dict[Any, int]]]]:
    """Learn the page's content and the marks in it, before the tags are taken from it."""
    tags = parts().tags
    add = tags.add_tags
    pdf_module = parts().pdf
    learned: list[tuple[Any, dict[Any, int]]] = []

    def learning(pdf: Any, document: Any, version: Any, streams: Any) -> None:
        (stream,) = streams
        learned.append((stream, {box: tag["mcid"] for box, tag in stream._tags.items()}))  # noqa: SLF001
        add(pdf, document, version, streams)

    pdf_module.add_tags = learning
    try:
        yield learned
    finally:
        pdf_module.add_tags = add
