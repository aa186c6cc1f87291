"""Examining a signed PDF by itself: who signed it, when, and whether a single byte was changed.

It needs no database and no network, and reads the file as bytes, not as pages: a file that
``pades.sign`` made holds one signature over everything but the signature itself, and that one can
be written in one way only. So every byte is accounted for, but for a few of a time stamp that its
authority itself leaves unsigned, such as its list of algorithms.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.x509.oid import NameOID

from course_engine.certificates import cms, time_stamps
from course_engine.certificates.keyring import PublicKey
from course_engine.certificates.time_stamps import TimeStamp

_RANGE = re.compile(rb"/ByteRange \[0 (\d{1,10}) (\d{1,10}) (\d{1,10})\]")
_HEXADECIMAL = re.compile(rb"<(?:[0-9a-f]{2})+>")
_MOMENT = re.compile(rb"/M \(D:(\d{14})Z\)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Examined:
    """What a signature says of itself, and what holds of it.

    ``signer`` and ``signed_at`` are what the signature tells; both are empty where it is damaged so
    that it cannot be read. ``whole``: it covers the file from its first byte to its last.
    ``intact``: nothing in the file changed since. ``key`` is the known key that signed, None for a
    stranger's. ``time_stamp`` is there where a time-stamp authority vouches for the moment; who
    trusts that authority is not decided here. One that is damaged makes the file not genuine.
    """

    signer: str
    fingerprint: str
    signed_at: datetime | None
    whole: bool
    intact: bool
    key: PublicKey | None
    time_stamp: TimeStamp | None = None
    time_stamp_damaged: bool = False

    @property
    def genuine(self) -> bool:
        """Whether a known key signed this file, whole, as it is, and before it was retired."""
        sound = self.whole and self.intact and not self.time_stamp_damaged
        if not (sound and self.key and self.signed_at):
            return False
        return self.key.retired is None or self.signed_at <= self.key.retired


def examine(pdf: bytes, known: Iterable[PublicKey]) -> Examined | None:
    """Examine the signature of a PDF; None where there is none.

    ``known`` are the keys for documents that the caller trusts, retired ones too. A signature that
    another program made looks like a damaged one.
    """
    found = _RANGE.findall(pdf)
    if not found:
        return None
    start, end, rest = (int(number) for number in found[0])
    whole = len(found) == 1 and end + rest == len(pdf)
    gap = pdf[start:end]
    if not _HEXADECIMAL.fullmatch(gap):
        return _damaged(whole=whole)
    try:
        parts = cms.taken_apart(bytes.fromhex(gap[1:-1].decode()))
        certificate = x509.load_der_x509_certificate(parts.chain[0])
        names = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    except ValueError:
        return _damaged(whole=whole)
    moment = _MOMENT.search(pdf)
    stamp = time_stamps.read(parts.time_stamp, parts.signed) if parts.time_stamp else None
    return Examined(
        signer=str(names[0].value) if names else certificate.subject.rfc4514_string(),
        fingerprint=hashlib.sha256(parts.chain[0]).hexdigest(),
        signed_at=_read(moment[1]) if moment else None,
        whole=whole,
        intact=_is_intact(hashlib.sha256(pdf[:start] + pdf[end : end + rest]).digest(), parts),
        key=next((key for key in known if key.chain[:1] == parts.chain[:1]), None),
        time_stamp=stamp,
        time_stamp_damaged=parts.time_stamp is not None and not (stamp and stamp.sound),
    )


def _damaged(*, whole: bool) -> Examined:
    return Examined(signer="", fingerprint="", signed_at=None, whole=whole, intact=False, key=None)


def _is_intact(digest: bytes, parts: cms.Parts) -> bool:
    if parts.attributes != cms.signed_attributes(digest, parts.chain[0]):
        return False
    try:
        cms.verify(parts.attributes, parts.signed, parts.chain[0])
    except (InvalidSignature, TypeError):
        return False
    return True


def _read(digits: bytes) -> datetime | None:
    try:
        return datetime.strptime(digits.decode(), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
