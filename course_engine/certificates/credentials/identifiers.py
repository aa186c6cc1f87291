"""Who signed: the decentralized identifier (DID) of an issuer, and its keys as texts."""

from typing import cast
from urllib.parse import quote, unquote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from course_engine.certificates.keyring import PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

_ED25519 = b"\xed\x01"
_KEY_BYTES = 32
_LONGEST = 128


class NotAnIdentifier(ValueError):
    """A text that names no key: the wrong alphabet, length or kind."""


def did(public_url: str, key: PublicKey) -> str:
    """Name an issuer: by the site's address when that is https, by its key otherwise.

    The address can be looked up by anybody; the key alone proves only that it is the same issuer.
    """
    parts = urlsplit(public_url)
    if parts.scheme != "https":
        return f"did:key:{multikey(key)}"
    path = parts.path.strip("/").split("/") if parts.path.strip("/") else []
    return ":".join(["did:web", quote(parts.netloc.lower(), safe=""), *path])


def method(issuer: str, key: PublicKey) -> str:
    """Name the key of an issuer that made a proof."""
    if issuer.startswith("did:key:"):
        return f"{issuer}#{issuer.removeprefix('did:key:')}"
    return f"{issuer}#key-{key.id}"


def names(method_named: str, key: PublicKey) -> bool:
    """Say whether a verification method names this key, wherever the site was at the time."""
    issuer, _, name = method_named.partition("#")
    if issuer.startswith("did:key:"):
        return name == multikey(key) == issuer.removeprefix("did:key:")
    return name == f"key-{key.id}"


def key_of(issuer: str) -> Ed25519PublicKey:
    """Read the key that a ``did:key`` consists of.

    :raises NotAnIdentifier: it is another identifier.
    """
    if not issuer.startswith("did:key:"):
        raise NotAnIdentifier("This identifier does not hold its key.")
    return from_multikey(issuer.removeprefix("did:key:"))


def address_of(issuer: str) -> str:
    """Return where the document of a ``did:web`` is found."""
    host, *path = issuer.removeprefix("did:web:").split(":")
    return f"https://{unquote(host)}/{'/'.join(path) or '.well-known'}/did.json"


def multikey(key: PublicKey) -> str:
    """Write an Ed25519 public key as text, as ``did:key`` and Multikey do."""
    return base58(_ED25519 + public_key(key).public_bytes(Encoding.Raw, PublicFormat.Raw))


def public_key(key: PublicKey) -> Ed25519PublicKey:
    """Return a key for credentials in the form that can check a signature."""
    return cast("Ed25519PublicKey", load_der_public_key(key.spki))


def from_multikey(text: str) -> Ed25519PublicKey:
    """Read an Ed25519 public key that ``multikey`` wrote.

    :raises NotAnIdentifier: it is something else.
    """
    content = from_base58(text)
    if not content.startswith(_ED25519) or len(content) != len(_ED25519) + _KEY_BYTES:
        raise NotAnIdentifier("This is not an Ed25519 key.")
    return Ed25519PublicKey.from_public_bytes(content[len(_ED25519) :])


def base58(content: bytes) -> str:
    """Write bytes in Multibase's base 58, with its letter ``z`` in front."""
    number, digits = int.from_bytes(content), ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    zeros = len(content) - len(content.lstrip(b"\0"))
    return f"z{ALPHABET[0] * zeros}{digits}"


def from_base58(text: str) -> bytes:
    """Read bytes that ``base58`` wrote, at most 128 characters of them.

    :raises NotAnIdentifier: a character is not one of base 58.
    """
    digits = text.removeprefix("z")
    if not text.startswith("z") or len(text) > _LONGEST or not set(digits) <= set(ALPHABET):
        raise NotAnIdentifier("This is not base 58.")
    number = 0
    for digit in digits:
        number = number * 58 + ALPHABET.index(digit)
    zeros = len(digits) - len(digits.lstrip(ALPHABET[0]))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)
