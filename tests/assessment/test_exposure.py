"""Exposure: a question that joins a bank neither stands on every paper nor on none."""

import pytest

from course_engine.assessment.exposure import head_starts
from tests import builders

pytestmark = pytest.mark.pure


def test_a_first_bank_begins_at_nothing() -> None:
    exam = builders.exam(draw={"a": 1}, bank={"a": 2})
    assert head_starts(exam, {}) == {"a-0": 0, "a-1": 0}


def test_a_question_that_joins_begins_level_with_the_least_worn_of_its_topic() -> None:
    exam = builders.exam(draw={"a": 1, "b": 1}, bank={"a": 3, "b": 2})
    assert head_starts(exam, {"a-0": 7, "a-1": 6, "b-0": 2}) == {"a-2": 6, "b-1": 2}


def test_what_is_never_drawn_is_not_counted() -> None:
    exam = builders.exam(draw={"a": 1}, bank={"a": 1, "b": 1})
    assert head_starts(exam, {}) == {"a-0": 0}
