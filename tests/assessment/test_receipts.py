"""Receipts: the same bytes for the same attempt, in words, and without the key."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from course_engine.assessment import papers, receipts
from course_engine.assessment.papers import Item, Paper
from tests import builders

AT = datetime(2026, 11, 3, 9, 30, 7, tzinfo=UTC)


def made(*questions: Any, **answers: tuple[str, ...]) -> receipts.Receipt:
    paper = Paper(edition="e" * 64, items=tuple(papers.item(each, seed="s") for each in questions))
    return receipts.receipt(
        paper,
        {key: (answer, AT, 2) for key, answer in answers.items()},
        course="first",
        quiz="one",
        attempt=7,
        number=1,
        started_at=AT,
        handed_in_at=AT,
    )


def test_equal_attempts_make_equal_bytes() -> None:
    one, other = (made(builders.short(), short=("recovery",)) for _ in range(2))
    assert receipts.document(one) == receipts.document(other)
    assert receipts.sha256(one) == receipts.sha256(other)
    assert receipts.sha256(made(builders.short(), short=("other",))) != receipts.sha256(one)


def test_a_receipt_does_not_change_with_the_key() -> None:
    right, wrong = builders.single(rights="x---"), builders.single(rights="---x")
    assert receipts.document(made(right, single=("2",))) == receipts.document(
        made(wrong, single=("2",))
    )


def test_answers_stand_in_words() -> None:
    order = (2, 0, 1, 3)
    assert receipts.in_words(Item(question=builders.single(), order=order), ("1",)) == ("Choice 2",)
    assert receipts.in_words(
        Item(question=builders.ordering(), order=order), ("2", "1", "", "3")
    ) == ("1. a", "2. c", "3. d")
    pairs = receipts.in_words(Item(question=builders.matching(), order=(1, 0, 2)), ("1", "", "3"))
    assert pairs == ("Left 0 → q", "Left 1 → ", "Left 2 → r")
    assert receipts.in_words(Item(question=builders.number()), ("3,5",)) == ("3,5",)


def test_what_was_never_saved_is_blank_and_reflections_are_private() -> None:
    receipt = made(builders.short(), builders.reflection(), reflection=("my own words",))
    assert [(one.id, one.answer, one.saves) for one in receipt.answers] == [("short", (), 0)]
    assert "my own words" not in receipts.document(receipt).decode()


def test_the_file_is_json_with_sorted_keys() -> None:
    text = receipts.document(made(builders.short(), short=("Ø",))).decode()
    read = json.loads(text)
    assert list(read) == sorted(read)
    assert read["answers"][0]["saved_at"] == "2026-11-03T09:30:07+00:00"
    assert replace(made(builders.short())).number == 1
