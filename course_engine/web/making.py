"""Making one certificate: the credential, the PDF that carries it, the signature over both."""

from dataclasses import dataclass

from flask import current_app

from course_engine.certificates.credentials.canonical import NotCanonical
from course_engine.certificates.credentials.sealing import MEDIA_TYPE, sealed_credential
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.errors import N_
from course_engine.web import keyring, time_stamping
from course_engine.web.clock import now
from course_engine.web.site import Site

ATTACHED_AS = "credential.json"
DESCRIPTION = N_("This certificate as a signed credential, for programs")
FIELD_LABEL = N_("Digital signature of the organization")


class NotSignable(RuntimeError):
    """A fact holds what no credential can say; one line tells what it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One certificate in both its forms; the PDF has the credential attached.

    ``way`` is how the PDF was printed: "stamped", or "plain" where that would not be exact.
    """

    pdf: bytes
    credential: bytes
    way: str = "stamped"


def make(facts: CertificateFacts, *, status_index: int) -> Made:
    """Make and sign a certificate; outside of any transaction, for it takes a while.

    ``status_index`` is its place in the status lists, reserved before.

    :raises Refused: the facts cannot be printed.
    :raises RuntimeError: the press or the keys are at fault.
    """
    # Few pages print, and the press takes a moment to load.
    from course_engine.certificates import pades, printing  # noqa: PLC0415

    keys = keyring.current()
    try:
        credential = sealed_credential(facts, keys.credentials, status_index=status_index)
    except NotCanonical as error:
        raise NotSignable(f"The credential cannot be signed: {error}") from error
    printed = printing.print_told(
        facts,
        design(),
        attachments=(
            printing.Attachment(
                name=ATTACHED_AS,
                content=credential,
                media_type=MEDIA_TYPE,
                relationship="Source",
                description=DESCRIPTION,
            ),
        ),
    )
    return Made(
        pdf=pades.sign(
            printed.content,
            keys.documents,
            at=now(),
            label=FIELD_LABEL,
            time_stamp=time_stamping.stamper(),
        ),
        credential=credential,
        way=printed.way,
    )


def design() -> Design:
    """Return how this site's certificates look."""
    site: Site = current_app.extensions["site"]
    return site.design
