"""Every word printed on a certificate, as frozen values that outlive course and curriculum."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import ConfigDict, TypeAdapter

from course_engine.errors import N_, Refused

Kind = Literal["attendance", "completion", "credential"]
Minutes = tuple[tuple[str, int], ...]

_CLOSED = ConfigDict(extra="forbid")


class CredentialLocked(Refused):
    """A credential was asked for, and nobody has shown that the issuer may grant one."""

    explanation = N_(
        "Only a body with the legal authority to do so may grant a credential. "
        "This site holds no record of such an approval for this course on that day."
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Issuer:
    """The organization that gives the certificate, as it wishes to be named and reached."""

    __pydantic_config__ = _CLOSED

    name: str
    place: str = ""
    web: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Signatory:
    """The person who answers for the certificate on behalf of the issuer."""

    __pydantic_config__ = _CLOSED

    name: str
    title: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Approval:
    """The authority that approved a course for a credential, and its number for that."""

    __pydantic_config__ = _CLOSED

    authority: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateFacts:
    """Every word printed on a certificate, frozen on the day of issue.

    ``minutes`` are whole minutes by kind of learning, for example ``(("self-paced", 180),)``.
    All dates are days in ``time_zone``, the issuer's; completing and issuing are different facts.
    ``edition`` is the short digest shown to people. ``verify_url`` carries serial and code;
    ``verify_address`` is the short one that a person types before entering both.
    A credential names its ``approval``.

    :raises CredentialLocked: a credential without an approval cannot even be thought of.
    """

    __pydantic_config__ = _CLOSED

    serial: str
    code: str
    legal_name: str
    course_title: str
    course_slug: str
    edition: str
    language: str
    kind: Kind
    minutes: Minutes
    started_on: date
    completed_on: date
    issued_on: date
    time_zone: str
    issuer: Issuer
    signatory: Signatory | None = None
    cosignatory: Signatory | None = None
    approval: Approval | None = None
    verify_url: str
    verify_address: str
    statements: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind == "credential" and self.approval is None:
            raise CredentialLocked


def to_document(facts: CertificateFacts) -> dict[str, Any]:
    """Return the facts as plain JSON values, dates as ISO 8601 days."""
    document: dict[str, Any] = _adapter().dump_python(facts, mode="json")
    return document


def from_document(document: Mapping[str, Any]) -> CertificateFacts:
    """Read facts that ``to_document`` wrote; an unknown or missing fact is a ValueError."""
    return _adapter().validate_python(dict(document))


@cache
def _adapter() -> TypeAdapter[CertificateFacts]:
    """Work out how facts are written and read: with the first ones."""
    return TypeAdapter(CertificateFacts)


def total_minutes(minutes: Minutes) -> int:
    """Return the sum of all kinds of minutes."""
    return sum(amount for _, amount in minutes)


def hours(minutes: int) -> str:
    """Show minutes as hours of 60 minutes, rounded down to a tenth: 119 is "1.9", 120 is "2".

    Only for display: what counts, and is stored, are the minutes.
    """
    whole, tenth = divmod(minutes * 10 // 60, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
