"""What stands on a certificate, field by field, and which of it a text or another copy lacks."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from course_engine.certificates import composing, serials
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.wording import Translate, wording
from course_engine.errors import N_

# Scripts whose letters change places when they are set: no program reads them back safely.
_REORDERED = re.compile("[\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1900-\u1aaf\ua980-\ua9df]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """One thing that a certificate says; ``parts`` stand on it, each in one piece."""

    name: str
    label: str
    parts: tuple[str, ...]

    @property
    def value(self) -> str:
        """The field as one line."""
        return ", ".join(self.parts)


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A field that is not the same in both; unless ``certain``, compare it by eye."""

    name: str
    label: str
    signed: str
    certain: bool = True


def fields_of(facts: CertificateFacts, translate: Translate = str) -> tuple[Field, ...]:
    """List everything that a certificate says, in reading order; labels are to be translated."""
    signatories = [one for one in (facts.signatory, facts.cosignatory) if one is not None]
    approval = facts.approval
    listed = (
        ("kind", N_("Kind"), (wording(facts.kind, translate).title,)),
        ("name", N_("Name"), (facts.legal_name,)),
        ("course", N_("Course"), (facts.course_title,)),
        ("edition", N_("Edition"), (facts.edition,)),
        ("hours", N_("Learning time"), (composing.learning_time(facts, translate),)),
        ("started", N_("Began"), (composing.written(facts.started_on, facts.language),)),
        ("completed", N_("Completed"), (composing.written(facts.completed_on, facts.language),)),
        ("issued", N_("Issued"), (composing.written(facts.issued_on, facts.language),)),
        (
            "issuer",
            N_("Issued by"),
            (facts.issuer.name, facts.issuer.place, composing.without_scheme(facts.issuer.web)),
        ),
        (
            "signed_by",
            N_("Signed by"),
            tuple(text for one in signatories for text in (one.name, one.title)),
        ),
        ("approval", N_("Approval"), (approval.number, approval.authority) if approval else ()),
        ("statements", N_("Statement"), facts.statements),
        ("serial", N_("Number"), (facts.serial,)),
        ("code", N_("Code"), (serials.grouped(facts.code),)),
    )
    return tuple(
        Field(name=name, label=label, parts=tuple(part for part in parts if part))
        for name, label, parts in listed
        if any(parts)
    )


def missing_in(
    text: str, facts: CertificateFacts, translate: Translate = str
) -> tuple[Difference, ...]:
    """Name the fields that cannot be found in the text of a PDF.

    White space and the forms of letters make no difference. A script that cannot be read back
    from a PDF, and words of another language, are named as not certain.
    """
    squeezed = _squeezed(text)
    return tuple(
        Difference(
            name=field.name,
            label=field.label,
            signed=field.value,
            certain=not _REORDERED.search(field.value)
            and (field.name not in {"kind", "hours"} or facts.language.startswith("en")),
        )
        for field in fields_of(facts, translate)
        if not all(_stands_in(_squeezed(part), squeezed) for part in field.parts)
    )


def differing(true: CertificateFacts, other: CertificateFacts) -> tuple[Difference, ...]:
    """Name the fields in which another copy differs from the true facts."""
    others = {field.name: field.parts for field in fields_of(other)}
    return tuple(
        Difference(name=field.name, label=field.label, signed=field.value)
        for field in fields_of(true)
        if others.get(field.name) != field.parts
    )


def added(text: str, own: str) -> str:
    """Return the words of a text that the certificate's own text lacks, at most 200 characters."""
    left = Counter(own.split())
    found = []
    for word in text.split():
        left[word] -= 1
        if left[word] < 0:
            found.append(word)
    return " ".join(found)[:200]


def _stands_in(part: str, text: str) -> bool:
    """Look for a part, also as programs that write from right to left leave it."""
    return part in text or part[::-1] in text


def _squeezed(text: str) -> str:
    return "".join(_letters(unicodedata.normalize("NFKC", text)))


def _letters(text: str) -> Iterator[str]:
    """Leave out white space, and marks that only steer how a text is laid out."""
    return (each for each in text if not each.isspace() and unicodedata.category(each) != "Cf")
