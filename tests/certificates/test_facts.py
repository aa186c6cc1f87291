import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.certificates.facts import from_document, hours, to_document, total_minutes
from tests.certificates.printed import facts


def test_facts_survive_being_stored_as_json() -> None:
    stored = json.loads(json.dumps(to_document(facts())))
    assert from_document(stored) == facts()


def test_facts_without_a_signatory_survive_too() -> None:
    unsigned = replace(facts(), signatory=None, statements=())
    assert from_document(json.loads(json.dumps(to_document(unsigned)))) == unsigned


def test_dates_are_stored_as_days() -> None:
    assert to_document(facts())["completed_on"] == "2026-11-20"


def test_an_unknown_fact_is_not_accepted() -> None:
    with pytest.raises(ValueError, match="mark"):
        from_document(to_document(facts()) | {"mark": 93})


def test_a_missing_fact_is_not_accepted() -> None:
    document = to_document(facts())
    del document["serial"]
    with pytest.raises(ValueError, match="serial"):
        from_document(document)


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0"), (5, "0"), (59, "0.9"), (60, "1"), (119, "1.9"), (185, "3")]
)
def test_hours_are_rounded_down_to_a_tenth(minutes: int, shown: str) -> None:
    assert hours(minutes) == shown


@given(st.integers(0, 100_000))
def test_shown_hours_never_exceed_the_minutes(minutes: int) -> None:
    tenths = round(float(hours(minutes)) * 10)
    assert tenths * 6 <= minutes < (tenths + 1) * 6


def test_the_total_is_the_sum_of_its_kinds() -> None:
    assert total_minutes((("live", 90), ("self-paced", 95))) == 185
