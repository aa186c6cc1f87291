"""Facts in, a credential without its proof out: what stands where in Open Badges 3.0.

The holder's name stands in it as it is printed: the credential is their own copy, and a reader
compares it with the PDF. Nothing else about the person does: no address, no evidence, no marks.
"""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from course_engine.certificates.composing import learning_time
from course_engine.certificates.credentials import contexts
from course_engine.certificates.credentials.status_lists import entries
from course_engine.certificates.facts import CertificateFacts, Kind, Signatory
from course_engine.certificates.wording import Translate, say, wording

# Of the kinds that Open Badges names, or one of our own, which begins with "ext:". None of them
# is "Certification" or "License".
TYPES: dict[Kind, str] = {
    "attendance": "ext:CertificateOfAttendance",
    "completion": "CertificateOfCompletion",
    "credential": "ext:TrainingCredential",
}
MINUTES = "ext:Minutes"
APPROVAL = "ext:Approval"
AUTHORITY = "ext:ApprovingAuthority"
BETWEEN = " — "
AND = "; "


def compose(
    facts: CertificateFacts, *, issuer: str, status_index: int, translate: Translate = str
) -> dict[str, Any]:
    """Write facts as an AchievementCredential; ``issuer`` is its DID.

    Equal arguments give equal documents. ``status_index`` is the place on the status lists that
    was reserved for this certificate.
    """
    words = wording(facts.kind, translate)
    site = site_of(facts)
    return {
        "@context": [contexts.CREDENTIALS, contexts.OPEN_BADGES],
        "id": facts.verify_url,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": _line(f"{words.title}: {facts.course_title}"),
        "issuer": _issuer(facts, issuer),
        "validFrom": day_begins(facts.issued_on, facts.time_zone),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": False,
                    "identityHash": facts.legal_name,
                    "identityType": "name",
                }
            ],
            "activityStartDate": facts.started_on.isoformat(),
            "activityEndDate": facts.completed_on.isoformat(),
            "achievement": _achievement(facts, site, translate),
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": f"{_achievement_id(facts, site)}:minutes:{n}",
                    "value": str(minutes),
                }
                for n, (_, minutes) in enumerate(facts.minutes)
            ],
        },
        "credentialStatus": entries(site, status_index),
    }


def day_begins(day: date, time_zone: str) -> str:
    """Write the first moment of a day in a zone, as an XML Schema dateTime."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(time_zone)).isoformat()


def site_of(facts: CertificateFacts) -> str:
    """Return the address of the site, which every other address of a certificate begins with."""
    return facts.verify_url.removesuffix(f"/v/{facts.serial}/{facts.code}")


def _issuer(facts: CertificateFacts, issuer: str) -> dict[str, Any]:
    signed_by = [one for one in (facts.signatory, facts.cosignatory) if one is not None]
    profile = {
        "id": issuer,
        "type": ["Profile"],
        "name": _line(facts.issuer.name),
        "url": facts.issuer.web or site_of(facts),
    }
    if signed_by:
        profile["official"] = AND.join(map(_signed_by, signed_by))
    if facts.issuer.place:
        place = {"type": ["Address"], "addressLocality": _line(facts.issuer.place)}
        return {**profile, "address": place}
    return profile


def _signed_by(signatory: Signatory) -> str:
    return _line(BETWEEN.join(part for part in (signatory.name, signatory.title) if part))


def _achievement(facts: CertificateFacts, site: str, translate: Translate) -> dict[str, Any]:
    words = wording(facts.kind, translate)
    granted = say(words.approval, facts, translate) if facts.approval else ""
    criteria = (
        say(words.subject, facts, translate),
        learning_time(facts, translate),
        granted,
        words.disclaimer,
    )
    achievement: dict[str, Any] = {
        "id": _achievement_id(facts, site),
        "type": ["Achievement"],
        "name": _line(facts.course_title),
        "description": "\n".join(map(_line, (words.page_intro, *facts.statements))),
        "criteria": {"narrative": "\n".join(_line(text) for text in criteria if text)},
        "achievementType": TYPES[facts.kind],
        "humanCode": facts.course_slug,
        "version": facts.edition,
        "inLanguage": facts.language,
        "resultDescription": [
            {
                "id": f"{_achievement_id(facts, site)}:minutes:{n}",
                "type": ["ResultDescription"],
                "name": _line(kind),
                "resultType": MINUTES,
            }
            for n, (kind, _) in enumerate(facts.minutes)
        ],
    }
    if facts.approval:
        achievement["otherIdentifier"] = [
            {"type": "IdentifierEntry", "identifier": text, "identifierType": kind}
            for kind, text in (
                (APPROVAL, facts.approval.number),
                (AUTHORITY, facts.approval.authority),
            )
        ]
    return achievement


def _achievement_id(facts: CertificateFacts, site: str) -> str:
    return f"{site}/courses/{facts.course_slug}#edition:{facts.edition}"


def _line(text: str) -> str:
    """Write a text on one line; control characters have no canonical form."""
    return " ".join(text.split())
