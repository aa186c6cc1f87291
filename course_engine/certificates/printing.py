"""Facts and a design in, the bytes of one certificate out: tagged, archivable, always the same."""

import logging

from course_engine.certificates import composing, measuring, stamping
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.names import NotPrintable, described
from course_engine.certificates.wording import Translate
from course_engine.errors import N_
from course_engine.press import apart, rendering
from course_engine.press.attachments import Attachment
from course_engine.press.faults import DesignFaulty, PrintingFault
from course_engine.press.layouts import CannotStamp
from course_engine.press.messages import Printed

__all__ = ["Attachment", "Design", "DesignFaulty", "PrintingFault", "print_certificate", "typeset"]

log = logging.getLogger(__name__)


def print_certificate(
    facts: CertificateFacts,
    design: Design,
    sample: bool = False,  # noqa: FBT001, FBT002 — callers read well: sample=True.
    *,
    translate: Translate = str,
    attachments: tuple[Attachment, ...] = (),
) -> bytes:
    """Print one certificate as PDF/A-3a and PDF/UA-1; equal facts give equal bytes.

    See ``print_told``, which tells how it was made as well.
    """
    return print_told(
        facts, design, sample=sample, translate=translate, attachments=attachments
    ).content


def print_told(
    facts: CertificateFacts,
    design: Design,
    *,
    sample: bool = False,
    translate: Translate = str,
    attachments: tuple[Attachment, ...] = (),
) -> Printed:
    """Print one certificate, and tell whether it was stamped or printed the plain way.

    It is made in the worker of ``press.apart``, within its limits; so ``translate`` has to be
    something that can be pickled. Raises a Refused where the facts are the reason: NotPrintable (no
    font draws a character), TooLong, CredentialLocked. Raises a PrintingFault where the machine or
    the template is.
    """
    return apart.run(
        typeset, facts, design, sample=sample, translate=translate, attachments=attachments
    )


def typeset(
    facts: CertificateFacts,
    design: Design,
    *,
    sample: bool = False,
    translate: Translate = str,
    attachments: tuple[Attachment, ...] = (),
) -> Printed:
    """Make the certificate in this process; see ``print_told``.

    It is stamped where that is exact, which refuses what no certificate can have, and else laid
    out from the beginning; the result says which.
    """
    with rendering.at_the_press():
        try:
            content, missing = stamping.stamped(
                facts, design, sample=sample, translate=translate, attachments=attachments
            )
            way = "stamped"
        except CannotStamp as why:
            log.info("printed the plain way: %s", why)
            content, missing = plainly(
                facts, design, sample=sample, translate=translate, attachments=attachments
            )
            way = "plain"
    if missing:
        raise NotPrintable(
            N_("No font here can draw %(characters)s."), characters=described(missing)
        )
    return Printed(content=content, way=way)


def plainly(
    facts: CertificateFacts,
    design: Design,
    *,
    sample: bool = False,
    translate: Translate = str,
    attachments: tuple[Attachment, ...] = (),
) -> tuple[bytes, set[str]]:
    """Lay the whole certificate out, at the press; return it with the characters no font draws."""
    assets = composing.pictures(facts, design)
    texts = composing.texts(facts, translate)
    fitted = measuring.fit(texts, design, assets, language=facts.language)
    html = composing.compose(facts, design, fitted, sample=sample, translate=translate)
    document = rendering.render(html, assets)
    if len(document.pages) != 1:
        raise DesignFaulty(f"The certificate runs over {len(document.pages)} pages.")
    rendering.mark_accessible(document.metadata)
    pdf = rendering.archivable(document, attachments, day=facts.issued_on)
    return pdf, rendering.missing_glyphs(document)
