"""The signature inside a signed PDF: a CMS SignedData (RFC 5652) as PAdES B-B asks for it.

Signed are the kind of content, the digest of the file, and which certificate signs (RFC 5035).
DER leaves one way to write each of these, so equal parts give equal bytes: whoever checks can
write the whole structure again and compare.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256

from course_engine.certificates.keyring import SigningKey

_SEQUENCE, _SET, _INTEGER, _OCTETS, _OID, _NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05
_CONTEXT_0, _CONTEXT_1 = 0xA0, 0xA1
_SHORT = 0x80


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
    named = _der(_OCTETS, hashlib.sha256(certificate).digest())
    return _der_set(
        (
            _attribute(_CONTENT_TYPE, _DATA),
            _attribute(_MESSAGE_DIGEST, _der(_OCTETS, digest)),
            _attribute(
                _SIGNING_CERTIFICATE_V2,
                _der(_SEQUENCE, _der(_SEQUENCE, _der(_SEQUENCE, named))),
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
    signer = _der(
        _SEQUENCE,
        _ONE,
        _der(_SEQUENCE, certificate.issuer.public_bytes(), _integer(certificate.serial_number)),
        _SHA256,
        bytes([_CONTEXT_0]) + attributes[1:],
        _der(_SEQUENCE, _RSA, _der(_NULL)) if uses_rsa else _der(_SEQUENCE, _ECDSA_SHA256),
        _der(_OCTETS, signed),
        _der(_CONTEXT_1, _attribute(_TIME_STAMP, time_stamp)) if time_stamp else b"",
    )
    content = _der(
        _SEQUENCE,
        _ONE,
        _der(_SET, _SHA256),
        _der(_SEQUENCE, _DATA),
        bytes([_CONTEXT_0]) + _der_set(chain)[1:],
        _der(_SET, signer),
    )
    return _der(_SEQUENCE, _SIGNED_DATA, _der(_CONTEXT_0, content))


def taken_apart(content: bytes) -> Parts:
    """Take a CMS apart that ``signed_data`` put together; zeros may follow it.

    Raises NotOurs unless the parts, put together again, give exactly the same bytes. So whatever
    is changed in it is either found here, or changes a part.
    """
    try:
        whole = next(_elements(content))
        data = _inside(_inside(_inside(whole)[1])[0])
        signer = _inside(_inside(data[4])[0])
        certificates = _inside(data[3])
        chain = tuple(
            sorted(certificates, key=lambda each: hashlib.sha256(each).digest() not in signer[3])
        )
        parts = Parts(
            attributes=bytes([_SET]) + signer[3][1:],
            signed=_content(signer[5]),
            chain=chain,
            time_stamp=_inside(_inside(_inside(signer[6])[0])[1])[0] if len(signer) > 6 else None,  # noqa: PLR2004 - its place in RFC 5652
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
    return _der(_SEQUENCE, kind, _der(_SET, value))


def _der_set(members: Iterable[bytes]) -> bytes:
    return _der(_SET, *sorted(members))


def _integer(number: int) -> bytes:
    return _der(_INTEGER, number.to_bytes(number.bit_length() // 8 + 1))


def _identifier(dotted: str) -> bytes:
    first, second, *others = map(int, dotted.split("."))
    encoded = bytearray([first * 40 + second])
    for number in others:
        low = [number & 0x7F]
        while number := number >> 7:
            low.append(number & 0x7F | _SHORT)
        encoded += bytes(reversed(low))
    return _der(_OID, bytes(encoded))


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    length = len(content)
    if length < _SHORT:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, _SHORT | len(size)]) + size + content


def _elements(content: bytes) -> Iterator[bytes]:
    """Yield the elements that stand one after the other."""
    while content:
        start, length = 2, content[1]
        if length & _SHORT:
            start += length ^ _SHORT
            length = int.from_bytes(content[2:start])
        yield content[: start + length]
        content = content[start + length :]


def _inside(element: bytes) -> list[bytes]:
    return list(_elements(_content(element)))


def _content(element: bytes) -> bytes:
    return element[2 + (element[1] ^ _SHORT if element[1] & _SHORT else 0) :]


_ONE = _integer(1)
_DATA = _identifier("1.2.840.113549.1.7.1")
_SIGNED_DATA = _identifier("1.2.840.113549.1.7.2")
_CONTENT_TYPE = _identifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = _identifier("1.2.840.113549.1.9.4")
_TIME_STAMP = _identifier("1.2.840.113549.1.9.16.2.14")
_SIGNING_CERTIFICATE_V2 = _identifier("1.2.840.113549.1.9.16.2.47")
_RSA = _identifier("1.2.840.113549.1.1.1")
_ECDSA_SHA256 = _identifier("1.2.840.10045.4.3.2")
_SHA256 = _der(_SEQUENCE, _identifier("2.16.840.1.101.3.4.2.1"))
