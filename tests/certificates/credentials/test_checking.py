"""What a copy is, said by itself and public keys alone."""

import json
import time
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from course_engine.certificates import pades
from course_engine.certificates.credentials import baking, copies, did_documents, sealing
from course_engine.certificates.credentials.checking import Finding, check
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.key_making import make_document_key
from course_engine.certificates.keyring import PublicKey
from course_engine.certificates.printing import Attachment, print_certificate
from course_engine.press import apart
from tests.certificates.credentials.sealed import (
    CREDENTIAL,
    FACTS,
    KEY,
    OTHER_KEY,
    WITHOUT_HTTPS,
    but,
)

PDF_KEY = make_document_key(bytes(range(64)), created=KEY.created, organization="Harbor")
KEYS = (KEY.public, PDF_KEY.public)
DID = "did:web:learn.harbor.example"

pytestmark = pytest.mark.slow  # PDFs are printed and read.


@pytest.fixture(autouse=True, scope="module")
def _end_the_press() -> Any:
    yield
    apart.close()


def sealed(facts: CertificateFacts = FACTS) -> bytes:
    return sealing.sealed_credential(facts, KEY, status_index=5)


@cache
def made(facts: CertificateFacts, carried: CertificateFacts, *, sign: bool = True) -> bytes:
    """A PDF that shows some facts and carries a credential of the same, or of others."""
    attachment = Attachment(
        name="credential.json", content=sealed(carried), media_type=sealing.MEDIA_TYPE
    )
    printed = print_certificate(facts, Design(), attachments=(attachment,))
    return pades.sign(printed, PDF_KEY, at=KEY.created, label="Signature") if sign else printed


def judged(content: bytes, keys: tuple[PublicKey, ...] = KEYS) -> Finding:
    return check(content, copies.opened(content), keys)


def test_a_pdf_that_we_made_is_genuine() -> None:
    found = judged(made(FACTS, FACTS))
    assert (found.verdict, found.differences, found.status_index) == ("genuine", (), 5)
    assert found.facts
    assert found.facts.legal_name == FACTS.legal_name


def test_json_and_pictures_are_genuine_too() -> None:
    credential = sealed()
    picture = b'<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>'
    assert judged(credential).verdict == "genuine"
    assert judged(baking.into_svg(picture, credential)).verdict == "genuine"


@pytest.mark.parametrize("key", [OTHER_KEY.public, None])
def test_a_site_that_is_unknown_is_unknown(key: PublicKey | None) -> None:
    assert judged(sealed(), (key,) if key else ()).verdict == "unknown"


def test_a_key_that_names_itself_is_not_taken_for_one_that_was_named() -> None:
    credential = sealed(WITHOUT_HTTPS)
    assert judged(credential).verdict == "genuine"
    found = judged(credential, (OTHER_KEY.public,))
    assert found.verdict == "unnamed"
    assert found.signer.startswith("did:key:z6Mk")


def test_keys_from_a_file_check_pdf_and_credential() -> None:
    document = json.loads(json.dumps(did_documents.compose(DID, KEYS)))
    keys = did_documents.keys_in(document)
    assert judged(made(FACTS, FACTS), keys).verdict == "genuine"
    only_credentials = tuple(key for key in keys if key.purpose == "credentials")
    assert judged(made(FACTS, FACTS), only_credentials).verdict == "unnamed"


def test_every_changed_byte_of_a_credential_is_noticed() -> None:
    credential = sealed(CREDENTIAL)
    for at in range(0, len(credential), 23):
        changed = bytearray(credential)
        changed[at] ^= 1
        if json_of(bytes(changed)) != json_of(credential):
            assert judged_or_unreadable(bytes(changed)) in {"altered", "unknown"}, at


def json_of(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def judged_or_unreadable(content: bytes) -> str:
    try:
        return judged(content).verdict
    except copies.Unreadable:
        return "unknown"


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"legal_name": "Tomasz Łuk"}, ["name"]),
        ({"course_title": "Another Course"}, ["course"]),
        ({"minutes": (("self-paced", 9000),)}, ["hours"]),
        ({"completed_on": FACTS.started_on}, ["completed"]),
    ],
)
def test_the_printed_field_that_differs_is_named(changes: dict[str, Any], named: list[str]) -> None:
    found = judged(made(but(**changes), FACTS, sign=False))
    assert found.verdict == "altered"
    assert [difference.name for difference in found.differences] == named
    assert found.facts
    assert found.facts.legal_name == FACTS.legal_name


def test_a_pdf_that_a_stranger_signed_again_is_not_genuine() -> None:
    stranger = make_document_key(bytes(64), created=KEY.created, organization="Harbor")
    again = pades.sign(
        made(but(legal_name="Tomasz Łuk"), FACTS, sign=False),
        stranger,
        at=KEY.created,
        label="Signature",
    )
    found = judged(again)
    assert found.verdict == "altered"
    assert [difference.name for difference in found.differences] == ["name"]


def test_a_pdf_that_was_saved_again_is_altered_though_its_words_are_the_same() -> None:
    written = BytesIO()
    with pikepdf.open(BytesIO(made(FACTS, FACTS))) as document:
        document.save(written)
    found = judged(written.getvalue())
    assert (found.verdict, found.differences) == ("altered", ())


def test_a_name_that_cannot_be_read_back_is_left_to_the_eye() -> None:
    facts = but(legal_name="प्रिया शर्मा")
    found = judged(made(facts, facts, sign=False))
    assert [(one.name, one.certain) for one in found.differences] in ([("name", False)], [])


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7 broken", b"\x89PNG\r\n\x1a\n", b"<svg></svg>", b"{" * 5000],
)
def test_what_is_no_certificate_is_unreadable_or_unknown(content: bytes) -> None:
    assert judged_or_unreadable(content) == "unknown"


@pytest.mark.parametrize("unit", [b"<openbadges:credential", b"<openbadges:credential><![CDATA["])
def test_a_drawing_made_to_be_costly_is_refused_at_once(unit: bytes) -> None:
    began = time.process_time()
    assert judged_or_unreadable(b"<svg>" + unit * (1_900_000 // len(unit))) == "unknown"
    assert time.process_time() - began < 1


def test_a_claim_to_more_than_was_granted_is_unknown_and_stops_no_check() -> None:
    document = json.loads(sealed())
    document["credentialSubject"]["achievement"]["achievementType"] = "ext:TrainingCredential"
    assert judged(sealing.text(document)).verdict == "unknown"


def test_a_word_that_says_the_same_in_other_words_is_refused() -> None:
    document = json.loads(sealed())
    subject = document["credentialSubject"]
    for change in (
        {"https://schema.org/name": "x"},
        {"description": "x"},
        {"name": None},
        {"credentialSubject": [subject, {**subject, "activityEndDate": "2030-01-01"}]},
        {"credentialSubject": {**subject, "activityEndDate": ["2026-11-19", "2030-01-01"]}},
    ):
        assert judged(sealing.text({**document, **change})).verdict == "unknown"
    twice = sealed().replace(b'"validFrom"', b'"validFrom": "2000-01-01T00:00:00Z", "validFrom"')
    assert judged(twice).verdict == "unknown"
