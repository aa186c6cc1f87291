"""What a certificate says, for every place that says it: one table of kinds and words.

Page, PDF, metadata, file name and mail all read from here, so none can claim more than another.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, fields, replace

from course_engine.certificates.facts import CertificateFacts, Kind
from course_engine.errors import N_

Translate = Callable[[str], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """The words of one kind of certificate; ``{…}`` stands for a fact filled in by ``say``."""

    title: str
    opening: str
    statement: str
    result: str
    approval: str = ""
    disclaimer: str
    subject: str
    keywords: str
    file_name: str
    mail_subject: str
    mail_text: str
    page_intro: str


_MAIL = N_(
    "Hello {name},\n\n"
    "your {document} for “{course}” is ready. You can download it from your certificates page.\n"
    "Anyone who has the document can check it at {address} with its number and code.\n\n"
    "{organization}"
)
_TABLE: dict[Kind, Wording] = {
    "attendance": Wording(
        title=N_("Certificate of Attendance"),
        opening=N_("This is to confirm that"),
        statement=N_("has attended the course"),
        result="",
        disclaimer=N_(
            "This document confirms attendance at a course, not the result of an assessment. "
            "It is not a certification or a license to practice."
        ),
        subject=N_("Confirmation that a person attended “{course}”"),
        keywords=N_("certificate of attendance, training"),
        file_name="certificate-of-attendance-{serial}.pdf",
        mail_subject=N_("Your certificate of attendance: {course}"),
        mail_text=_MAIL,
        page_intro=N_("This certificate confirms that a person attended a course."),
    ),
    "completion": Wording(
        title=N_("Certificate of Completion"),
        opening=N_("This is to confirm that"),
        statement=N_("has completed the course"),
        result=N_("and passed its assessment"),
        disclaimer=N_(
            "This document confirms the completion of a training course. "
            "It is not a certification or a license to practice."
        ),
        subject=N_("Confirmation that a person completed “{course}”"),
        keywords=N_("certificate of completion, training"),
        file_name="certificate-of-completion-{serial}.pdf",
        mail_subject=N_("Your certificate of completion: {course}"),
        mail_text=_MAIL,
        page_intro=N_(
            "This certificate confirms that a person completed a course and passed its assessment."
        ),
    ),
    # What a credential allows is for the authority to say; these words say only who granted what.
    "credential": Wording(
        title=N_("Training Credential"),
        opening=N_("This is to confirm that"),
        statement=N_("has met every requirement of the course"),
        result=N_("and is granted this credential"),
        approval=N_("Granted under approval {approval} of {authority}"),
        disclaimer=N_(
            "This credential is granted under the approval named here. Only the authority that "
            "gave the approval can say what it allows. It is not a license to practice."
        ),
        subject=N_("Credential granted to a person who completed “{course}”"),
        keywords=N_("training credential, training"),
        file_name="training-credential-{serial}.pdf",
        mail_subject=N_("Your training credential: {course}"),
        mail_text=_MAIL,
        page_intro=N_(
            "This document confirms that a person completed a course that an authority has "
            "approved, and was granted its credential."
        ),
    ),
}


def wording(kind: Kind, translate: Translate = str) -> Wording:
    """Return the translated words of a kind.

    A credential's words are no secret; that none is given without an approval is the rule of
    ``CertificateFacts``.
    """
    row = _TABLE[kind]
    spoken = {
        field.name: translate(text)
        for field in fields(row)
        # gettext answers an empty text with the header of its catalog.
        if field.name != "file_name" and (text := getattr(row, field.name))
    }
    return replace(row, **spoken)


def say(text: str, facts: CertificateFacts, translate: Translate = str) -> str:
    """Fill the facts into one text of the table."""
    return text.format(
        name=facts.legal_name,
        course=facts.course_title,
        serial=facts.serial,
        organization=facts.issuer.name,
        address=facts.verify_address,
        document=wording(facts.kind, translate).title.lower(),
        authority=facts.approval.authority if facts.approval else "",
        approval=facts.approval.number if facts.approval else "",
    )


def file_name(facts: CertificateFacts) -> str:
    """Name the file by kind and serial; a person's name has no place in a downloads folder."""
    return say(wording(facts.kind).file_name, facts)


_CLAIMS = re.compile(
    r"\b(?:re-?)?certif(?:ied|y|ies|ying|ications?)\b"
    r"|\bcertificated\b"
    r"|\b(?:un)?licen[sc](?:e|es|ed|ing|ure|ee)\b"
    r"|\baccredit(?:ed|s|ation|ations|ing)?\b"
    r"|\bcredential(?:s|ed|ing)?\b"
    r"|\b(?:un)?qualif(?:ied|ies|ying|ications?)\b"
    r"|\b(?:registered|chartered)\b"
    r"|\b(?:authori[sz]ed|entitled|approved|permitted) to practi[sc]e\b"
    r"|\b(?:board|state|government)[- ](?:approved|recogni[sz]ed|registered)\b",
    re.IGNORECASE,
)


def over_claims(
    text: str, *, allowed: tuple[str, ...] = (), translate: Translate = str
) -> set[str]:
    """Find words that claim more than a course can give, in lower case.

    The disclaimers of the table may use them, as may the ``allowed`` phrases, for example an
    organization's own name. Line breaks make no difference.
    """
    flat = _flat(text)
    disclaimers = tuple(wording(kind, translate).disclaimer for kind in _TABLE)
    for phrase in (*disclaimers, *allowed):
        flat = flat.replace(_flat(phrase), " ")
    return {found.group().lower() for found in _CLAIMS.finditer(flat)}


def _flat(text: str) -> str:
    return " ".join(text.split())
