"""The eight kinds of question, as they are written."""

import pytest

from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Pair,
    Reflection,
    Scope,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)
from tests.curriculum.authored import codes, question, quiz, said

pytestmark = pytest.mark.pure

DOSE = """
## She asks which dose you take. What fits? {#dose .scope competency="s:III.3 s:A" critical}

Maya was prescribed a new medicine on Monday.

- ( ) IN
- (x) ADAPT
    > Say *briefly* what it was like.
- ( ) NOW

> Your own experience is yours to share.
"""


def test_a_scope_question_has_four_choices_in_order_whatever_was_left_out() -> None:
    asked = question(DOSE)
    assert isinstance(asked, ScopeQuestion)
    assert [choice.text for choice in asked.choices] == list(Scope)
    assert [choice.right for choice in asked.choices] == [False, True, False, False]
    assert asked.choices[1].feedback == "<p>Say <em>briefly</em> what it was like.</p>"
    assert asked.choices[2].feedback is None


def test_the_heading_carries_the_attributes() -> None:
    asked = question(DOSE)
    assert asked.id == "dose"
    assert asked.prompt == "She asks which dose you take. What fits?"
    assert asked.competencies == ("s:III.3", "s:A")
    assert asked.critical
    assert asked.points == 1
    assert (asked.source, asked.line) == ("01-first/quiz.md", 5)


def test_paragraphs_are_the_vignette_and_the_last_quote_explains() -> None:
    asked = question(DOSE)
    assert asked.vignette == "<p>Maya was prescribed a new medicine on Monday.</p>"
    assert asked.explanation == "<p>Your own experience is yours to share.</p>"


def test_one_right_mark_makes_a_single_choice() -> None:
    asked = question("## Which? {#a points=2}\n- ( ) This\n- (x) *That*\n")
    assert isinstance(asked, SingleChoice)
    assert [(choice.text, choice.right) for choice in asked.choices] == [
        ("This", False),
        ("<em>That</em>", True),
    ]
    assert asked.points == 2


def test_square_marks_make_a_multiple_choice() -> None:
    asked = question("## Which? {#a}\n- [x] One\n- [ ] Two\n- [X] Three\n")
    assert isinstance(asked, MultipleChoice)
    assert [choice.right for choice in asked.choices] == [True, False, True]


def test_arrows_make_a_matching() -> None:
    asked = question("## Match. {#a}\n- left => right\n- *up* => down\n")
    assert isinstance(asked, Matching)
    assert asked.pairs == (Pair(left="left", right="right"), Pair(left="<em>up</em>", right="down"))


def test_a_numbered_list_makes_an_ordering() -> None:
    asked = question("## Order. {#a}\n\n1. First\n2. Second\n   and more\n")
    assert isinstance(asked, Ordering)
    assert asked.items == ("First", "Second and more")


def test_equals_signs_make_a_short_answer() -> None:
    asked = question("## Word? {#a}\n= completion\n=   of   completion\n")
    assert isinstance(asked, ShortAnswer)
    assert asked.accepted == ("completion", "of completion")


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("42", "42", "42"),
        ("40..60", "40", "60"),
        ("3.5 ± 0.1", "3.4", "3.6"),
        ("-2 .. -1.5", "-2", "-1.5"),
        ("0.10", "0.10", "0.10"),
    ],
)
def test_one_line_that_is_a_number_makes_a_number(written: str, low: str, high: str) -> None:
    asked = question(f"## How many? {{#a}}\n= {written}\n")
    assert isinstance(asked, NumberAnswer)
    assert (asked.low, asked.high) == (low, high)


def test_a_number_and_a_word_are_a_short_answer() -> None:
    assert isinstance(question("## How many? {#a}\n= 7\n= seven\n"), ShortAnswer)


def test_a_reflection_is_all_vignette() -> None:
    asked = question("## What helps you? {#a .reflection}\n\nTake your time.\n\n> A thought.\n")
    assert isinstance(asked, Reflection)
    assert "<blockquote>" in asked.vignette


def test_feedback_and_choices_may_run_over_lines() -> None:
    asked = question(
        "## Which? {#a}\n- ( ) This is\n  long\n    > And so\n    > is this.\n\n- (x) That\n"
    )
    assert isinstance(asked, SingleChoice)
    assert asked.choices[0].text == "This is long"
    assert asked.choices[0].feedback == "<p>And so\nis this.</p>"


def test_marks_inside_fenced_code_are_not_answers() -> None:
    asked = question("## Which? {#a}\n\n```\n- ( ) no\n## no\n```\n\n- (x) Yes\n- ( ) No\n")
    assert isinstance(asked, SingleChoice)
    assert len(asked.choices) == 2
    assert "- ( ) no" in asked.vignette


def test_a_numbered_list_above_choices_belongs_to_the_vignette() -> None:
    asked = question("## Which? {#a}\n\n1. One\n2. Two\n\n- (x) Yes\n- ( ) No\n")
    assert isinstance(asked, SingleChoice)
    assert "<ol>" in asked.vignette


@pytest.mark.parametrize("words", ["1. May", "- 5", "# up", "> 3", "C#", "a | b", "= 4", "+1"])
def test_words_of_a_choice_stay_words_whatever_they_begin_with(words: str) -> None:
    asked = question(f"## Which? {{#a}}\n- (x) {words}\n- ( ) other\n")
    assert isinstance(asked, SingleChoice)
    assert asked.choices[0].text == words.replace(">", "&gt;")


@pytest.mark.parametrize(
    ("body", "where", "code"),
    [
        ("## Which? {#a}\n- ( ) This\n- ( ) That\n", "5:1", "no-right-choice"),
        ("## Which? {#a}\n- (x) This\n- (x) That\n", "6:1", "two-right-choices"),
        ("## Which? {#a}\n- [ ] This\n- [ ] That\n", "5:1", "no-right-choice"),
        ("## Which?\n- (x) This\n- ( ) That\n", "4:1", "no-id"),
        ("## {#a}\n- (x) This\n- ( ) That\n", "4:1", "no-prompt"),
        ("## Which? {#a}\n\nNothing here.\n", "4:1", "no-answers"),
        ("## Which? {#a}\n- (x) This\n", "4:1", "too-few-answers"),
        ("## Which? {#a}\n- (x) This\n- ( ) This\n", "6:1", "choice-twice"),
        ("## Which? {#a}\n- (x) This\n- ( )\n", "6:1", "empty-answer"),
        ("## Which? {#a}\n- (x) This\n- [ ] That\n", "6:1", "mixed-marks"),
        ("## Which? {#a}\n- () This\n- (x) That\n- ( ) Third\n", "5:1", "bad-mark"),
        ("## Which? {#a}\n- (x) This\n- ( ) That\nand so on\n", "7:1", "stray-line"),
        ("## Which? {#a}\n- (x) This\n- ( ) That\n\n> Why.\n\nMore.\n", "10:1", "stray-line"),
        ("## Which? {#a}\n- (x) This\n    > Yes.\n\n    More.\n- ( ) That\n", "8:5", "stray-line"),
        ("## Which? {#a scop}\n- (x) This\n- ( ) That\n", "4:15", "unknown-attribute"),
        ("## Which? {#a .scop}\n- (x) This\n- ( ) That\n", "4:15", "unknown-attribute"),
        ("## Which? {#a points=0}\n- (x) This\n- ( ) That\n", "4:15", "bad-attribute"),
        ("## Which? {#a #b}\n- (x) This\n- ( ) That\n", "4:15", "bad-id"),
        ("## Which? {#é}\n- (x) This\n- ( ) That\n", "4:12", "bad-id"),
        ("## Which? {#a .scope}\n- (x) ADAPTS\n", "5:7", "bad-scope"),
        ("## Which? {#a .scope}\n- (x) IN\n- ( ) IN\n", "6:1", "choice-twice"),
        ("## Which? {#a .scope}\n", "4:1", "no-right-choice"),
        ("## Which? {#a .scope}\n- [x] IN\n", "5:1", "bad-scope"),
        ("## Which? {#a .reflection}\n- (x) IN\n", "5:1", "answers-here"),
        ("## Match {#a}\n- a => b\n- c =>\n", "6:1", "half-pair"),
        ("## Match {#a}\n- a => b\n- c => d\n- e = f\n", "7:1", "stray-line"),
        ("## Match {#a}\n- a => b\n    > No.\n- c => d\n", "6:7", "feedback-here"),
        ("## Order {#a}\n1. One\n2. One\n", "6:1", "choice-twice"),
        ("## Word? {#a}\n= \n", "5:1", "empty-answer"),
        ("## Many? {#a}\n= 60..40\n", "5:3", "empty-range"),
        ("## Many? {#a}\n= 4\n= 5\n", "6:1", "two-numbers"),
        ("## Which? {#a}\n\n### Sub\n\n- (x) This\n- ( ) That\n", "6:1", "heading-here"),
        ("## Which? {#a}\n\n!!! note\n    x\n\n- (x) This\n- ( ) That\n", "6:1", "block-here"),
        ("Only words.\n", "5:1", "no-questions"),
    ],
)
def test_each_fault_is_told_at_its_place(body: str, where: str, code: str) -> None:
    problems = quiz(body).problems
    found = [(f"{each.line}:{each.column}", each.code) for each in problems]
    assert (where, code) in found, said(problems)
    assert codes(problems) == [code], said(problems)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    parsed = quiz(
        "## One {#a}\n- ( ) x\n- ( ) y\n\n## Two\n\n## {#c}\n1. only\n", head="---\n---\n"
    )
    assert set(codes(parsed.problems)) >= {
        "bad-yaml",
        "no-right-choice",
        "no-id",
        "no-answers",
        "no-prompt",
        "too-few-answers",
    }


def test_the_message_says_what_to_do() -> None:
    problems = quiz("## Which? {#a}\n- ( ) This\n- ( ) That\n").problems
    assert said(problems) == (
        "01-first/quiz.md:5:1: no choice is marked right. Put (x) before exactly one."
    )
