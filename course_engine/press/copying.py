"""Text that is copied, or read aloud, as it was written, also where its letters join or turn.

The glyphs of Indic, Thai or Khmer words do not map back to letters one by one, so the marked
content says what was written (``ActualText``). Programs that extract text put right-to-left words
in order themselves and would turn such a text around again; for these the structure tree says it.
"""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

Place = Literal["nowhere", "content", "structure"]

# Scripts whose glyphs are reordered or joined, as they begin the names of their characters.
_JOINING = (
    "BENGALI", "DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "KHMER", "LAO", "MALAYALAM",
    "MYANMAR", "ORIYA", "SINHALA", "TAMIL", "TELUGU", "THAI", "TIBETAN", "JAVANESE", "BALINESE",
)  # fmt: skip


def place_of(text: str) -> Place:
    """Say where ``ActualText`` belongs for a line of text."""
    if text.isascii():
        return "nowhere"
    asked = {_place_of(character) for character in text}
    return next((place for place in ("structure", "content") if place in asked), "nowhere")


@lru_cache(maxsize=4096)
def _place_of(character: str) -> Place:
    if unicodedata.bidirectional(character) in {"R", "AL"}:
        return "structure"
    return "content" if unicodedata.name(character, "").startswith(_JOINING) else "nowhere"


def keep_copyable(document: Any, pdf: Any) -> None:
    """Add ``ActualText`` where it is needed to a document of one page; a finisher of ``write_pdf``.

    The structure tree was built from the boxes of the page, so both are walked in the same order.
    """
    import pydyf  # noqa: PLC0415 — it comes with WeasyPrint, which is loaded late.

    numbered = {part.number: part for part in pdf.objects}
    marks = {
        word["MCID"]: word
        for part in pdf.objects
        for word in getattr(part, "stream", ())
        if isinstance(word, dict) and "MCID" in word
    }
    (page,) = document.pages
    top = numbered[_number(numbered[_number(pdf.catalog["StructTreeRoot"])]["K"][0])]
    boxes = _boxes(page._page_box)  # noqa: SLF001 — the one way to what was laid out.
    for box, (element, mark) in zip(boxes, _leaves(top, numbered), strict=True):
        written = getattr(box, "text", "").strip()
        place = place_of(written)
        if place != "nowhere":
            holder = element if place == "structure" else marks[mark]
            holder["ActualText"] = pydyf.String(written)


def _boxes(box: Any) -> Iterator[Any]:
    """Yield what was drawn as text or as a picture, in the order of the structure tree."""
    box = getattr(box, "_box", box)
    if hasattr(box, "text") or hasattr(box, "replacement"):
        yield box
    for child in box.children:
        yield from _boxes(child)


def _leaves(element: Any, numbered: dict[int, Any]) -> Iterator[tuple[Any, int]]:
    for kid in element["K"]:
        if isinstance(kid, int):
            yield element, kid
        elif (part := numbered[_number(kid)]).get("Type") == "/StructElem":
            yield from _leaves(part, numbered)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])
