"""Making keys out of random bytes, or taking those that an organization has in a PKCS#12 file."""

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509.oid import NameOID

from course_engine.certificates.keyring import SigningKey, spki_of

CREDENTIAL_KEY_BYTES = 32
DOCUMENT_KEY_BYTES = 64
LIFETIME = timedelta(days=3653)

_SCALAR_BYTES = 48
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # Of P-256.
_LONGEST_NAME = 64  # What X.520 allows for a name.
_LEAST_RSA_BITS = 2048


class KeyUnusable(Exception):
    """A key file that nothing can be signed with; the text says why in one line."""


def make_credential_key(randomness: bytes, *, created: datetime) -> SigningKey:
    """Make an Ed25519 key of 32 random bytes."""
    private = Ed25519PrivateKey.from_private_bytes(randomness)
    return SigningKey(
        purpose="credentials", created=created, spki=spki_of(private), private=private
    )


def make_document_key(randomness: bytes, *, created: datetime, organization: str) -> SigningKey:
    """Make a P-256 key of 64 random bytes, with a certificate that it signs itself, for ten years.

    Equal bytes give an equal key and certificate.
    """
    number = int.from_bytes(randomness[:_SCALAR_BYTES]) % (_ORDER - 1) + 1
    private = ec.derive_private_key(number, ec.SECP256R1())
    organization = organization[:_LONGEST_NAME].strip()
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization),
            x509.NameAttribute(NameOID.COMMON_NAME, organization),
        ]
    )
    begins = created.replace(microsecond=0)
    identifier = x509.SubjectKeyIdentifier.from_public_key(private.public_key())
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(int.from_bytes(randomness[_SCALAR_BYTES:]) >> 1 | 1)
        .not_valid_before(begins)
        .not_valid_after(begins + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_DOCUMENT_USE, critical=True)
        .add_extension(identifier, critical=False)
        .sign(private, SHA256(), ecdsa_deterministic=True)
    )
    return SigningKey(
        purpose="documents",
        created=created,
        spki=spki_of(private),
        chain=(certificate.public_bytes(Encoding.DER),),
        private=private,
    )


def from_pkcs12(content: bytes, passphrase: str, *, now: datetime) -> SigningKey:
    """Take an organization's own key for documents, with its certificates.

    Raises KeyUnusable where the passphrase is wrong, the file holds no key or certificate, the
    certificate is not in force at ``now`` or not meant for signatures, or the key is of a kind
    that PDF readers do not check.
    """
    try:
        private, own, above = pkcs12.load_key_and_certificates(content, passphrase.encode() or None)
    except ValueError as error:
        raise KeyUnusable("it is no PKCS#12 file, or the passphrase is wrong") from error
    if private is None or own is None:
        raise KeyUnusable("it must hold a private key and the certificate of that key")
    if now > own.not_valid_after_utc:
        raise KeyUnusable(f"its certificate expired on {own.not_valid_after_utc:%Y-%m-%d}")
    if now < own.not_valid_before_utc:
        raise KeyUnusable(f"its certificate begins only on {own.not_valid_before_utc:%Y-%m-%d}")
    if not _may_sign(own):
        raise KeyUnusable(
            "its certificate is not meant for signatures: its key usage must name"
            " digitalSignature or nonRepudiation"
        )
    if not (
        (isinstance(private, rsa.RSAPrivateKey) and private.key_size >= _LEAST_RSA_BITS)
        or (isinstance(private, ec.EllipticCurvePrivateKey) and private.curve.name in _CURVES)
    ):
        raise KeyUnusable("its key must be RSA of at least 2048 bits, or P-256, P-384 or P-521")
    return SigningKey(
        purpose="documents",
        created=now,
        spki=spki_of(private),
        chain=tuple(each.public_bytes(Encoding.DER) for each in (own, *above)),
        private=private,
    )


_CURVES = {"secp256r1", "secp384r1", "secp521r1"}
_DOCUMENT_USE = x509.KeyUsage(
    digital_signature=True,
    content_commitment=True,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return usage.digital_signature or usage.content_commitment
