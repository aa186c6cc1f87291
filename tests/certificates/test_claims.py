"""Everything that is ever said of a certificate, read for words that claim more than is true."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from course_engine.certificates.credentials.sealing import sealed_credential
from course_engine.certificates.design import Design
from course_engine.certificates.facts import Approval, CertificateFacts, Kind
from course_engine.certificates.pictures import layouts
from course_engine.certificates.pictures.shapes import Words
from course_engine.certificates.printing import print_certificate
from course_engine.certificates.styles import style_of
from course_engine.certificates.wording import file_name, over_claims, say, wording
from tests.certificates.credentials.sealed import KEY
from tests.certificates.printed import facts, opened, tool, words

KINDS: tuple[Kind, ...] = ("attendance", "completion", "credential")
# Only what was granted under an approval may call itself a credential, and it claims no more.
ALLOWED: dict[Kind, set[str]] = {
    "attendance": set(),
    "completion": set(),
    "credential": {"credential"},
}
APPROVAL = Approval(authority="Example State Board", number="7-1234")
# The standard's own words in a credential document: names of fields and addresses of contexts.
STANDARD = "verifiable credential", "w3.org", "purl.imsglobal.org", "did:"


def of(kind: Kind) -> CertificateFacts:
    return facts(kind=kind, approval=APPROVAL if kind == "credential" else None)


@pytest.mark.parametrize("kind", KINDS)
def test_mail_page_and_file_name_claim_no_more(kind: Kind) -> None:
    told, table = of(kind), wording(kind)
    texts = [getattr(table, name) for name in table.__slots__]
    said = [say(text, told) for text in texts] + [file_name(told)]
    assert over_claims("\n".join(said)) <= ALLOWED[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_credential_document_claims_no_more(kind: Kind) -> None:
    document = json.loads(sealed_credential(of(kind), KEY, status_index=7))
    said = [text for text in spoken(document) if not any(word in text for word in STANDARD)]
    assert said
    assert over_claims("\n".join(said)) <= ALLOWED[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_the_badge_and_the_card_claim_no_more(kind: Kind) -> None:
    colors = style_of(Design()).colors
    drawn = layouts.badge(of(kind), colors)
    said = " ".join(shape.text for shape in drawn.shapes if isinstance(shape, Words))
    assert wording(kind).title in said
    assert over_claims(said) <= ALLOWED[kind]


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_sheet_and_its_metadata_claim_no_more(kind: Kind) -> None:
    pdf = print_certificate(of(kind), Design())
    told = [
        words(pdf),
        tool("pdfinfo", "-struct-text", "PDF", pdf=pdf),
        *map(str, opened(pdf).docinfo.values()),
        opened(pdf).Root.Metadata.read_bytes().decode(),
    ]
    assert set().union(*map(over_claims, told)) <= ALLOWED[kind]
    assert (APPROVAL.number in told[0]) == (kind == "credential")


def spoken(document: Any) -> Iterator[str]:
    """Every text of a JSON document that a person might be shown."""
    match document:
        case dict():
            for key, value in document.items():
                if key not in {"type", "@context", "id"}:
                    yield from spoken(value)
        case list():
            for value in document:
                yield from spoken(value)
        case str():
            yield document
