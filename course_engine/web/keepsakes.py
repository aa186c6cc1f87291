"""What a holder takes along besides the PDF: the credential, and the badge that carries it."""

from functools import lru_cache
from types import ModuleType

from course_engine.certificates.credentials import baking, copies
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.pictures import tracing
from course_engine.certificates.pictures.shapes import Picture
from course_engine.certificates.styles import Colors, style_of
from course_engine.errors import Missing
from course_engine.records import certificates
from course_engine.records.certificates import Certificate
from course_engine.web import making
from course_engine.web.database import db


def credential(certificate: Certificate) -> bytes:
    """Return the credential that was signed on the day of issue, from the PDF that carries it.

    :raises Missing: the certificate is older than credentials.
    """
    found = copies.credential_of(certificates.pdf(db.session, certificate.id))
    if found is None:
        raise Missing
    return found


def badge_svg(certificate: Certificate, facts: CertificateFacts) -> bytes:
    """Return the badge as SVG, with the credential in it."""
    picture = tracing.trace(_layouts().badge(facts, _colors()))
    return baking.into_svg(picture, credential(certificate))


def badge_png(certificate: Certificate, facts: CertificateFacts) -> bytes:
    """Return the badge as PNG, with the credential in it."""
    return baking.into_png(_painted(_layouts().badge(facts, _colors())), credential(certificate))


def card(facts: CertificateFacts, *, shows_name: bool) -> bytes:
    """Return the picture that other sites show beside a shared link."""
    name = facts.legal_name if shows_name else ""
    return _painted(_layouts().card(facts, _colors(), name=name))


def _layouts() -> ModuleType:
    from course_engine.certificates.pictures import layouts  # noqa: PLC0415 - it loads Pillow

    return layouts


def _colors() -> Colors:
    return style_of(making.design()).colors


@lru_cache(maxsize=64)
def _painted(picture: Picture) -> bytes:
    from course_engine.certificates.pictures import painting  # noqa: PLC0415 - so does this

    return painting.paint(picture)
