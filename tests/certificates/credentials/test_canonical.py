"""What a proof is made over: the same text that a JSON-LD processor makes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyld import jsonld

from course_engine.certificates.credentials import contexts, documents, identifiers, sealing
from course_engine.certificates.credentials.canonical import NotCanonical, canonical
from course_engine.certificates.credentials.status_lists import compose
from course_engine.certificates.facts import CertificateFacts, Issuer
from tests.certificates.credentials.sealed import CREDENTIAL, FACTS, KEY, WITHOUT_HTTPS, but

PROCESSOR = {
    "algorithm": "URDNA2015",
    "format": "application/n-quads",
    "documentLoader": contexts.load,
}

line = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


def document(facts: CertificateFacts, index: int = 5) -> dict[str, Any]:
    issuer = identifiers.did(documents.site_of(facts), KEY)
    return documents.compose(facts, issuer=issuer, status_index=index)


@pytest.mark.parametrize("facts", [FACTS, CREDENTIAL, WITHOUT_HTTPS, but(signatory=None)])
def test_every_kind_of_credential_is_canonized_as_a_processor_does_it(
    facts: CertificateFacts,
) -> None:
    assert canonical(document(facts)) == jsonld.normalize(document(facts), PROCESSOR)


@given(
    name=line,
    title=line,
    statements=st.lists(line, max_size=3),
    minutes=st.lists(st.tuples(line, st.integers(0, 10**6)), max_size=3, unique_by=lambda m: m[0]),
    place=st.just("") | line,
    index=st.integers(0, 10**7),
)
def test_whatever_the_facts_the_canonical_form_is_the_processors(
    *,
    name: str,
    title: str,
    statements: list[str],
    minutes: list[tuple[str, int]],
    place: str,
    index: int,
) -> None:
    issuer = Issuer(name=title, place=place)
    facts = but(
        legal_name=name,
        course_title=title,
        statements=tuple(statements),
        minutes=tuple(minutes),
        issuer=issuer,
    )
    written = document(facts, index)
    assert canonical(written) == jsonld.normalize(written, PROCESSOR)


def test_proof_options_and_status_lists_are_canonized_as_a_processor_does_it() -> None:
    sealed = json.loads(sealing.sealed_credential(FACTS, KEY, status_index=5))
    options = {"@context": sealed["@context"], **sealed["proof"]}
    del options["proofValue"]
    listed = compose(
        "https://learn.harbor.example",
        issuer="did:web:learn.harbor.example",
        purpose="revocation",
        number=0,
        places=(1, 5),
        since="2026-11-20T00:00:00Z",
    )
    for spoken in (options, listed):
        assert canonical(spoken) == jsonld.normalize(spoken, PROCESSOR)


@pytest.mark.parametrize(
    "change",
    [
        {"nonsense": "a word that no context defines"},
        {"https://schema.org/name": "a word in full"},
        {"@included": [{"id": "https://example.org", "type": ["Profile"]}]},
        {"@graph": []},
        {"name": 5},
        {"name": None},
        {"name": "a bell \a"},
        {"name": "urn\ud800"},
        {"id": "not an address"},
        {"id": "https://example.org/a b"},
        {"type": ["VerifiableCredential", "urn:mark:0"]},
        {"@context": ["https://example.org/other"]},
        {"@context": [{"name": "https://example.org/other"}]},
        {"name": "x" * 70_000, "description": ["x"] * 9_000},
    ],
)
def test_what_we_never_write_has_no_canonical_form(change: dict[str, Any]) -> None:
    with pytest.raises(NotCanonical):
        canonical({**document(FACTS), **change})


def test_a_context_is_never_fetched() -> None:
    with pytest.raises(contexts.UnknownContext):
        contexts.context("https://www.w3.org/2018/credentials/v1")
