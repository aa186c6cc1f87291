import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates.names import NotPrintable, printable_name


@pytest.mark.parametrize(
    "name",
    [
        "Cher",
        "O’Neill",
        "D'Angelo",
        "Nguyễn Thị Thanh Trúc",
        "Łukasz Żółć",
        "محمد عبد الرحمن",
        "יעל בן־דוד",
        "प्रियंका श्रीवास्तव",
        "สมหญิง",
        "ස්\u200dරීමතී",
        "علی\u200cرضا",
        "王小明",
    ],
)
def test_real_names_stay_as_they_are(name: str) -> None:
    assert printable_name(name) == name


def test_a_name_is_composed_and_set_on_one_line() -> None:
    assert printable_name("  Zoe\u0308 \n\t Mu\u0308ller ") == "Zoë Müller"


def test_hidden_controls_and_direction_overrides_are_taken_out() -> None:
    assert printable_name("\ufeffA\u202ena \u2067R\u0007uiz\u200e\u00ad") == "Ana Ruiz"


def test_mathematical_letters_become_plain_ones() -> None:
    assert printable_name("𝐀𝒏𝓪 Ruiz") == "Ana Ruiz"


@pytest.mark.parametrize("name", ["", "   ", "\u200d", "\u202e\u0000"])
def test_a_name_is_needed(name: str) -> None:
    with pytest.raises(NotPrintable, match="needs a name"):
        printable_name(name)


def test_two_hundred_characters_are_the_most() -> None:
    assert len(printable_name("x" * 200)) == 200
    with pytest.raises(NotPrintable, match="201 characters"):
        printable_name("x" * 201)


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("Ana \ue000", "U+E000 (is for private use)"),
        ("Ana \U0010ffff", "U+10FFFF (is not assigned)"),
        ("Ana \ud800", "U+D800 (is half a character)"),
    ],
)
def test_characters_without_a_meaning_are_refused_by_name(name: str, named: str) -> None:
    with pytest.raises(NotPrintable) as refusal:
        printable_name(name)
    assert named in str(refusal.value)


def test_towers_of_marks_are_refused() -> None:
    assert printable_name("Q" + "\u0323" * 6)
    with pytest.raises(NotPrintable, match="more than 6 marks"):
        printable_name("Q" + "\u0323" * 7)


@given(st.text(max_size=220))
def test_a_printable_name_is_clean_and_stays_the_same(typed: str) -> None:
    try:
        name = printable_name(typed)
    except NotPrintable:
        return
    assert printable_name(name) == name
    assert name == name.strip()
    assert not {unicodedata.category(c) for c in name} & {"Cc", "Cn", "Co", "Cs", "Zl", "Zp"}
    assert not set(name) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")
