"""Names of issuers and keys, and lists of bits, as the standards write them."""

import base64
import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates.credentials import did_documents, identifiers, status_lists
from course_engine.certificates.key_making import make_document_key
from tests.certificates.credentials.sealed import KEY, OTHER_KEY


@pytest.mark.parametrize(
    ("address", "issuer", "document"),
    [
        ("https://Example.org", "did:web:example.org", "https://example.org/.well-known/did.json"),
        (
            "https://example.org:8443/learn/here",
            "did:web:example.org%3A8443:learn:here",
            "https://example.org:8443/learn/here/did.json",
        ),
    ],
)
def test_an_address_on_https_is_an_identifier(address: str, issuer: str, document: str) -> None:
    assert identifiers.did(address, KEY) == issuer
    assert identifiers.address_of(issuer) == document


@given(st.binary(max_size=60))
def test_bytes_survive_base_58(content: bytes) -> None:
    assert identifiers.from_base58(identifiers.base58(content)) == content


def test_a_key_is_written_as_others_write_it() -> None:
    """The example of the did:key specification."""
    known = "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
    assert identifiers.from_base58(known)[:2] == b"\xed\x01"
    key = identifiers.from_multikey(known)
    assert identifiers.base58(b"\xed\x01" + key.public_bytes_raw()) == known


@pytest.mark.parametrize("text", ["", "z", "zz6Mk", "z0OIl", "u6Mk", "z" + "1" * 200])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(identifiers.NotAnIdentifier):
        identifiers.from_multikey(text)


def test_keys_survive_a_did_document() -> None:
    documents = make_document_key(bytes(64), created=KEY.created, organization="Harbor")
    written = did_documents.compose("did:web:x.example", (KEY, OTHER_KEY, documents))
    read = did_documents.keys_in(written)
    assert [key.spki for key in read] == [KEY.spki, OTHER_KEY.spki, documents.spki]
    assert read[2].chain == documents.chain
    assert written["assertionMethod"] == [
        entry["id"] for entry in written["verificationMethod"] if entry["type"] == "Multikey"
    ]


@pytest.mark.parametrize("document", [{}, {"verificationMethod": []}, {"verificationMethod": [{}]}])
def test_a_file_without_keys_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(identifiers.NotAnIdentifier):
        did_documents.keys_in(document)


def test_the_first_place_is_the_highest_bit_and_a_list_has_131072() -> None:
    text = status_lists.encoded([0, 9, 131_071])
    bits = gzip.decompress(base64.urlsafe_b64decode(text[1:] + "=="))
    assert text.startswith("u")
    assert (bits[0], bits[1], bits[-1], len(bits)) == (0b1000_0000, 0b0100_0000, 1, 16_384)
    assert [place for place in (0, 1, 9, 131_071) if status_lists.is_set(text, place)] == [
        0,
        9,
        131_071,
    ]


def test_a_shorter_list_is_refused() -> None:
    short = "u" + base64.urlsafe_b64encode(gzip.compress(b"\0")).decode()
    with pytest.raises(ValueError, match="length"):
        status_lists.is_set(short, 0)
