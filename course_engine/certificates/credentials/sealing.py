"""The credential of a certificate as the bytes that are attached, downloaded and baked."""

import json
from typing import Any

from course_engine.certificates.credentials import documents, identifiers, proofs
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.keyring import SigningKey
from course_engine.certificates.wording import Translate

MEDIA_TYPE = "application/vc+ld+json"


def sealed_credential(
    facts: CertificateFacts, key: SigningKey, *, status_index: int, translate: Translate = str
) -> bytes:
    """Write facts as a credential and sign it; equal arguments give equal bytes.

    ``status_index`` is a place that ``records.status_places`` reserved. The proof is dated as the
    credential is: at the beginning of the day of issue.

    :raises NotCanonical: a fact holds what cannot be signed, such as a control character.
    """
    issuer = identifiers.did(documents.site_of(facts), key)
    document = documents.compose(
        facts, issuer=issuer, status_index=status_index, translate=translate
    )
    return text(
        proofs.signed(
            document,
            key,
            method=identifiers.method(issuer, key),
            created=document["validFrom"],
        )
    )


def text(document: dict[str, Any]) -> bytes:
    """Write a document the way that people can read it too."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
