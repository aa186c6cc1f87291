"""Many certificates in one PDF for a printer: a page after the other, in bounded memory.

Each page is copied out of its document and written at once. What stays in memory is where each
object begins, eight bytes, and the digests of fonts and pictures, which are written once however
many pages use them. The result is for paper alone: no signature, no tags, no attachments.
"""

import hashlib
import io
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
# A page needs these to be drawn. Its tags, links and signature field stay behind.
_DRAWN = ("/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group", "/UserUnit")
_INHERITED = {"/MediaBox", "/CropBox", "/Rotate", "/Resources"}
_CATALOG, _PAGES, _INFORMATION = 1, 2, 3


def merged(documents: Iterable[bytes], *, title: str) -> Iterator[bytes]:
    """Yield one PDF with the pages of all documents in their order, piece by piece.

    The title says in the window of a reader what this file is.
    """
    writer = _Writer()
    yield _HEADER
    for document in documents:
        yield writer.pages_of(document)
    yield writer.ending(title)


class _Writer:
    """Numbers objects, remembers where they begin, and forgets what they hold."""

    def __init__(self) -> None:
        self._position = len(_HEADER)
        self._begins = array("Q", [0, 0, 0, 0])
        self._pages = array("Q")
        self._written: dict[bytes, int] = {}

    def pages_of(self, document: bytes) -> bytes:
        """Write down the pages of one document, with what they need."""
        out = bytearray()
        with pikepdf.open(io.BytesIO(document)) as opened:
            copied: dict[tuple[int, int], int] = {}
            for page in opened.pages:
                number = self._number()
                self._pages.append(number)
                parts = [b"/Type /Page", b"/Parent %d 0 R" % _PAGES]
                for key in _DRAWN:
                    value = _found(page.obj, key)
                    if value is not None:
                        parts.append(key.encode() + b" " + self._value(value, copied, out))
                self._object(number, b"<< " + b" ".join(parts) + b" >>", out)
        self._position += len(out)
        return bytes(out)

    def ending(self, title: str) -> bytes:
        """Write down the list of pages, the title, and where everything begins."""
        out = bytearray()
        kids = b" ".join(b"%d 0 R" % number for number in self._pages)
        shown = b"/ViewerPreferences << /DisplayDocTitle true >>"
        self._object(_CATALOG, b"<< /Type /Catalog /Pages %d 0 R %s >>" % (_PAGES, shown), out)
        tree = b"<< /Type /Pages /Count %d /Kids [ %s ] >>" % (len(self._pages), kids)
        self._object(_PAGES, tree, out)
        named = pikepdf.String(title).unparse()
        self._object(_INFORMATION, b"<< /Title " + named + b" >>", out)
        table = self._position + len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % len(self._begins)
        for begin in self._begins[1:]:
            out += b"%010d 00000 n \n" % begin
        references = b"/Root %d 0 R /Info %d 0 R" % (_CATALOG, _INFORMATION)
        out += b"trailer\n<< /Size %d %s >>\n" % (len(self._begins), references)
        out += b"startxref\n%d\n%%%%EOF\n" % table
        return bytes(out)

    def _number(self) -> int:
        self._begins.append(0)
        return len(self._begins) - 1

    def _object(self, number: int, content: bytes, out: bytearray) -> None:
        self._begins[number] = self._position + len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)

    def _value(self, value: Any, copied: dict[tuple[int, int], int], out: bytearray) -> bytes:
        """Write a value; what it refers to is written before it, and then referred to."""
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            if value.objgen not in copied:
                copied[value.objgen] = self._indirect(value, copied, out)
            return b"%d 0 R" % copied[value.objgen]
        return self._direct(value, copied, out)

    def _indirect(self, value: Any, copied: dict[tuple[int, int], int], out: bytearray) -> int:
        content = self._direct(value, copied, out)
        if isinstance(value, pikepdf.Stream):
            raw = value.read_raw_bytes()
            content += b"\nstream\n" + raw + b"\nendstream"
        # Equal objects, such as the fonts and drawings of a design, are written once.
        digest = hashlib.sha256(content).digest()[:16]
        if digest not in self._written:
            self._written[digest] = self._number()
            self._object(self._written[digest], content, out)
        return self._written[digest]

    def _direct(self, value: Any, copied: dict[tuple[int, int], int], out: bytearray) -> bytes:
        if isinstance(value, pikepdf.Stream | pikepdf.Dictionary):
            length = len(value.read_raw_bytes()) if isinstance(value, pikepdf.Stream) else None
            parts = [
                pikepdf.Name(key).unparse() + b" " + self._value(part, copied, out)
                for key, part in value.items()
                if key not in {"/Length", "/StructParents", "/StructParent", "/Parent"}
            ]
            if length is not None:
                parts.append(b"/Length %d" % length)
            return b"<< " + b" ".join(parts) + b" >>"
        if isinstance(value, pikepdf.Array):
            return b"[ " + b" ".join(self._value(part, copied, out) for part in value) + b" ]"
        return _scalar(value)


def _scalar(value: Any) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, pikepdf.Object):
        return bytes(value.unparse())
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return str(value).encode()


def _found(page: Any, key: str) -> Any:
    """Return what a page says of itself, or what the list above it says for all of its pages."""
    node = page
    while node is not None:
        if key in node:
            return node[key]
        node = node.get("/Parent") if key in _INHERITED else None
    return None
