"""The keys of a site: what signs now, what signed before, and how each is written down.

A key that was retired signs nothing any more. Its public part stays, so that whatever it signed
can be checked for as long as anybody keeps it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Purpose = Literal["credentials", "documents"]
PrivateKey = Ed25519PrivateKey | EllipticCurvePrivateKey | RSAPrivateKey

WARN_BEFORE = timedelta(days=60)
_ID_LENGTH = 16


@dataclass(frozen=True, kw_only=True, slots=True)
class PublicKey:
    """The part of a key that anybody may have, and that checks what the key signed.

    ``spki`` is the key itself (DER of its SubjectPublicKeyInfo). ``chain`` holds the certificates
    (DER) of a key for documents: its own first, then those above it. A key for credentials has
    none. ``retired`` is the moment its successor was made. ``distrusted``: others may have the
    private part, so what it signed proves nothing by itself any more.
    """

    purpose: Purpose
    created: datetime
    spki: bytes
    chain: tuple[bytes, ...] = ()
    retired: datetime | None = None
    distrusted: bool = False

    @property
    def id(self) -> str:
        """The short name of the key: it follows from the key alone."""
        return hashlib.sha256(self.spki).hexdigest()[:_ID_LENGTH]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the certificate, as PDF readers show it, or of a key that has none."""
        return hashlib.sha256(self.chain[0] if self.chain else self.spki).hexdigest()

    @property
    def certificate(self) -> x509.Certificate | None:
        """The certificate of a key for documents."""
        return x509.load_der_x509_certificate(self.chain[0]) if self.chain else None

    @property
    def expires(self) -> datetime | None:
        """The moment its certificate ends; a key without one does not expire."""
        return self.certificate.not_valid_after_utc if self.certificate else None

    def expires_soon(self, now: datetime) -> bool:
        """Say whether fewer than 60 days are left, or none."""
        return self.expires is not None and self.expires - now < WARN_BEFORE


@dataclass(frozen=True, kw_only=True, slots=True)
class SigningKey(PublicKey):
    """A key that can sign. The private part shows in no print, log or comparison."""

    private: PrivateKey = field(repr=False, compare=False)

    @property
    def public(self) -> PublicKey:
        """The same key without what is secret."""
        return PublicKey(
            purpose=self.purpose,
            created=self.created,
            spki=self.spki,
            chain=self.chain,
            retired=self.retired,
            distrusted=self.distrusted,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Keyring:
    """Every key that a site has or had: one of each purpose in use, the others retired."""

    credentials: SigningKey
    documents: SigningKey
    retired: tuple[PublicKey, ...] = ()

    def known(self, purpose: Purpose) -> tuple[PublicKey, ...]:
        """List the keys of a purpose that vouch for what they signed, the one in use first."""
        return tuple(key for key in self.every(purpose) if not key.distrusted)

    def every(self, purpose: Purpose) -> tuple[PublicKey, ...]:
        """List all public keys of a purpose: the one in use, then the latest retired."""
        current = self.credentials if purpose == "credentials" else self.documents
        return (current.public, *(key for key in self.retired if key.purpose == purpose))


def in_order(keys: Iterable[PublicKey]) -> list[PublicKey]:
    """Give each key of one purpose, oldest first, the moment its successor was made."""
    listed = list(keys)
    followed = [replace(key, retired=after.created) for key, after in pairwise(listed)]
    return [*followed, *listed[-1:]]


def spki_of(private: PrivateKey) -> bytes:
    """Return the public part of a private key."""
    return private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
