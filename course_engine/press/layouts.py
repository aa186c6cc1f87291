"""WeasyPrint's own steps, taken one by one, so that a part of a page can be laid out again.

Everything here uses WeasyPrint's internals and is proved on the version named below; on any other
version, nothing of this is used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from types import SimpleNamespace
from typing import Any

from course_engine.press.assets import Asset, closed_fetcher, press

PROVED_ON = "70."
MARK = "data-person"


Shape = tuple[Any, ...]
"""What kinds of boxes are in a block, and how they are nested: its tags follow from this."""


class CannotStamp(Exception):
    """This document or text has to be printed the plain way; the message says why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Layout:
    """A document as it was before layout, after it, and what layout needs to know."""

    document: Any
    context: Any
    before: Any
    page: Any


@cache
def parts() -> SimpleNamespace:
    """Load the inner modules. Raises CannotStamp on a version that nothing was proved on."""
    press()
    if not version("weasyprint").startswith(PROVED_ON):
        raise CannotStamp("another version of WeasyPrint")
    names = {
        "absolute": "layout.absolute",
        "block": "layout.block",
        "boxes": "formatting_structure.boxes",
        "build": "formatting_structure.build",
        "counters": "css.counters",
        "css": "css",
        "document": "document",
        "draw": "draw.text",
        "ffi": "text.ffi",
        "fonts": "pdf.fonts",
        "html": "html",
        "layout": "layout",
        "line_break": "text.line_break",
        "metadata": "pdf.metadata",
        "pdf": "pdf",
        "properties": "css.properties",
        "stream": "pdf.stream",
        "tags": "pdf.tags",
    }
    loaded = {name: import_module(f"weasyprint.{path}") for name, path in names.items()}
    return SimpleNamespace(pydyf=import_module("pydyf"), **loaded)


def lay_out(html: str, assets: Mapping[str, Asset]) -> Layout:
    """Do what ``HTML(…).render()`` does, and keep what it throws away."""
    inner, engine = parts(), press()
    parsed = engine.weasyprint.HTML(string=html, url_fetcher=closed_fetcher(assets))
    options = {**engine.weasyprint.DEFAULT_OPTIONS, "output_intent": "srgb"}
    styles, profiles = inner.counters.CounterStyle(), dict[str, Any]()
    context = inner.document.Document._build_layout_context(  # noqa: SLF001
        parsed, engine.font_configuration, styles, profiles, options
    )
    before = inner.build.build_formatting_structure(
        parsed.etree_element,
        context.style_for,
        context.get_image_from_uri,
        parsed.base_url,
        context.target_collector,
        styles,
        context.footnotes,
    )
    boxes = list(inner.layout.layout_document(parsed, before, context))
    document = inner.document.Document(
        [inner.document.Page(box) for box in boxes],
        inner.metadata.DocumentMetadata(**inner.html.get_html_metadata(parsed)),
        parsed.url_fetcher,
        engine.font_configuration,
        profiles,
        options["output_intent"],
    )
    return Layout(document=document, context=context, before=before, page=boxes[0])


def lay_out_again(context: Any, box: Any, place: Any, around: Any) -> Any:
    """Lay out one block where ``place``, the same block laid out before, stands in ``around``."""
    inner = parts()
    box.position_x, box.position_y = place.position_x, place.position_y
    context.create_block_formatting_context()
    try:
        if box.is_absolutely_positioned():
            new, rest = inner.absolute.absolute_box_layout(context, box, around, [], 0, None)
        else:
            new, rest, *_ = inner.block.block_level_layout(context, box, 0, None, around)
    finally:
        context.finish_block_formatting_context()
    if new is None or rest is not None:
        raise CannotStamp("a text runs over the page")
    return new


def family(box: Any, ancestors: tuple[Any, ...] = ()) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Walk a box and all in it, each with its ancestors, outermost first."""
    box = getattr(box, "_box", box)  # What is positioned absolutely stands behind a placeholder.
    yield box, ancestors
    for child in getattr(box, "children", ()):
        yield from family(child, (*ancestors, box))


def shape(box: Any) -> Shape:
    """Tell the shape of a block that was laid out."""
    box = getattr(box, "_box", box)
    return (type(box).__name__, *map(shape, getattr(box, "children", ())))


def texts_of(box: Any) -> list[Any]:
    """List the lines of text in a box, in the order of the page."""
    kind = parts().boxes.TextBox
    return [part for part, _ in family(box) if isinstance(part, kind)]
