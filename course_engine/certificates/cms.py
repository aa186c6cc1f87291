"""The signature inside a signed PDF: a CMS SignedData (RFC 5652) as PAdES B-B asks for it.

Signed are the kind of content, the digest of the file, and which certificate signs (RFC 5035).
DER leaves one way to write each of these, so equal parts give equal bytes: whoever checks can
write the whole structure again and compare.
"""

import hashlib
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from course_engine.certificates import der
from course_engine.certificates.keyring import SigningKey

LARGEST = 64 * 1024
"""Bytes of a CMS that is taken apart; ours are a tenth of it, with a time stamp."""


class NotOurs(ValueError):
    """A CMS that is none, or is put together in a way that this program does not use."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Parts:
    """What a signature consists of; ``chain`` begins with the certificate that is named in it."""

    attributes: bytes
    signed: bytes
    chain: tuple[bytes, ...]
    time_stamp: bytes | None


def signed_attributes(digest: bytes, certificate: bytes) -> bytes:
    """Return what is signed: a SET of attributes over the SHA-256 of a file and a certificate."""
    # The hash algorithm of ESSCertIDv2 is left out, for DER leaves defaults out: SHA-256.
    named = der.element(der.OCTETS, hashlib.sha256(certificate).digest())
    return der.set_of(
        (
            _attribute(_CONTENT_TYPE, _DATA),
            _attribute(_MESSAGE_DIGEST, der.element(der.OCTETS, digest)),
            _attribute(
                _SIGNING_CERTIFICATE_V2,
                der.element(
                    der.SEQUENCE, der.element(der.SEQUENCE, der.element(der.SEQUENCE, named))
                ),
            ),
        )
    )


def signature(attributes: bytes, key: SigningKey) -> bytes:
    """Sign attributes; the same ones always get the same signature."""
    if isinstance(key.private, rsa.RSAPrivateKey):
        return key.private.sign(attributes, padding.PKCS1v15(), SHA256())
    if isinstance(key.private, ec.EllipticCurvePrivateKey):
        return key.private.sign(attributes, ec.ECDSA(SHA256(), deterministic_signing=True))
    raise TypeError("A key for credentials signs no documents.")


def verify(attributes: bytes, signed: bytes, certificate: bytes) -> None:
    """Raise InvalidSignature unless the certificate's key signed the attributes."""
    public = x509.load_der_x509_certificate(certificate).public_key()
    if isinstance(public, rsa.RSAPublicKey):
        public.verify(signed, attributes, padding.PKCS1v15(), SHA256())
    elif isinstance(public, ec.EllipticCurvePublicKey):
        public.verify(signed, attributes, ec.ECDSA(SHA256()))
    else:
        raise TypeError("Only RSA and elliptic curves sign documents.")


def signed_data(
    attributes: bytes, signed: bytes, chain: tuple[bytes, ...], time_stamp: bytes | None
) -> bytes:
    """Put a signature together with its certificates and, where there is one, its time stamp.

    ``chain`` begins with the certificate that signs; ``time_stamp`` is an RFC 3161 token (DER)
    over the signature.
    """
    certificate = x509.load_der_x509_certificate(chain[0])
    uses_rsa = isinstance(certificate.public_key(), rsa.RSAPublicKey)
    signer = der.element(
        der.SEQUENCE,
        _ONE,
        der.element(
            der.SEQUENCE, certificate.issuer.public_bytes(), der.integer(certificate.serial_number)
        ),
        _SHA256,
        der.tagged(der.CONTEXT_0, attributes),
        der.element(der.SEQUENCE, _RSA, der.element(der.NULL))
        if uses_rsa
        else der.element(der.SEQUENCE, _ECDSA_SHA256),
        der.element(der.OCTETS, signed),
        der.element(der.CONTEXT_1, _attribute(_TIME_STAMP, time_stamp)) if time_stamp else b"",
    )
    content = der.element(
        der.SEQUENCE,
        _ONE,
        der.element(der.SET, _SHA256),
        der.element(der.SEQUENCE, _DATA),
        der.tagged(der.CONTEXT_0, der.set_of(chain)),
        der.element(der.SET, signer),
    )
    return der.element(der.SEQUENCE, _SIGNED_DATA, der.element(der.CONTEXT_0, content))


def taken_apart(content: bytes) -> Parts:
    """Take a CMS apart that ``signed_data`` put together; zeros may follow it.

    Raises NotOurs unless the parts, put together again, give exactly the same bytes. So whatever
    is changed in it is either found here, or changes a part.
    """
    if len(content) > LARGEST:
        raise NotOurs("This is no signature that this program makes.")
    try:
        whole = next(der.elements(content))
        data = der.inside(der.inside(der.inside(whole)[1])[0])
        fields = der.inside(der.inside(data[4])[0])
        attributes, signed, stamped = fields[3], fields[5], fields[6:]
        chain = sorted(
            der.inside(data[3]), key=lambda each: hashlib.sha256(each).digest() not in attributes
        )
        parts = Parts(
            attributes=der.tagged(der.SET, attributes),
            signed=der.content_of(signed),
            chain=tuple(chain),
            time_stamp=der.inside(der.inside(der.inside(stamped[0])[0])[1])[0] if stamped else None,
        )
        again = signed_data(parts.attributes, parts.signed, parts.chain, parts.time_stamp)
    except (
        IndexError,
        StopIteration,
        ValueError,
        x509.InvalidVersion,
        UnsupportedAlgorithm,
    ) as error:
        raise NotOurs("This is no signature that this program makes.") from error
    if content != again.ljust(len(content), b"\0"):
        raise NotOurs("This is no signature that this program makes.")
    return parts


def _attribute(kind: bytes, value: bytes) -> bytes:
    return der.element(der.SEQUENCE, kind, der.element(der.SET, value))


_ONE = der.integer(1)
_DATA = der.identifier("1.2.840.113549.1.7.1")
_SIGNED_DATA = der.identifier("1.2.840.113549.1.7.2")
_CONTENT_TYPE = der.identifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.identifier("1.2.840.113549.1.9.4")
_TIME_STAMP = der.identifier("1.2.840.113549.1.9.16.2.14")
_SIGNING_CERTIFICATE_V2 = der.identifier("1.2.840.113549.1.9.16.2.47")
_RSA = der.identifier("1.2.840.113549.1.1.1")
_ECDSA_SHA256 = der.identifier("1.2.840.10045.4.3.2")
_SHA256 = der.element(der.SEQUENCE, der.identifier("2.16.840.1.101.3.4.2.1"))
