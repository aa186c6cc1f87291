"""How a key is written down: two lines about it, then its parts as PEM, which every tool reads."""

from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_public_key,
    load_pem_private_key,
    load_pem_public_key,
)

from course_engine.certificates.keyring import PublicKey, Purpose, SigningKey

_PURPOSE, _CREATED = "Purpose: ", "Created: "
_PURPOSES: dict[str, Purpose] = {"credentials": "credentials", "documents": "documents"}
_PRIVATE = b"-----BEGIN PRIVATE KEY-----"
_PUBLIC = b"-----BEGIN PUBLIC KEY-----"
_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"


def written(key: PublicKey) -> bytes:
    """Write a key down; of a SigningKey the private part too, so the file must be kept secret."""
    about = f"{_PURPOSE}{key.purpose}\n{_CREATED}{key.created.isoformat()}\n"
    secret = (
        key.private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        if isinstance(key, SigningKey)
        else b""
    )
    return about.encode() + secret + exported(key)


def exported(key: PublicKey) -> bytes:
    """Write the public part as PEM: the certificates of a key for documents, or the bare key."""
    if key.chain:
        loaded = (x509.load_der_x509_certificate(each) for each in key.chain)
        return b"".join(each.public_bytes(Encoding.PEM) for each in loaded)
    bare = load_der_public_key(key.spki)
    return bare.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read(content: bytes) -> PublicKey:
    """Read what ``written`` wrote: a SigningKey where the private part is there.

    Raises ValueError for anything else.
    """
    lines = content.decode("ascii").splitlines()
    if len(lines) < len((_PURPOSE, _CREATED)) or not lines[1].startswith(_CREATED):
        raise ValueError("it does not begin with the purpose and the day of a key")
    purpose = _PURPOSES.get(lines[0].removeprefix(_PURPOSE))
    if purpose is None:
        raise ValueError("its purpose is not known")
    created = datetime.fromisoformat(lines[1].removeprefix(_CREATED))
    found = x509.load_pem_x509_certificates(content) if _CERTIFICATE in content else []
    chain = tuple(each.public_bytes(Encoding.DER) for each in found)
    spki = (
        found[0].public_key() if found else load_pem_public_key(content[content.index(_PUBLIC) :])
    ).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if _PRIVATE not in content:
        return PublicKey(purpose=purpose, created=created, spki=spki, chain=chain)
    private = load_pem_private_key(content, password=None)
    if not isinstance(private, Ed25519PrivateKey | EllipticCurvePrivateKey | RSAPrivateKey):
        raise ValueError("its key is of a kind that is not used here")  # noqa: TRY004
    return SigningKey(purpose=purpose, created=created, spki=spki, chain=chain, private=private)
