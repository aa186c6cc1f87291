"""Keys, a signed certificate and a time-stamp authority, the same for all tests."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from course_engine.certificates import pades
from course_engine.certificates.key_making import make_document_key
from course_engine.certificates.keyring import SigningKey
from tests.certificates.printed import plain

MADE = datetime(2026, 11, 1, 9, tzinfo=UTC)
SIGNED = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
KEY = make_document_key(bytes(range(64)), created=MADE, organization="Example Peer Network")
LABEL = "Signature of the organization"
PASSPHRASE = "reed-otter-lantern"


@cache
def signed() -> bytes:
    return pades.sign(plain(), KEY, at=SIGNED, label=LABEL)


def judged(pdf: bytes, *trusted: SigningKey, authority: Any = None) -> PdfSignatureStatus:
    """What pyHanko says of the one signature in a file, with no network."""
    (embedded,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    roots = [asn1_x509.Certificate.load(key.chain[-1]) for key in trusted]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=SIGNED)
    stamps = [authority.tsa_cert] if authority else []
    stamped = ValidationContext(trust_roots=stamps, allow_fetching=False)
    # In a thread, as the browser of other tests has an event loop in this one.
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(validate_pdf_signature, embedded, context, stamped).result()


def certificate_for(private: Any, **changes: Any) -> x509.Certificate:
    """A certificate such as an organization has, with some things changed."""
    told = {"begins": MADE, "ends": MADE + timedelta(days=900), "usage": True} | changes
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "River Valley Training")])
    building = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(7)
        .not_valid_before(told["begins"])
        .not_valid_after(told["ends"])
    )
    if told["usage"] is not None:
        flags = ("content_commitment", "key_encipherment", "data_encipherment", "key_agreement")
        flags += ("key_cert_sign", "crl_sign", "encipher_only", "decipher_only")
        usage = x509.KeyUsage(
            digital_signature=told["usage"], **dict.fromkeys(flags, False) | {"crl_sign": True}
        )
        building = building.add_extension(usage, critical=True)
    return building.sign(private, SHA256())


@cache
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


def pkcs12_of(private: Any = None, *, passphrase: str = PASSPHRASE, **changes: Any) -> bytes:
    """A PKCS#12 file as an organization may bring it."""
    private = private or ec.derive_private_key(99, ec.SECP256R1())
    return pkcs12.serialize_key_and_certificates(
        b"signing",
        private,
        certificate_for(private, **changes),
        None,
        BestAvailableEncryption(passphrase.encode()),
    )


@cache
def authority() -> DummyTimeStamper:
    """A time-stamp authority that knows one moment only."""
    private = rsa_key()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test Authority")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(5)
        .not_valid_before(MADE)
        .not_valid_after(MADE + timedelta(days=9000))
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private, SHA256())
    )
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(der),
        fixed_dt=SIGNED + timedelta(seconds=2),
    )


def answer(query: bytes) -> bytes:
    """The authority's reply to a query."""
    reply: bytes = authority().request_tsa_response(tsp.TimeStampReq.load(query)).dump()
    return reply
