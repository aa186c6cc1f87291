"""Facts and a design in, the bytes of one certificate out: tagged, archivable, always the same."""

from collections.abc import Mapping
from typing import Any

from course_engine.certificates import composing, fitting
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.fitting import Line, Measured, Setting
from course_engine.certificates.names import NotPrintable, described, printable_name
from course_engine.certificates.styles import style_of
from course_engine.certificates.wording import Translate
from course_engine.errors import N_
from course_engine.press import apart, rendering
from course_engine.press.assets import Asset
from course_engine.press.attachments import Attachment
from course_engine.press.faults import DesignFaulty, PrintingFault
from course_engine.press.messages import Printed

__all__ = ["Attachment", "Design", "DesignFaulty", "PrintingFault", "print_certificate", "typeset"]

_MM_PER_PX = 25.4 / 96


def print_certificate(
    facts: CertificateFacts,
    design: Design,
    sample: bool = False,  # noqa: FBT001, FBT002 — callers read well: sample=True.
    *,
    translate: Translate = str,
    attachments: tuple[Attachment, ...] = (),
) -> bytes:
    """Print one certificate as PDF/A-3a and PDF/UA-1; equal facts give equal bytes.

    It is made in the worker of ``press.apart``, within its limits; so ``translate`` has to be
    something that can be pickled. Raises a Refused where the facts are the reason: NotPrintable (no
    font draws a character), TooLong, CredentialLocked. Raises a PrintingFault where the machine or
    the template is.
    """
    return apart.run(
        typeset, facts, design, sample=sample, translate=translate, attachments=attachments
    ).content


def typeset(
    facts: CertificateFacts,
    design: Design,
    *,
    sample: bool = False,
    translate: Translate = str,
    attachments: tuple[Attachment, ...] = (),
) -> Printed:
    """Make the certificate in this process; see ``print_certificate``."""
    printable_name(facts.legal_name)
    assets = composing.pictures(facts, design)
    with rendering.at_the_press():
        fitted = _fit(composing.texts(facts, translate), design, assets)
        html = composing.compose(facts, design, fitted, sample=sample, translate=translate)
        document = rendering.render(html, assets)
        if len(document.pages) != 1:
            raise DesignFaulty(f"The certificate runs over {len(document.pages)} pages.")
        _add_accessibility_mark(document.metadata)
        pdf = rendering.archivable(document, attachments, day=facts.issued_on)
    _refuse_missing_glyphs(document)
    return Printed(content=pdf)


def _fit(
    texts: Mapping[str, str], design: Design, assets: Mapping[str, Asset]
) -> dict[str, Setting]:
    """Find the largest setting that holds each text, then its most even line break."""

    def measured(candidates: Mapping[str, tuple[Setting, ...]]) -> dict[str, Measured]:
        sheet = composing.measuring_sheet(texts, candidates, design)
        found: dict[str, dict[Setting, list[Line]]] = {
            style: {candidate: [] for candidate in listed} for style, listed in candidates.items()
        }
        for page in rendering.render(sheet, assets).pages:
            for _, target, _, box in page.links:
                style, number = target.split(":")
                height = max(part.height for part in box.children)
                line = Line(width=box.width * _MM_PER_PX, height=height * _MM_PER_PX)
                found[style][candidates[style][int(number)]].append(line)
        return dict(found)

    boxes, paper = style_of(design).boxes(design.orientation), design.paper
    first = measured(
        {
            style: fitting.settings(box.steps, box.width_on(paper), box.height)
            for style in texts
            for box in (boxes[style],)
        }
    )
    chosen = {style: fitting.first_that_fits(texts[style], first[style]) for style in texts}
    if all(len(fitting.narrower(setting)) == 1 for setting in chosen.values()):
        return chosen
    second = measured({style: fitting.narrower(setting) for style, setting in chosen.items()})
    return {style: fitting.balanced(second[style]) for style in texts}


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


def _refuse_missing_glyphs(document: Any) -> None:
    if missing := rendering.missing_glyphs(document):
        raise NotPrintable(
            N_("No font here can draw %(characters)s."), characters=described(missing)
        )
