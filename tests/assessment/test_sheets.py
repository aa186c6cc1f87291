"""What a page holds before the paper is handed in: everything to answer, nothing about the key."""

from dataclasses import fields, replace
from typing import assert_never

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import answers, sheets
from course_engine.assessment.answers import Answer
from course_engine.assessment.papers import Item, Paper
from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from tests import builders
from tests.assessment.sampling import sat_papers

pytestmark = pytest.mark.pure


@given(sat_papers(), st.data())
def test_another_key_leaves_the_sheet_as_it_is(
    sat: tuple[Paper, dict[str, Answer]], data: st.DataObject
) -> None:
    paper, given_answers = sat
    other = replace(paper, items=tuple(_rekeyed(item, data) for item in paper.items))
    assert sheets.sheet(other, given_answers) == sheets.sheet(paper, given_answers)


def test_no_view_has_a_place_for_the_key() -> None:
    views = (
        sheets.SheetQuestion,
        sheets.Option,
        sheets.ChoiceField,
        sheets.Line,
        sheets.MatchField,
        sheets.OrderField,
        sheets.TextField,
    )
    names = {field.name for view in views for field in fields(view)}
    assert names.isdisjoint({"right", "key", "feedback", "explanation", "critical", "accepted"})


def test_options_are_numbered_as_they_stand_on_the_page() -> None:
    item = Item(question=builders.single(rights="-x--"), order=(2, 1, 3, 0))
    (question,) = sheets.sheet(Paper(edition="e", items=(item,)), {"single": ("2",)})
    assert question.field == sheets.ChoiceField(
        options=(
            sheets.Option(number="1", text=Html("Choice 2")),
            sheets.Option(number="2", text=Html("Choice 1"), chosen=True),
            sheets.Option(number="3", text=Html("Choice 3")),
            sheets.Option(number="4", text=Html("Choice 0")),
        )
    )
    assert question.fingerprint == answers.fingerprint(("2",))


def test_lines_show_what_was_given_so_far() -> None:
    item = Item(question=builders.ordering(items="ab"), order=(1, 0))
    (question,) = sheets.sheet(Paper(edition="e", items=(item,)), {"ordering": ("2", "")})
    assert question.field == sheets.OrderField(
        lines=(sheets.Line(text=Html("b"), value="2"), sheets.Line(text=Html("a"), value="")),
        ranks=("1", "2"),
    )


def test_matching_offers_each_right_hand_side_once() -> None:
    item = Item(question=builders.matching(rights="ppq"), order=(2, 0))
    (question,) = sheets.sheet(Paper(edition="e", items=(item,)), {})
    assert isinstance(question.field, sheets.MatchField)
    assert [option.text for option in question.field.options] == ["q", "p"]
    assert [line.value for line in question.field.lines] == ["", "", ""]


def test_an_inline_check_stands_the_same_for_everybody_and_not_in_its_right_order() -> None:
    question = builders.ordering(items="abcdef")
    field = sheets.check_sheet(question).field
    assert isinstance(field, sheets.OrderField)
    assert [line.text for line in field.lines] != list(question.items)
    assert sheets.check_sheet(question).field == field


def _rekeyed(item: Item, data: st.DataObject) -> Item:
    """Give the question another key, with the words on the page where they were."""
    question: Question = replace(item.question, explanation=Html("Because."), critical=True)
    match question:
        case SingleChoice() | MultipleChoice():
            question = replace(question, choices=_marked(question, data))
        case ScopeQuestion():
            first, second, third, fourth = _marked(question, data)
            question = replace(question, choices=(first, second, third, fourth))
        case Matching() | Ordering():
            return _moved(item, question, data)
        case ShortAnswer():
            question = replace(question, accepted=("another",))
        case NumberAnswer():
            question = replace(question, low="-1", high="-1")
        case Written():
            question = replace(question, rubric="other", assessors=2)
        case Reflection():
            pass
        case _:
            assert_never(question)
    return replace(item, question=question)


def _moved(item: Item, question: Matching | Ordering, data: st.DataObject) -> Item:
    if isinstance(question, Matching):
        texts = tuple(pair.right for pair in question.pairs)
    else:
        texts = question.items
    other = tuple(data.draw(st.permutations(texts)))
    # What stands on the page stays there; only where it belongs is another place.
    order = tuple(other.index(texts[index]) for index in item.order)
    if isinstance(question, Ordering):
        return Item(question=replace(question, items=other), order=order)
    pairs = tuple(
        replace(pair, right=right) for pair, right in zip(question.pairs, other, strict=True)
    )
    return Item(question=replace(question, pairs=pairs), order=order)


def _marked(
    question: SingleChoice | MultipleChoice | ScopeQuestion, data: st.DataObject
) -> tuple[Choice, ...]:
    return tuple(
        replace(choice, right=data.draw(st.booleans()), feedback=Html("Another word."))
        for choice in question.choices
    )
