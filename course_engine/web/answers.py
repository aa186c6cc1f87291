"""What a check answers to a program: one JSON object, its names never changed."""

from datetime import datetime
from typing import Any

from course_engine.certificates import wording
from course_engine.certificates.facts import CertificateFacts, total_minutes
from course_engine.records.certificate_events import CertificateEvent
from course_engine.records.certificates import Certificate

STANDINGS = {"issued": "in force", "superseded": "superseded", "withdrawn": "withdrawn"}
UNKNOWN: dict[str, Any] = {"verdict": "unknown"}


def genuine(
    certificate: Certificate,
    facts: CertificateFacts,
    *,
    history: tuple[CertificateEvent, ...],
    shows_name: bool,
    checked_at: datetime,
) -> dict[str, Any]:
    """Describe a certificate to a stranger; without leave of its holder there is no name in it."""
    answer = {
        "verdict": "genuine",
        "standing": STANDINGS[certificate.state],
        "checkedAt": checked_at.isoformat(timespec="seconds"),
    }
    if certificate.state == "superseded":
        # A replaced certificate says no more, so that nobody learns an earlier name from it.
        return {**answer, "serial": certificate.serial}
    return {
        **answer,
        **said(facts, shows_name=shows_name),
        "history": [
            {
                "event": event.kind,
                "at": event.at.isoformat(timespec="seconds"),
                "note": event.public_note,
            }
            for event in history
        ],
    }


def said(facts: CertificateFacts, *, shows_name: bool) -> dict[str, Any]:
    """Write down what a certificate says."""
    signatories = [one for one in (facts.signatory, facts.cosignatory) if one]
    approval = facts.approval
    return {
        "serial": facts.serial,
        "kind": facts.kind,
        "title": wording.wording(facts.kind).title,
        **({"name": facts.legal_name} if shows_name else {}),
        "course": facts.course_title,
        "edition": facts.edition,
        "language": facts.language,
        "minutes": total_minutes(facts.minutes),
        "minutesByKind": {kind: minutes for kind, minutes in facts.minutes if minutes},
        "started": facts.started_on.isoformat(),
        "completed": facts.completed_on.isoformat(),
        "issued": facts.issued_on.isoformat(),
        "timeZone": facts.time_zone,
        "issuer": {"name": facts.issuer.name, "place": facts.issuer.place, "web": facts.issuer.web},
        "signedBy": [{"name": one.name, "title": one.title} for one in signatories],
        "approval": {"authority": approval.authority, "number": approval.number}
        if approval
        else None,
        "statements": list(facts.statements),
    }
