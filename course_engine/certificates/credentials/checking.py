"""What can be said of a stranger's copy by itself and public keys: no records, no network."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from course_engine.certificates import examining
from course_engine.certificates.credentials import (
    identifiers,
    printed_words,
    proofs,
    reading,
    strict_json,
)
from course_engine.certificates.credentials.copies import Copy
from course_engine.certificates.credentials.printed_words import Difference
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.keyring import PublicKey

Verdict = Literal["genuine", "unnamed", "altered", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What a copy is.

    *genuine*: signed by a key that we know, and nothing was changed. *unnamed*: nothing was
    changed, and the key that signed is not one that we were told to trust. *altered*: somebody
    changed it. *unknown*: there is nothing in it that we could check.

    ``facts`` are those that a proof of a known or unnamed key covers; ``claimed`` are those of a
    credential that was itself changed, and nobody vouches for them.
    """

    verdict: Verdict
    facts: CertificateFacts | None = None
    claimed: CertificateFacts | None = None
    status_index: int | None = None
    signer: str = ""
    differences: tuple[Difference, ...] = ()


def check(content: bytes, copy: Copy, keys: Iterable[PublicKey]) -> Finding:
    """Check a file that ``copies.opened`` opened, against the keys that the reader trusts."""
    known = tuple(keys)
    found = _checked_credential(copy.credential, known)
    if copy.kind != "pdf" or found.facts is None:
        return found
    examined = examining.examine(content, [key for key in known if key.purpose == "documents"])
    if examined and examined.genuine and found.verdict == "genuine":
        return found
    differences = printed_words.missing_in(copy.text, found.facts)
    same_words = not any(difference.certain for difference in differences)
    if examined and examined.whole and examined.intact and same_words:
        return replace(found, verdict="unnamed", signer=examined.signer)
    return replace(found, verdict="altered", differences=differences)


def _checked_credential(content: bytes | None, known: tuple[PublicKey, ...]) -> Finding:
    if content is None:
        return Finding(verdict="unknown")
    try:
        document = strict_json.parsed(content)
        facts, credential = reading.read(document)
    except strict_json.NotOurs:
        return Finding(verdict="unknown")
    issuer = credential.issuer.id
    named = credential.proof.verificationMethod
    ours = next((key for key in known if _signs_as(key, issuer, named)), None)
    if ours is not None:
        proven = proofs.proven(document, lambda _: identifiers.public_key(ours))
    else:
        proven = proofs.proven(document, lambda _: _own_key(issuer, named))
    if proven is None:
        return Finding(verdict="unknown", claimed=facts, signer=issuer)
    if not proven:
        return Finding(verdict="altered", claimed=facts, signer=issuer)
    return Finding(
        verdict="genuine" if ours else "unnamed",
        facts=facts,
        status_index=reading.status_index(credential),
        signer=issuer,
    )


def _signs_as(key: PublicKey, issuer: str, method: str) -> bool:
    return (
        key.purpose == "credentials"
        and method.partition("#")[0] == issuer
        and identifiers.names(method, key)
    )


def _own_key(issuer: str, method: str) -> Ed25519PublicKey | None:
    """Return the key that an identifier consists of; it proves only that one key made it all."""
    try:
        key = identifiers.key_of(issuer)
    except identifiers.NotAnIdentifier:
        return None
    return key if method == f"{issuer}#{issuer.removeprefix('did:key:')}" else None
