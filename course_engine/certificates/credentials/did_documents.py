"""The public keys of an issuer as a DID document: what ``did:web`` leads to, and how it is read.

Keys for credentials are Multikeys that may assert. Keys for PDFs stand beside them with their
X.509 certificates, so that whoever has this one file can check both without asking anybody.
"""

import base64
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from course_engine.certificates.credentials.identifiers import (
    NotAnIdentifier,
    from_multikey,
    method,
    multikey,
)
from course_engine.certificates.keyring import PublicKey

_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
_UNKNOWN = datetime(2000, 1, 1, tzinfo=UTC)


def compose(issuer: str, keys: Iterable[PublicKey]) -> dict[str, Any]:
    """Write down the public keys of an issuer, those that were retired too."""
    listed = list(keys)
    asserting = [key for key in listed if key.purpose == "credentials"]
    signing = [key for key in listed if key.purpose == "documents"]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer,
        "verificationMethod": [
            *({**_named(issuer, method(issuer, key)), **_multikey(key)} for key in asserting),
            *({**_named(issuer, f"{issuer}#document-{key.id}"), **_jwk(key)} for key in signing),
        ],
        "assertionMethod": [method(issuer, key) for key in asserting],
    }


def keys_in(document: Mapping[str, Any]) -> tuple[PublicKey, ...]:
    """Read the keys of a DID document; when they were made and retired is not told there.

    :raises NotAnIdentifier: it holds no key that we can use.
    """
    try:
        found = tuple(_key(entry) for entry in document["verificationMethod"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotAnIdentifier("This file does not hold the public keys of an issuer.") from error
    if not found:
        raise NotAnIdentifier("This file holds no key.")
    return found


def _named(issuer: str, name: str) -> dict[str, str]:
    return {"id": name, "controller": issuer}


def _multikey(key: PublicKey) -> dict[str, Any]:
    return {"type": "Multikey", "publicKeyMultibase": multikey(key)}


def _jwk(key: PublicKey) -> dict[str, Any]:
    chain = [base64.b64encode(each).decode() for each in key.chain]
    return {"type": "JsonWebKey", "publicKeyJwk": {**_numbers(key), "x5c": chain}}


def _numbers(key: PublicKey) -> dict[str, str]:
    public = x509.load_der_x509_certificate(key.chain[0]).public_key()
    if isinstance(public, ec.EllipticCurvePublicKey):
        size = (public.curve.key_size + 7) // 8
        point = public.public_numbers()
        return {
            "kty": "EC",
            "crv": _CURVES[public.curve.name],
            "x": _text(point.x, size),
            "y": _text(point.y, size),
        }
    if isinstance(public, rsa.RSAPublicKey):
        parts = public.public_numbers()
        return {
            "kty": "RSA",
            "n": _text(parts.n, (parts.n.bit_length() + 7) // 8),
            "e": _text(parts.e, (parts.e.bit_length() + 7) // 8),
        }
    raise TypeError("Documents are signed with EC and RSA keys.")


def _text(number: int, size: int) -> str:
    return base64.urlsafe_b64encode(number.to_bytes(size)).rstrip(b"=").decode()


def _key(entry: Mapping[str, Any]) -> PublicKey:
    if entry["type"] == "Multikey":
        public = from_multikey(entry["publicKeyMultibase"])
        spki = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return PublicKey(purpose="credentials", created=_UNKNOWN, spki=spki)
    chain = tuple(base64.b64decode(each) for each in entry["publicKeyJwk"]["x5c"])
    certified = x509.load_der_x509_certificate(chain[0]).public_key()
    spki = certified.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return PublicKey(purpose="documents", created=_UNKNOWN, spki=spki, chain=chain)
