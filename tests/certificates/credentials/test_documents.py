"""What stands in a credential: what the certificate says, and nothing about the person besides."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest

from course_engine.certificates.credentials import reading, sealing
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.wording import over_claims
from tests.certificates.credentials.sealed import (
    CREDENTIAL,
    FACTS,
    KEY,
    OTHER_KEY,
    WITHOUT_HTTPS,
    but,
)

KINDS = [FACTS, CREDENTIAL, but(kind="attendance"), WITHOUT_HTTPS]


def sealed(facts: CertificateFacts = FACTS, index: int = 5) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sealing.sealed_credential(facts, KEY, status_index=index))
    return found


@pytest.mark.parametrize("facts", KINDS)
def test_everything_that_is_printed_can_be_read_back(facts: CertificateFacts) -> None:
    found, credential = reading.read(sealed(facts, 131_072 + 7))
    assert replace(found, time_zone=facts.time_zone) == facts
    assert found.time_zone == "UTC-06:00"
    assert reading.status_index(credential) == 131_072 + 7


def test_equal_facts_give_equal_bytes() -> None:
    one, other = (sealing.sealed_credential(FACTS, KEY, status_index=5) for _ in range(2))
    assert one == other
    assert sealing.sealed_credential(FACTS, OTHER_KEY, status_index=5) != one


@pytest.mark.parametrize("facts", [FACTS, but(kind="attendance")])
def test_a_credential_claims_no_more_than_its_certificate(facts: CertificateFacts) -> None:
    document = sealed(facts)
    spoken = [document["name"], *texts(document["credentialSubject"])]
    assert over_claims(" ".join(spoken)) == set()
    kind = document["credentialSubject"]["achievement"]["achievementType"]
    assert kind in {"CertificateOfCompletion", "ext:CertificateOfAttendance"}


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for inner in value.values() for text in texts(inner)]
    if isinstance(value, list):
        return [text for inner in value for text in texts(inner)]
    return [value] if isinstance(value, str) else []


def test_the_day_of_issue_begins_in_the_zone_of_the_issuer() -> None:
    assert sealed()["validFrom"] == "2026-11-20T00:00:00-06:00"
    assert sealed(but(time_zone="Asia/Kolkata"))["validFrom"].endswith("+05:30")


def test_the_issuer_is_an_address_on_https_and_a_key_otherwise() -> None:
    on_https, without = sealed(), sealed(WITHOUT_HTTPS)
    assert on_https["issuer"]["id"] == "did:web:learn.harbor.example"
    assert re.fullmatch(
        r"did:web:learn\.harbor\.example#key-[0-9a-f]{16}", on_https["proof"]["verificationMethod"]
    )
    issuer = without["issuer"]["id"]
    assert issuer.startswith("did:key:z6Mk")
    assert without["proof"]["verificationMethod"] == f"{issuer}#{issuer[8:]}"


def test_both_lists_have_one_place() -> None:
    revocation, suspension = sealed()["credentialStatus"]
    assert revocation["statusListCredential"].endswith("/status/revocation/0")
    assert suspension["statusListCredential"].endswith("/status/suspension/0")
    assert revocation["statusListIndex"] == suspension["statusListIndex"] == "5"


def test_a_control_character_that_an_author_left_does_not_stop_an_issue() -> None:
    found, _ = reading.read(sealed(but(course_title="One\tcourse", statements=("a\u2028b",))))
    assert (found.course_title, found.statements) == ("One course", ("a b",))
