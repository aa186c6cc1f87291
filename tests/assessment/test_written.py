"""Typed answers: kind about how it is written, strict about what."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment.written import readings, same_words, within

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("  RECOVERY ", "recovery"),
        ("resume", "résumé"),
        ("résumé", "resume"),
        ("peer  support", "peer support"),
        ("peersupport", "peer support"),
        ("don\u2019t", "don't"),
        ("self\u2013care", "self-care"),
        ("STRASSE", "straße"),
        ("\uff30\uff25\uff25\uff32", "peer"),
        ("re\u00adcovery", "recovery"),
        ("שלום", "שָׁלוֹם"),
    ],
)
def test_case_spacing_and_accents_do_not_matter(typed: str, key: str) -> None:
    assert same_words(typed, [key])


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("recoverry", "recovery"),
        ("", "recovery"),
        ("self care", "self-care"),
        ("か", "が"),
        ("\u0301", "e"),
    ],
)
def test_nothing_fuzzy_is_accepted(typed: str, key: str) -> None:
    assert not same_words(typed, [key])


def test_any_accepted_answer_will_do() -> None:
    assert same_words("call 988", ["988", "call 988"])


@pytest.mark.parametrize("typed", ["40", "60", "40.0", "59,9", " 50 ", "+50", "5\uff10", "060"])
def test_a_number_inside_the_bounds_or_on_them_is_right(typed: str) -> None:
    assert within(typed, low="40", high="60")


@pytest.mark.parametrize(
    "typed", ["39.999", "60,001", "-50", "50 %", "fifty", "", ".", "5e1", "4²"]
)
def test_anything_else_is_not(typed: str) -> None:
    assert not within(typed, low="40", high="60")


def test_bounds_are_exact_and_not_binary() -> None:
    assert within("0,3", low="0.3", high="0.3")
    assert within("\u22123.5", low="-3.5", high="-3.5")


@pytest.mark.parametrize(
    "typed", ["1,500", "1.500", "1 500", "1\u202f500", "1'500", "1500", "1,500.0"]
)
def test_grouped_thousands_are_understood(typed: str) -> None:
    assert within(typed, low="1500", high="1500")


def test_an_ambiguous_comma_is_read_both_ways() -> None:
    assert readings("1,500") == (Decimal("1.500"), Decimal(1500))


@given(st.text(max_size=40) | st.text("0123456789.,' -+", max_size=12))
def test_any_text_can_be_compared(typed: str) -> None:
    assert within(typed, low="0", high="9") in {True, False}
    assert same_words(f"a{typed}", [f"a{typed}"])
