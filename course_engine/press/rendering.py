"""Laying pages out, one document at a time, with every complaint of the press taken seriously."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from io import BytesIO
from threading import Lock
from typing import Any

from course_engine.press.assets import (
    Asset,
    closed_fetcher,
    insist_on_size,
    press,
    refusals,
)
from course_engine.press.attachments import Attachment
from course_engine.press.copying import keep_copyable
from course_engine.press.faults import DesignFaulty

_POINTS_PER_PX = 72 / 96
_FILE = "/EmbeddedFile"

# Pango and the shared font configuration may be used by one thread at a time.
_one_at_a_time = Lock()


@contextmanager
def at_the_press() -> Iterator[None]:
    """Hold the press, and turn what it would only log, and then leave out, into DesignFaulty."""
    with _one_at_a_time, complaints_are_faults():
        yield


@contextmanager
def complaints_are_faults() -> Iterator[None]:
    """Raise DesignFaulty at the end when the press complained of anything."""
    listener = _Listener(level=logging.ERROR)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if listener.heard:
        raise DesignFaulty("; ".join(listener.heard))


class _Listener(logging.Handler):
    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


def render(html: str, assets: Mapping[str, Asset]) -> Any:
    """Lay a document out; only while holding the press. Raises AssetRefused, PictureTooLarge."""
    engine = press()
    insist_on_size(assets)
    with refusals():
        return engine.weasyprint.HTML(string=html, url_fetcher=closed_fetcher(assets)).render(
            font_config=engine.font_configuration
        )


def archivable(document: Any, attachments: Sequence[Attachment] = (), *, day: date) -> bytes:
    """Write a document as PDF/A-3a with files attached, all of them dated ``day``."""
    moment = datetime.combine(day, time())
    attached = [
        press().weasyprint.Attachment(
            file_obj=BytesIO(one.content),
            name=one.name,
            description=one.description,
            relationship=one.relationship,
            created=moment,
            modified=moment,
        )
        for one in attachments
    ]

    def finisher(document: Any, pdf: Any) -> None:
        finish(document, pdf)
        _name_media_types(pdf, attachments)

    written: bytes = document.write_pdf(
        pdf_variant="pdf/a-3a", attachments=attached, finisher=finisher
    )
    return written


def finish(document: Any, pdf: Any) -> None:
    """Add to a document of one page what WeasyPrint leaves out; a finisher of ``write_pdf``."""
    place_figures(document, pdf)
    keep_copyable(document, pdf)


def _name_media_types(pdf: Any, attachments: Sequence[Attachment]) -> None:
    """Say what is inside each attached file; WeasyPrint guesses from the name's ending."""
    files = [part for part in pdf.objects if getattr(part, "extra", {}).get("Type") == _FILE]
    for file, attachment in zip(files, attachments, strict=True):
        file.extra["Subtype"] = attachment.subtype


def mark_accessible(metadata: Any) -> None:
    """Say "PDF/UA-1" beside "PDF/A-3a", in the one RDF description that validators read."""
    generate = metadata.generate_rdf_metadata

    def with_mark(variant: str, version: int, conformance: str) -> bytes:
        xml: bytes = generate(variant, version, conformance)
        mark = (
            b'<rdf:Description rdf:about="" pdfuaid:part="1"'
            b' xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" />'
        )
        return xml.replace(b"</rdf:RDF>", mark + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = with_mark


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
