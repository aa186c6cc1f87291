"""Adding a Data Integrity proof (``eddsa-rdfc-2022``) to a document, and checking one."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, cast

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from course_engine.certificates.credentials.canonical import NotCanonical, canonical
from course_engine.certificates.credentials.identifiers import NotAnIdentifier, base58, from_base58
from course_engine.certificates.keyring import SigningKey

KIND = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
PURPOSE = {"proofPurpose": "assertionMethod"}


def signed(
    document: Mapping[str, Any], key: SigningKey, *, method: str, created: str
) -> dict[str, Any]:
    """Return a document with its proof; ``created`` is an XML Schema dateTime with its zone.

    Equal arguments give an equal proof. :raises NotCanonical: the document cannot be signed.
    """
    proof = {**KIND, "created": created, "verificationMethod": method, **PURPOSE}
    private = cast("Ed25519PrivateKey", key.private)
    return {
        **document,
        "proof": {**proof, "proofValue": base58(private.sign(_digest(document, proof)))},
    }


def proven(
    document: Mapping[str, Any], key_named: Callable[[str], Ed25519PublicKey | None]
) -> bool | None:
    """Say whether a document is what was signed; None when nobody knows the key of its proof.

    ``key_named`` finds the key of a verification method. Only the proof is checked: who trusts
    the words of the document must also know that each word stands where we write it, see
    ``reading``.
    """
    proof = document.get("proof")
    if not isinstance(proof, Mapping) or not isinstance(proof.get("proofValue"), str):
        return False
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    if any(options.get(name) != value for name, value in (KIND | PURPOSE).items()):
        return False
    key = key_named(str(options.get("verificationMethod")))
    if key is None:
        return None
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    try:
        key.verify(from_base58(proof["proofValue"]), _digest(unsigned, options))
    except (InvalidSignature, NotCanonical, NotAnIdentifier, RecursionError):
        return False
    return True


def _digest(document: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    """Return what is signed: the digest of the proof's own words, then that of the document."""
    spoken = {"@context": document.get("@context"), **options}
    return b"".join(
        hashlib.sha256(canonical(part).encode()).digest() for part in (spoken, document)
    )
