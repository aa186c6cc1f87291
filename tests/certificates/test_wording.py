import pytest

from course_engine.certificates.facts import Approval, CredentialLocked, Kind
from course_engine.certificates.wording import (
    file_name,
    over_claims,
    say,
    wording,
)
from tests.certificates.printed import SERIAL, facts


def test_a_credential_stays_locked_without_an_approval_and_says_why() -> None:
    with pytest.raises(CredentialLocked, match="legal authority"):
        facts(kind="credential")


def test_a_credential_names_authority_and_approval() -> None:
    approval = Approval(authority="Example State Board", number="7-1234")
    told = facts(kind="credential", approval=approval)
    line = say(wording("credential").approval, told)
    assert line == "Granted under approval 7-1234 of Example State Board"


def test_only_the_wording_of_a_credential_says_credential_and_nothing_more() -> None:
    words = wording("credential")
    texts = [getattr(words, name) for name in words.__slots__]
    assert over_claims("\n".join(texts)) == {"credential"}


@pytest.mark.parametrize("kind", ["attendance", "completion"])
def test_no_wording_claims_more_than_a_course_can_give(kind: Kind) -> None:
    words = wording(kind)
    texts = [getattr(words, name) for name in words.__slots__]
    assert over_claims("\n".join(texts)) == set()


@pytest.mark.parametrize("kind", ["attendance", "completion"])
def test_each_kind_says_that_it_is_not_a_certification(kind: Kind) -> None:
    assert "not a certification or a license to practice" in wording(kind).disclaimer


def test_attendance_says_nothing_of_an_assessment_passed() -> None:
    words = wording("attendance")
    assert words.result == ""
    assert "passed" not in words.page_intro


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("a Certified Peer Specialist", "certified"),
        ("This certifies that", "certifies"),
        ("your certification", "certification"),
        ("a licensed\nprofessional", "licensed"),
        ("an accredited program", "accredited"),
        ("a qualified peer supporter", "qualified"),
        ("a registered course", "registered"),
        ("board-approved training", "board-approved"),
        ("authorized to practise", "authorized to practise"),
        ("a peer credential", "credential"),
    ],
)
def test_claims_are_found_in_any_spelling(text: str, claim: str) -> None:
    assert over_claims(text) == {claim}


def test_the_disclaimer_may_name_what_it_denies_even_across_lines() -> None:
    assert over_claims(wording("completion").disclaimer.replace(" ", "\n")) == set()


def test_words_after_the_disclaimer_are_still_read() -> None:
    assert over_claims(wording("completion").disclaimer + " You are certified.") == {"certified"}


def test_an_allowed_name_may_contain_such_a_word() -> None:
    named = "from the State Certification Board"
    assert over_claims(named) == {"certification"}
    assert over_claims(named, allowed=("State Certification Board",)) == set()


def test_a_file_is_named_by_kind_and_serial_and_not_by_person() -> None:
    assert file_name(facts()) == f"certificate-of-completion-{SERIAL}.pdf"


def test_facts_with_braces_are_only_text() -> None:
    words = wording("completion")
    assert "{course} 101" in say(words.mail_subject, facts(course_title="{course} 101"))


def test_every_text_passes_through_the_translator() -> None:
    words = wording("completion", str.upper)
    assert words.title == "CERTIFICATE OF COMPLETION"
    assert words.file_name == "certificate-of-completion-{serial}.pdf"
