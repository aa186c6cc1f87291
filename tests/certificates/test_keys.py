"""Keys as values: making them, taking those of an organization, writing them down."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from course_engine.certificates import key_files
from course_engine.certificates.key_making import (
    KeyUnusable,
    from_pkcs12,
    make_credential_key,
    make_document_key,
)
from course_engine.certificates.keyring import Keyring, PublicKey, SigningKey, in_order
from tests.certificates.signed import KEY, MADE, PASSPHRASE, SIGNED, pkcs12_of, rsa_key

CREDENTIALS = make_credential_key(bytes(range(32)), created=MADE)


def test_equal_bytes_make_an_equal_key_and_certificate() -> None:
    again = make_document_key(bytes(range(64)), created=MADE, organization="Example Peer Network")
    assert again.chain == KEY.chain
    assert make_credential_key(bytes(range(32)), created=MADE).id == CREDENTIALS.id


def test_the_certificate_names_the_organization_and_signs_itself_for_documents() -> None:
    certificate = KEY.certificate
    assert certificate is not None
    assert certificate.subject == certificate.issuer
    assert certificate.subject.rfc4514_string() == "CN=Example Peer Network,O=Example Peer Network"
    public = certificate.public_key()
    assert isinstance(public, ec.EllipticCurvePublicKey)
    public.verify(certificate.signature, certificate.tbs_certificate_bytes, ec.ECDSA(SHA256()))


def test_an_organization_with_a_long_name_gets_a_certificate_too() -> None:
    made = make_document_key(bytes(64), created=MADE, organization="Long name " * 20)
    assert made.certificate is not None


def test_a_certificate_is_told_to_end_soon_within_60_days() -> None:
    assert KEY.expires is not None
    assert not KEY.expires_soon(KEY.expires - timedelta(days=61))
    assert KEY.expires_soon(KEY.expires - timedelta(days=59))
    assert not CREDENTIALS.expires_soon(KEY.expires)


@pytest.mark.parametrize("key", [KEY, CREDENTIALS])
def test_a_key_is_read_as_it_was_written(key: SigningKey) -> None:
    read = key_files.read(key_files.written(key))
    assert read == key
    assert isinstance(read, SigningKey)
    assert key_files.written(read) == key_files.written(key)


@pytest.mark.parametrize("key", [KEY, CREDENTIALS])
def test_the_public_part_holds_nothing_secret(key: SigningKey) -> None:
    assert b"PRIVATE" not in key_files.written(key.public) + key_files.exported(key)
    assert "Private" not in repr(key)
    assert key_files.read(key_files.written(key.public)) == key.public


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"Purpose: documents\n",
        b"Purpose: doors\nCreated: 2026-11-01T00:00:00+00:00\n",
        b"Purpose: documents\nCreated: yesterday\n",
        key_files.written(KEY)[:300],
    ],
)
def test_half_a_key_is_none(content: bytes) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - each half is missed in its own way
        key_files.read(content)
    assert str(refused.value)


def test_each_key_is_retired_when_its_successor_was_made() -> None:
    later = make_document_key(bytes(64), created=SIGNED, organization="Example")
    first, second = in_order([KEY, later])
    assert (first.retired, second.retired) == (SIGNED, None)


def test_the_key_in_use_is_known_first_and_all_are_public() -> None:
    old = PublicKey(purpose="documents", created=MADE, spki=b"old", retired=SIGNED)
    ring = Keyring(credentials=CREDENTIALS, documents=KEY, retired=(old,))
    assert ring.known("documents") == (KEY.public, old)
    assert ring.known("credentials") == (CREDENTIALS.public,)
    assert not any(isinstance(key, SigningKey) for key in ring.known("documents"))


@pytest.mark.parametrize("kind", ["P-256", "RSA"])
def test_an_organization_s_own_key_is_taken(kind: str) -> None:
    private = rsa_key() if kind == "RSA" else ec.derive_private_key(5, ec.SECP256R1())
    key = from_pkcs12(pkcs12_of(private), PASSPHRASE, now=SIGNED)
    assert (key.purpose, key.created) == ("documents", SIGNED)
    assert key.expires == MADE + timedelta(days=900)


def small() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)  # noqa: S505 - it is to be refused


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (lambda: pkcs12_of(passphrase="another"), "passphrase is wrong"),
        (lambda: b"nonsense", "no PKCS#12 file"),
        (lambda: pkcs12_of(ends=SIGNED - timedelta(days=1)), "expired on 2026-11-21"),
        (lambda: pkcs12_of(begins=SIGNED + timedelta(days=1)), "begins only on 2026-11-23"),
        (lambda: pkcs12_of(usage=False), "not meant for signatures"),
        (lambda: pkcs12_of(usage=None), "not meant for signatures"),
        (lambda: pkcs12_of(small()), "2048 bits"),
        (lambda: pkcs12_of(ec.derive_private_key(5, ec.SECP256K1())), "P-256"),
    ],
)
def test_a_key_that_cannot_sign_is_refused_with_the_reason(content: object, why: str) -> None:
    assert callable(content)
    with pytest.raises(KeyUnusable, match=why) as refused:
        from_pkcs12(content(), PASSPHRASE, now=SIGNED)
    assert "\n" not in str(refused.value)
    assert PASSPHRASE not in str(refused.value)


def test_the_key_for_credentials_is_ed25519() -> None:
    assert isinstance(CREDENTIALS.private, ed25519.Ed25519PrivateKey)
