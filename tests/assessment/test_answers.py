"""Answers: whatever a browser sends is read or refused, and tabs are merged by question."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import answers, marking, papers
from course_engine.assessment.answers import BLANK, Answer
from course_engine.assessment.papers import Item, Paper
from course_engine.curriculum.questions import Question
from tests import builders
from tests.assessment.sampling import answers_to, questions, sat_papers, seeds

pytestmark = pytest.mark.pure

anything = st.lists(
    st.text(max_size=8) | st.sampled_from(["", "1", "2", "3", "4", "0", "-1", "01", "99", "\x00"]),
    max_size=6,
)


def laid_out(question: Question) -> Item:
    return papers.item(question, seed=1)


@given(questions, seeds, anything)
def test_any_strings_give_an_answer_or_none(
    question: Question, seed: int | str, sent: list[str]
) -> None:
    item = papers.item(question, seed=seed)
    answer = answers.read(item, sent)
    if answer is not None:
        assert answers.read(item, answer) == answer
        json.dumps(answer).encode()


@given(st.data(), questions, seeds)
def test_what_the_page_can_send_is_kept_as_it_is(
    data: st.DataObject, question: Question, seed: int | str
) -> None:
    item = papers.item(question, seed=seed)
    answer = data.draw(answers_to(item))
    assert answers.read(item, answer) == (answer if any(answer) else BLANK)


@pytest.mark.parametrize("sent", [["5"], ["0"], ["01"], ["1", "2"], ["x"], ["1", "9"], ["\u0661"]])
def test_a_forged_choice_is_refused(sent: list[str]) -> None:
    assert answers.read(laid_out(builders.single()), sent) is None


@pytest.mark.parametrize("sent", [["1", "2"], ["1", "2", "3", "4"], ["1", "2", "9"]])
def test_a_matching_answer_with_wrong_lines_is_refused(sent: list[str]) -> None:
    assert answers.read(laid_out(builders.matching()), sent) is None


def test_several_choices_are_kept_once_and_in_order() -> None:
    assert answers.read(laid_out(builders.multiple()), ["3", "1", "3", ""]) == ("1", "3")


def test_one_field_cannot_hold_two_texts() -> None:
    assert answers.read(laid_out(builders.short()), ["one", "two"]) is None


def test_half_an_ordering_is_kept_as_it_is() -> None:
    assert answers.read(laid_out(builders.ordering()), ["", "2", "2", ""]) == ("", "2", "2", "")


@pytest.mark.parametrize("question", builders.every_kind())
@pytest.mark.parametrize("sent", [[], [""], ["", ""]])
def test_nothing_filled_in_is_a_blank(question: Question, sent: list[str]) -> None:
    assert answers.read(laid_out(question), sent) == BLANK


def test_text_is_trimmed_and_loses_what_cannot_be_stored() -> None:
    assert answers.read(laid_out(builders.short()), [" a\x00b\ud800 "]) == ("ab",)
    assert answers.read(laid_out(builders.reflection()), ["one\r\ntwo"]) == ("one\ntwo",)
    assert answers.read(laid_out(builders.short()), ["  \x00 "]) == BLANK


def test_a_text_may_be_as_long_as_its_limit_and_no_longer() -> None:
    longest = answers.limit(builders.short())
    assert answers.read(laid_out(builders.short()), ["a" * longest]) == ("a" * longest,)
    assert answers.read(laid_out(builders.short()), ["a" * (longest + 1)]) is None
    assert answers.read(laid_out(builders.short()), ["a" * 1_000_000]) is None


def test_collecting_keeps_what_fits_names_what_does_not_and_ignores_strangers() -> None:
    paper = papers.draw(builders.quiz(*map(builders.single, "abd")), edition="", seed=1)
    collected = answers.collect(paper, {"a": ["1"], "b": ["77"], "c": ["1"]})
    assert collected.answers == {"a": ("1",)}
    assert collected.refused == ("b",)


def test_a_question_half_filled_in_counts_as_unanswered() -> None:
    asked = (builders.single(), builders.matching(), builders.short())
    paper = papers.draw(builders.quiz(*asked), edition="", seed=1)
    open_ones = answers.unanswered(paper, {"matching": ("1", "", "2"), "short": ("word",)})
    assert set(open_ones) == {"single", "matching"}


def test_private_words_left_out_are_no_blank_that_counts() -> None:
    paper = papers.draw(builders.quiz(builders.single(), builders.reflection()), edition="", seed=1)
    assert marking.blanks(paper, {}) == {"single"}


@given(sat_papers())
def test_a_form_sent_back_untouched_changes_nothing(sat: tuple[Paper, dict[str, Answer]]) -> None:
    _, given_answers = sat
    shown = {key: answers.fingerprint(answer) for key, answer in given_answers.items()}
    assert answers.changes(shown, given_answers) == {}


def test_two_tabs_are_merged_question_by_question() -> None:
    shown = {"a": answers.fingerprint(BLANK), "b": answers.fingerprint(BLANK)}
    saved: dict[str, Answer] = {}
    saved |= answers.changes(shown, {"a": ("1",), "b": BLANK})
    saved |= answers.changes(shown, {"a": BLANK, "b": ("2",)})
    assert saved == {"a": ("1",), "b": ("2",)}


def test_taking_an_answer_back_is_a_change() -> None:
    assert answers.changes({"a": answers.fingerprint(("1",))}, {"a": BLANK}) == {"a": BLANK}


def test_an_answer_without_a_fingerprint_counts_as_changed() -> None:
    assert answers.changes({}, {"a": ("1",)}) == {"a": ("1",)}
