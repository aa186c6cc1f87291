"""Facts and a design in, the bytes of one certificate out: tagged, archivable, always the same."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from course_engine.certificates import composing, fitting
from course_engine.certificates.assets import Asset, AssetRefused, closed_fetcher, press
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.faults import PrintingFault
from course_engine.certificates.fitting import Line, Measured, Setting
from course_engine.certificates.names import NotPrintable, described, printable_name
from course_engine.certificates.wording import Translate

__all__ = ["Design", "DesignFaulty", "PrintingFault", "print_certificate"]

_SIDE_MARGIN = 40  # Millimeters on each side, as in certificate.css.
_MM_PER_PX = 25.4 / 96
_POINTS_PER_PX = 72 / 96

# Pango and the shared font configuration may be used by one thread at a time.
_one_at_a_time = Lock()


class DesignFaulty(PrintingFault):
    """The template asks for what cannot be printed; nothing is printed rather than a part."""


def print_certificate(
    facts: CertificateFacts,
    design: Design,
    sample: bool = False,  # noqa: FBT001, FBT002 — callers read well: sample=True.
    *,
    folder: Path = composing.DESIGNS,
    translate: Translate = str,
) -> bytes:
    """Print one certificate as PDF/A-3a and PDF/UA-1; equal facts give equal bytes.

    Raises a Refused where the facts are the reason: NotPrintable (no font draws a character),
    TooLong, CredentialLocked. Raises a PrintingFault where the machine or the template is.
    """
    printable_name(facts.legal_name)
    assets = composing.pictures(facts, design, folder)
    with _one_at_a_time, _faults():
        fitted = _fit(composing.texts(facts), design, folder, assets)
        html = composing.compose(
            facts, design, fitted, sample=sample, folder=folder, translate=translate
        )
        document = _render(html, assets)
        if len(document.pages) != 1:
            raise DesignFaulty(f"The certificate runs over {len(document.pages)} pages.")
        _add_accessibility_mark(document.metadata)
        pdf: bytes = document.write_pdf(pdf_variant="pdf/a-3a", finisher=_place_figures)
    _refuse_missing_glyphs(document)
    return pdf


def _fit(
    texts: Mapping[str, str], design: Design, folder: Path, assets: Mapping[str, Asset]
) -> dict[str, Setting]:
    """Find the largest setting that holds each text, then its most even line break."""

    def measured(candidates: Mapping[str, tuple[Setting, ...]]) -> dict[str, Measured]:
        sheet = composing.measuring_sheet(texts, candidates, folder, design)
        found: dict[str, dict[Setting, list[Line]]] = {
            style: {candidate: [] for candidate in listed} for style, listed in candidates.items()
        }
        for page in _render(sheet, assets).pages:
            for _, target, _, box in page.links:
                style, number = target.split(":")
                height = max(part.height for part in box.children)
                line = Line(width=box.width * _MM_PER_PX, height=height * _MM_PER_PX)
                found[style][candidates[style][int(number)]].append(line)
        return dict(found)

    width = design.paper.width - 2 * _SIDE_MARGIN
    first = measured({style: fitting.settings(style, width) for style in texts})
    chosen = {style: fitting.first_that_fits(texts[style], first[style]) for style in texts}
    if all(len(fitting.narrower(setting)) == 1 for setting in chosen.values()):
        return chosen
    second = measured({style: fitting.narrower(setting) for style, setting in chosen.items()})
    return {style: fitting.balanced(second[style]) for style in texts}


def _render(html: str, assets: Mapping[str, Asset]) -> Any:
    engine = press()
    try:
        return engine.weasyprint.HTML(string=html, url_fetcher=closed_fetcher(assets)).render(
            font_config=engine.font_configuration
        )
    except engine.urls.FatalURLFetchingError as error:
        raise AssetRefused(f"A certificate may not fetch {error}") from error


def _add_accessibility_mark(metadata: Any) -> None:
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


def _place_figures(document: Any, pdf: Any) -> None:
    """Say where figures are in points from the bottom; WeasyPrint counts pixels from the top."""
    height = document.pages[0].height
    for element in pdf.objects:
        if isinstance(element, dict) and element.get("S") == "/Figure":
            left, top, right, bottom = element["A"]["BBox"]
            edges = (left, height - bottom, right, height - top)
            element["A"]["BBox"][:] = [edge * _POINTS_PER_PX for edge in edges]


def _refuse_missing_glyphs(document: Any) -> None:
    missing = {chr(point) for font in document.fonts.values() for point in font.missing}
    if missing:
        raise NotPrintable(f"No font here can draw {described(missing)}.")


@contextmanager
def _faults() -> Iterator[None]:
    """Turn what WeasyPrint would only log, and then leave out of the page, into DesignFaulty."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    listener = Listener(level=logging.ERROR)
    logger = logging.getLogger("weasyprint")
    logger.addHandler(listener)
    try:
        yield
    finally:
        logger.removeHandler(listener)
    if heard:
        raise DesignFaulty("; ".join(heard))
