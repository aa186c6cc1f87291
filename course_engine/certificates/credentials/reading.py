"""A credential in, the facts that it states out: each word where ``documents`` writes it.

A proof covers what a document *means*. Whoever reads the document as plain JSON has to be sure
that it means nothing else: so every word that we do not write there is refused, and no value may
be missing or of another kind.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from course_engine.certificates.credentials import contexts, documents
from course_engine.certificates.credentials.status_lists import LENGTH
from course_engine.certificates.credentials.strict_json import NotOurs
from course_engine.certificates.facts import (
    Approval,
    CertificateFacts,
    CredentialLocked,
    Issuer,
    Signatory,
)

_ID = re.compile(r"(https?://.+)/v/([A-Z0-9-]{4,20})/([A-Z0-9]{20,40})")
_KINDS = {named: kind for kind, named in documents.TYPES.items()}

Text = Annotated[str, Field(max_length=8000)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$")]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Address(_Part):
    type: list[Literal["Address"]]
    addressLocality: Text  # noqa: N815 - the words of the standard, here and below


class _Profile(_Part):
    id: Text
    type: list[Literal["Profile"]]
    name: Text
    url: Text
    official: Text = ""
    address: _Address | None = None


class _Identity(_Part):
    type: Literal["IdentityObject"]
    hashed: Literal[False]
    identityHash: Text  # noqa: N815
    identityType: Literal["name"]  # noqa: N815


class _Criteria(_Part):
    narrative: Text


class _ResultDescription(_Part):
    id: Text
    type: list[Literal["ResultDescription"]]
    name: Text
    resultType: Literal["ext:Minutes"]  # noqa: N815


class _OtherIdentifier(_Part):
    type: Literal["IdentifierEntry"]
    identifier: Text
    identifierType: Literal["ext:Approval", "ext:ApprovingAuthority"]  # noqa: N815


class _Achievement(_Part):
    id: Text
    type: list[Literal["Achievement"]]
    name: Text
    description: Text
    criteria: _Criteria
    achievementType: Text  # noqa: N815
    humanCode: Text  # noqa: N815
    version: Text
    inLanguage: Text  # noqa: N815
    resultDescription: list[_ResultDescription]  # noqa: N815
    otherIdentifier: list[_OtherIdentifier] = []  # noqa: N815


class _Result(_Part):
    type: list[Literal["Result"]]
    resultDescription: Text  # noqa: N815
    value: Annotated[str, Field(pattern=r"^\d{1,9}$")]


class _Subject(_Part):
    type: list[Literal["AchievementSubject"]]
    identifier: Annotated[list[_Identity], Field(min_length=1, max_length=1)]
    activityStartDate: Day  # noqa: N815
    activityEndDate: Day  # noqa: N815
    achievement: _Achievement
    result: list[_Result]


class _Status(_Part):
    id: Text
    type: Literal["BitstringStatusListEntry"]
    statusPurpose: Literal["revocation", "suspension"]  # noqa: N815
    statusListIndex: Annotated[str, Field(pattern=r"^\d{1,6}$")]  # noqa: N815
    statusListCredential: Text  # noqa: N815


class _Proof(_Part):
    type: Literal["DataIntegrityProof"]
    cryptosuite: Literal["eddsa-rdfc-2022"]
    created: Moment
    verificationMethod: Text  # noqa: N815
    proofPurpose: Literal["assertionMethod"]  # noqa: N815
    proofValue: Text  # noqa: N815


class Credential(_Part):
    """An AchievementCredential with its proof, exactly as it is written here."""

    context: Annotated[list[str], Field(alias="@context")]
    id: Text
    type: list[Literal["VerifiableCredential", "AchievementCredential"]]
    name: Text
    issuer: _Profile
    validFrom: Moment  # noqa: N815
    credentialSubject: _Subject  # noqa: N815
    credentialStatus: Annotated[list[_Status], Field(min_length=2, max_length=2)]  # noqa: N815
    proof: _Proof


def read(document: Mapping[str, Any]) -> tuple[CertificateFacts, Credential]:
    """Return the facts that a credential states; nothing is said of its proof.

    The zone is known only as the distance from UTC on the day of issue.

    :raises NotOurs: it has another form than ours.
    """
    try:
        credential = Credential.model_validate(document)
        if credential.context != [contexts.CREDENTIALS, contexts.OPEN_BADGES]:
            raise NotOurs("The words of the credential have another meaning.")
        return _facts(credential), credential
    except (ValidationError, KeyError, RecursionError) as error:
        raise NotOurs("The credential has another form than those of this program.") from error
    except CredentialLocked as error:
        raise NotOurs("It calls itself a credential and names no approval.") from error
    except ValueError as error:
        raise NotOurs(str(error)) from error


def status_index(credential: Credential) -> int:
    """Return the place on the status lists, counted through all of them."""
    entry = credential.credentialStatus[0]
    number = entry.statusListCredential.rpartition("/")[2]
    return (int(number) if number.isdecimal() else 0) * LENGTH + int(entry.statusListIndex)


def _facts(credential: Credential) -> CertificateFacts:
    found = _ID.fullmatch(credential.id)
    if found is None:
        raise NotOurs("The credential does not name a page where it can be checked.")
    site, serial, code = found.groups()
    subject, profile = credential.credentialSubject, credential.issuer
    achievement = subject.achievement
    issued = datetime.fromisoformat(credential.validFrom)
    signatories = [_signatory(one) for one in profile.official.split(documents.AND) if one]
    approval: dict[str, str] = {
        one.identifierType: one.identifier for one in achievement.otherIdentifier
    }
    minutes = {one.id: one.name for one in achievement.resultDescription}
    return CertificateFacts(
        serial=serial,
        code=code,
        legal_name=subject.identifier[0].identityHash,
        course_title=achievement.name,
        course_slug=achievement.humanCode,
        edition=achievement.version,
        language=achievement.inLanguage,
        kind=_KINDS[achievement.achievementType],
        minutes=tuple((minutes[one.resultDescription], int(one.value)) for one in subject.result),
        started_on=date.fromisoformat(subject.activityStartDate),
        completed_on=date.fromisoformat(subject.activityEndDate),
        issued_on=issued.date(),
        time_zone=str(issued.tzinfo),
        issuer=Issuer(
            name=profile.name,
            place=profile.address.addressLocality if profile.address else "",
            web="" if profile.url == site else profile.url,
        ),
        signatory=signatories[0] if signatories else None,
        cosignatory=signatories[1] if len(signatories) > 1 else None,
        approval=Approval(
            authority=approval[documents.AUTHORITY], number=approval[documents.APPROVAL]
        )
        if approval
        else None,
        verify_url=credential.id,
        verify_address=f"{site}/verify",
        statements=tuple(achievement.description.split("\n")[1:]),
    )


def _signatory(text: str) -> Signatory:
    name, _, title = text.partition(documents.BETWEEN)
    return Signatory(name=name, title=title)
