"""Laying pages out, one document at a time, with every complaint of the press taken seriously."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from course_engine.press.assets import Asset, AssetRefused, closed_fetcher, press
from course_engine.press.faults import DesignFaulty

_POINTS_PER_PX = 72 / 96

# Pango and the shared font configuration may be used by one thread at a time.
_one_at_a_time = Lock()


@contextmanager
def at_the_press() -> Iterator[None]:
    """Hold the press, and turn what it would only log, and then leave out, into DesignFaulty."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(level=logging.ERROR)
    logger = logging.getLogger("weasyprint")
    with _one_at_a_time:
        logger.addHandler(listener)
        try:
            yield
        finally:
            logger.removeHandler(listener)
    if heard:
        raise DesignFaulty("; ".join(heard))


def render(html: str, assets: Mapping[str, Asset]) -> Any:
    """Lay a document out; only while holding the press. Raises AssetRefused."""
    engine = press()
    try:
        return engine.weasyprint.HTML(string=html, url_fetcher=closed_fetcher(assets)).render(
            font_config=engine.font_configuration
        )
    except engine.urls.FatalURLFetchingError as error:
        raise AssetRefused(f"A printed page may not fetch {error}") from error


def place_figures(document: Any, pdf: Any) -> None:
    """Say where figures are in points from the bottom; WeasyPrint counts pixels from the top.

    A finisher of ``write_pdf``, for documents whose pages are of one height.
    """
    height = document.pages[0].height
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            edges = (left, height - bottom, right, height - top)
            element["A"]["BBox"][:] = [edge * _POINTS_PER_PX for edge in edges]


def missing_glyphs(document: Any) -> set[str]:
    """Return the characters that no font here can draw."""
    return {chr(point) for font in document.fonts.values() for point in font.missing}
