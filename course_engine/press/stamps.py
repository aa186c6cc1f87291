"""Filling a mold: one person's texts drawn, tagged and written beside what is the same for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise
from typing import Any

from course_engine.press import casts
from course_engine.press.attachments import Attachment, attached
from course_engine.press.casts import Cast
from course_engine.press.copying import place_of
from course_engine.press.layouts import CannotStamp, parts
from course_engine.press.molds import Mold, Place
from course_engine.press.pens import Pen, closed, letters_of
from course_engine.press.rows import Laid
from course_engine.press.units import Setting

Span = tuple[int, int]
"""Lines of the mold's content: the first, and the one after the last."""

Pieces = dict[Span, bytes]
"""What is drawn in the place of which lines."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """What differs: texts by those of the mold, settings by class, an address, a drawing."""

    texts: Mapping[str, str]
    settings: Mapping[str, Setting]
    address: str
    drawing: Sequence[bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stamped:
    """One person's file, and the characters that no font could draw."""

    content: bytes
    missing: set[str]


class Stamp:
    """A mold ready to be filled again and again."""

    def __init__(self, mold: Mold, *, address: str, drawing: Sequence[bytes]) -> None:
        """Keep what is constant. Raises CannotStamp where the drawing is not on the page."""
        self._mold, self._address = mold, address.encode()
        pdf = mold.pdf
        *objects, info, self._middle, self._end = (one.number for one in pdf.objects)
        at = {one.number: one for one in pdf.objects if one.number in objects}
        self._page = at[pdf.pages["Kids"][0]]
        resources = at[_number(self._page["Resources"])]
        self._states = resources["ExtGState"]
        self._fonts = at[_number(resources["Font"])]
        self._parents = at[_number(at[_number(pdf.catalog["StructTreeRoot"])]["ParentTree"])]
        told = {number: one.data for number, one in at.items() if number and one.compressible}
        self._links = {number: one for number, one in told.items() if self._address in one}
        # Written once: nested parts are dear.
        self._names = _inside(pdf.catalog.get("Names", {}))
        self._catalog = _inside({key: pdf.catalog[key] for key in pdf.catalog if key != "Names"})
        self._drawing = _found(mold.content, drawing)
        self._cast = self._constant(at, info)
        self._closed = closed(mold.layout.document.fonts)
        self._letters = letters_of(self._closed)

    def lines(self, texts: Mapping[str, str], settings: Mapping[str, Setting]) -> list[Any]:
        """Lay out the block that a class names; return its lines, with width and height."""
        (name,) = settings
        (rows,) = (place.rows for place in self._mold.places if name in place.unit.classes)
        return list(rows.filled(texts, settings).lines)

    def filled(self, person: Person, attachments: Sequence[Attachment], day: date) -> Stamped:
        """Make one person's file. Raises CannotStamp where it would not be exact."""
        inner, mold = parts(), self._mold
        file = _File(self._page, self._cast.size)
        pen = Pen(mold.stream, self._states, self._closed, self._letters)
        pieces: Pieces = {self._drawing: b"\n".join(person.drawing)}
        parents = dict(enumerate(self._parents["Nums"][1]))
        for place in mold.places:
            pieces |= self._filled(place, person, pen, file, parents)
        if fonts := pen.embedded(file):
            file.put(self._fonts.number, inner.pydyf.Dictionary({**self._fonts, **fonts}))
        if file.retagged:
            order = inner.pydyf.Array([parents[mark] for mark in sorted(parents)])
            numbers = inner.pydyf.Array([0, order, *self._parents["Nums"][2:]])
            file.put(self._parents.number, inner.pydyf.Dictionary({"Nums": numbers}))
        content = b"\n".join(
            part if isinstance(part, bytes) else pieces[part] for part in self._parts
        )
        written = {self._middle: casts.stream(content)}
        written |= {number: _written(one) for number, one in file.objects.items()}
        files, related = attached(attachments, day=day, add=file.add)
        names = b"/Names <<%b%b>>" % (self._names, files) if self._names or files else b""
        written[mold.pdf.catalog.number] = b"<<%b%b%b>>" % (self._catalog, names, related)
        written |= file.written
        for number, link in self._links.items():
            written[number] = link.replace(self._address, person.address.encode())
        finished = self._cast.finish(written, free=file.unused)
        return Stamped(content=finished, missing=pen.missing)

    def _filled(
        self, place: Place, person: Person, pen: Pen, file: _File, parents: dict[int, Any]
    ) -> Pieces:
        """Draw a block, and tag it where its tags are not those that the mold has."""
        laid = place.rows.filled(person.texts, person.settings)
        marks = _marks(place, laid.lines, parents)
        turned = any(place_of(line.text) == "structure" for line in marks)
        if turned or laid.shape != place.shape:
            parents |= _tagged(file, place, laid, marks)
        pieces = [pen.draw(line, mark) for line, mark in marks.items()]
        if len(place.spans) == 1:
            return {place.spans[0]: b"\n".join(pieces)}
        return dict(zip(place.spans, pieces, strict=True))

    def _constant(self, at: Mapping[int, Any], info: int) -> Cast:
        stream, content = parts().pydyf.Stream, self._mold.content
        spans = [span for place in self._mold.places for span in place.spans]
        first, last = min([*spans, self._drawing])[0], max([*spans, self._drawing])[1]
        self._parts = _parted(content, [*spans, self._drawing])
        beginning, end = (
            stream(list(content[:first]), compress=True),
            stream(list(content[last:]), compress=True),
        )
        beginning.number, end.number = self._mold.stream.number, self._end
        order = [beginning.reference, b"%d 0 R" % self._middle, end.reference]
        self._page["Contents"] = parts().pydyf.Array(order)
        varying = {0, self._mold.stream.number, self._mold.pdf.catalog.number, *self._links}
        same = [one for number, one in at.items() if number not in varying]
        return casts.cast(
            [*same, self._mold.pdf.info, beginning, end],
            catalog=self._mold.pdf.catalog.number,
            info=info,
        )


class _File:
    """Takes the objects of one person, and gives them numbers."""

    def __init__(self, page: Any, first: int) -> None:
        self.objects: dict[int, Any] = {}
        self.written: dict[int, bytes] = {}
        self.page_references = (page.reference,)
        self.unused: list[int] = []
        self._reserved: list[int] = []
        self.retagged = False
        self._next = count(first)

    def put(self, number: int, one: Any) -> None:
        one.number = number
        self.objects[number] = one

    def add_object(self, one: Any) -> None:
        self.put(self._reserved.pop(0) if self._reserved else next(self._next), one)

    def add(self, content: bytes) -> bytes:
        """Take an object that is written already; return its reference."""
        number = next(self._next)
        self.written[number] = content
        return b"%d 0 R" % number

    def retag(self, numbers: Sequence[int]) -> None:
        """Give these numbers to the objects to come, in the place of those that had them."""
        self._reserved, self.retagged = list(numbers), True

    def retagged_all(self) -> None:
        """Leave the rest of the numbers without an object."""
        self.unused += self._reserved
        self._reserved = []


def _marks(place: Place, lines: Sequence[Any], parents: Mapping[int, Any]) -> dict[Any, int]:
    """Give each line the mark of the one that stood there before; further ones get new marks."""
    marks = [slot.mark for slot in place.slots]
    if len(lines) != len(marks) and (len(marks) != 1 or not lines):
        raise CannotStamp("a block with another number of lines")
    further = range(len(parents), len(parents) + len(lines) - len(marks))
    return dict(zip(lines, [*marks, *further], strict=True))


def _tagged(file: _File, place: Place, laid: Laid, marks: Mapping[Any, int]) -> dict[int, Any]:
    """Build the block's branch of the structure tree; return what each mark belongs to."""
    file.retag(place.branch)
    at = zip(laid.places, marks.values(), strict=True)
    tags = {line: {"tag": "Span", "mcid": mark} for line, mark in at}
    found: dict[int, Any] = {}
    build = parts().tags._build_box_tree  # noqa: SLF001
    list(build(laid.box, place.parent, file, 0, found, [], tags))
    file.retagged_all()
    for line, mark in marks.items():
        if place_of(written := line.text.strip()) == "structure":
            file.objects[_number(found[mark])]["ActualText"] = parts().pydyf.String(written)
    return found


def _found(content: Sequence[bytes], drawing: Sequence[bytes]) -> tuple[int, int]:
    """Find lines in the page's content; return the first, and the one after the last."""
    length = len(drawing)
    for start in (n for n, line in enumerate(content) if line == drawing[0]):
        if list(content[start : start + length]) == list(drawing):
            return start, start + length
    raise CannotStamp("the drawing is not on the page")


def _parted(content: Sequence[bytes], spans: Iterable[Span]) -> list[Span | bytes]:
    """List the places of a person's own in order, and between them what is the same for all."""
    first, *further = sorted(spans)
    found: list[Span | bytes] = [first]
    for (_, end), span in pairwise([first, *further]):
        if between := content[end : span[0]]:
            found.append(b"\n".join(between))
        found.append(span)
    return found


def _written(one: Any) -> bytes:
    """Write an object; one that is packed, such as a font, as quickly as all that changes."""
    if not getattr(one, "compress", False):
        written: bytes = one.data
        return written
    content = b"\n".join(map(parts().pydyf._to_bytes, one.stream))  # noqa: SLF001
    return casts.stream(content, _inside(one.extra))


def _inside(entries: Mapping[str, Any]) -> bytes:
    """Write the entries of a dictionary without its brackets."""
    written: bytes = parts().pydyf.Dictionary(entries).data
    return written.removeprefix(b"<<").removesuffix(b">>")


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
