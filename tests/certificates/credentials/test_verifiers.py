"""Programs of others accept what we sign, and refuse it with one byte changed."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError

from course_engine.certificates.credentials import (
    contexts,
    did_documents,
    documents,
    identifiers,
    proofs,
    sealing,
    status_lists,
)
from course_engine.certificates.credentials.status_lists import Purpose
from course_engine.certificates.facts import CertificateFacts
from tests.certificates.credentials.sealed import (
    CREDENTIAL,
    FACTS,
    KEY,
    OTHER_KEY,
    WITHOUT_HTTPS,
    but,
)

pytestmark = pytest.mark.slow  # Other programs are started.

NODE = Path(__file__).parents[2] / "verifiers"
SUPERSEDED, WITHDRAWN = 9, 11
KINDS = {"by address": FACTS, "by key": WITHOUT_HTTPS, "approved": CREDENTIAL}
ATTENDANCE = but(kind="attendance", signatory=None, statements=(), legal_name='राम "र" \\ O’Neill')


def sealed(facts: CertificateFacts, index: int = 5) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sealing.sealed_credential(facts, KEY, status_index=index))
    return found


def published(facts: CertificateFacts) -> dict[str, Any]:
    """What a verifier finds at the addresses in a credential."""
    site = documents.site_of(facts)
    issuer = identifiers.did(site, KEY)
    keys = did_documents.compose(issuer, [KEY.public, OTHER_KEY.public])
    if issuer.startswith("did:key:"):
        keys = did_documents.compose(issuer, [KEY.public])
    found = {issuer: keys, f"{site}/.well-known/did.json": keys}
    places: dict[Purpose, int] = {"revocation": SUPERSEDED, "suspension": WITHDRAWN}
    for purpose, place in places.items():
        document = status_lists.compose(
            site,
            issuer=issuer,
            purpose=purpose,
            number=0,
            places=[place],
            since="2026-11-20T00:00:00Z",
        )
        method = identifiers.method(issuer, KEY)
        found[document["id"]] = proofs.signed(
            document, KEY, method=method, created=document["validFrom"]
        )
    return found


def download(facts: CertificateFacts) -> Callable[..., bytes]:
    found = published(facts)
    return lambda address, *_arguments, **_named: json.dumps(found[address]).encode()


@pytest.mark.parametrize("facts", [*KINDS.values(), ATTENDANCE], ids=[*KINDS, "attendance"])
def test_openbadgeslib_accepts_each_kind_and_no_other_name(facts: CertificateFacts) -> None:
    credential = sealed(facts)
    look_up = download(facts)
    verifier = OB3LdpVerifier.for_issuer_did(credential["issuer"]["id"], download=look_up)
    text = json.dumps(credential)
    found = verifier.verify(text, download=look_up)
    assert found.achievement.name == facts.course_title
    credential["credentialSubject"]["identifier"][0]["identityHash"] += "x"
    with pytest.raises(OB3VerificationError, match="signature"):
        verifier.verify(json.dumps(credential), download=look_up)


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    """What the libraries on Node say, asked once about everything."""
    if shutil.which("node") is None or not (NODE / "node_modules").is_dir():
        pytest.fail("The verifiers on Node are missing: run ./setup.sh dev.")
    asked = {name: sealed(facts) for name, facts in KINDS.items()} | {
        "attendance": sealed(ATTENDANCE),
        "superseded": sealed(FACTS, SUPERSEDED),
        "withdrawn": sealed(FACTS, WITHDRAWN),
    }
    changed = json.dumps(asked["by address"])
    asked["changed name"] = json.loads(changed.replace("Delgado", "Delgade"))
    asked["changed place"] = json.loads(changed.replace('"5"', '"6"'))
    asked["changed proof"] = json.loads(changed)
    asked["changed proof"]["proof"]["created"] = "2026-11-21T00:00:00-06:00"
    shipped = {
        each: contexts.context(each) for each in (contexts.CREDENTIALS, contexts.OPEN_BADGES)
    }
    told = {"documents": {**shipped, **published(FACTS), **published(WITHOUT_HTTPS)}}
    done = subprocess.run(
        ["node", str(NODE / "verify.mjs")],
        input=json.dumps({**told, "credentials": asked}),
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("name", [*KINDS, "attendance"])
def test_digital_bazaar_and_the_consortium_accept_it(
    answers: dict[str, dict[str, Any]], name: str
) -> None:
    assert answers[name] == {"bazaar": True, "consortium": True}


@pytest.mark.parametrize("name", ["changed name", "changed place", "changed proof"])
def test_they_refuse_what_was_changed(answers: dict[str, dict[str, Any]], name: str) -> None:
    assert "Invalid signature" in answers[name]["bazaar"]
    assert "signature is not valid" in answers[name]["consortium"]


def test_the_consortium_tells_a_superseded_certificate_from_a_withdrawn_one(
    answers: dict[str, dict[str, Any]],
) -> None:
    assert answers["superseded"]["consortium"] == "revoked"
    assert answers["withdrawn"]["consortium"] == "suspended"


def test_openbadgeslib_reads_the_standing_from_the_same_lists() -> None:
    look_up = download(FACTS)
    verifier = OB3LdpVerifier.for_issuer_did(sealed(FACTS)["issuer"]["id"], download=look_up)
    # It can check the signature of a list only when that is a JWT; Node checks ours above.
    ask = {"check_status": True, "verify_status_list": False, "download": look_up}
    verifier.verify(json.dumps(sealed(FACTS)), **ask)
    for place in (SUPERSEDED, WITHDRAWN):
        with pytest.raises(OB3VerificationError):
            verifier.verify(json.dumps(sealed(FACTS, place)), **ask)
