"""GIFT, line by line: what each part of the format becomes, and what is told of the rest."""

from decimal import Decimal

import pytest

from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.exchange.banks import Imported
from course_engine.exchange.gift import reading, writing
from course_engine.exchange.losses import Losses
from course_engine.exchange.shelves import Shelf
from tests import builders
from tests.exchange.questions import as_written

pytestmark = pytest.mark.pure


def read(text: str) -> Imported:
    return reading.read(text.encode(), name="a.gift")


def only(text: str) -> Question:
    (question,) = read(text).questions
    return question


def told(text: str) -> list[tuple[int, str]]:
    """The line and the code of everything that was told, but for the missing competencies."""
    codes = [(each.line, each.code) for each in read(text).problems]
    return [each for each in codes if each[1] not in {"no-competency", "nothing-imported"}]


def test_one_right_choice_keeps_its_feedback_and_the_explanation() -> None:
    question = only("Q1? {=yes #Good. ~no #Not so.\n####Because.}")
    assert isinstance(question, SingleChoice)
    assert [(each.text, each.right, each.feedback) for each in question.choices] == [
        ("yes", True, "<p>Good.</p>"),
        ("no", False, "<p>Not so.</p>"),
    ]
    assert question.explanation == "<p>Because.</p>"


def test_several_weighted_choices_become_a_multiple_choice() -> None:
    question = only("Q? {~%50%a ~%50%b ~%-50%c ~%-50%d}")
    assert isinstance(question, MultipleChoice)
    assert [each.right for each in question.choices] == [True, True, False, False]
    assert told("Q? {~%50%a ~%50%b ~%-50%c ~%-50%d}") == []


def test_a_weight_that_our_marking_has_not_is_told_with_its_line() -> None:
    assert told("Q? {\n=a\n~%50%b\n~c\n}") == [(3, "weight")]
    assert told("Q? {\n~%50%a\n~%50%b\n~%0%c\n}") == [(4, "weight")]
    assert told("Q? {\n=a\n~%1e99%b\n~%x%c}") == [(3, "weight"), (4, "bad-weight")]


def test_two_choices_with_full_credit_are_not_guessed_at() -> None:
    assert told("Q? {=a =b ~c}") == [(1, "not-one-right")]


@pytest.mark.parametrize(
    ("written", "right"), [("T", "True"), ("TRUE", "True"), ("f", "False"), ("False", "False")]
)
def test_true_and_false_become_two_choices(written: str, right: str) -> None:
    question = only(f"The sky is up. {{{written}#Wrong.#Right.}}")
    assert isinstance(question, SingleChoice)
    said = {each.text: (each.right, each.feedback) for each in question.choices}
    assert said[right] == (True, "<p>Right.</p>")
    assert [each for each in said.values() if not each[0]] == [(False, "<p>Wrong.</p>")]


@pytest.mark.parametrize("text", ["It is. {T}", "It is. {TRUE#No.}", "It is. { f }"])
def test_true_and_false_need_no_feedback(text: str) -> None:
    assert isinstance(only(text), SingleChoice)


def test_an_answer_without_a_mark_is_told() -> None:
    assert told("Q? {\nanswer\n}") == [(1, "no-answers"), (1, "stray-words")]


def test_short_answers_keep_those_that_earn_everything() -> None:
    question = only("Two plus two? {=four =%100%vier =%50%five #Close.}")
    assert isinstance(question, ShortAnswer)
    assert question.accepted == ("four", "vier")
    assert told("Q? {\n=four\n=%50%five\n=six #No.\n=s*\n}") == [
        (3, "weight"),
        (4, "feedback"),
        (5, "wildcard"),
    ]


def test_a_short_answer_that_is_a_number_becomes_a_number_question() -> None:
    assert isinstance(only("Two plus two? {=4}"), NumberAnswer)
    assert told("Two plus two? {=4}") == [(1, "now-a-number")]


def test_a_missing_word_is_shown_as_an_ellipsis() -> None:
    question = only("Two plus {=two =deux} equals four.")
    assert question.prompt == "Two plus … equals four."
    assert isinstance(only("A {~cow =cat} says meow."), SingleChoice)


def test_matching_keeps_whole_pairs_and_tells_of_extra_sides() -> None:
    text = "Match. {\n=cat -> milk\n=dog -> bone\n= -> stone\n}"
    question = only(text)
    assert isinstance(question, Matching)
    assert [(pair.left, pair.right) for pair in question.pairs] == [
        ("cat", "milk"),
        ("dog", "bone"),
    ]
    assert told(text) == [(4, "half-pair")]


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("#3", "3", "3"),
        ("#3:2", "1", "5"),
        ("#1..5", "1", "5"),
        ("#3.1415:0.0005", "3.1410", "3.1420"),
        ("#=42:0", "42", "42"),
        ("#=%100%-1.5..-1", "-1.5", "-1"),
    ],
)
def test_numbers_keep_their_range(written: str, low: str, high: str) -> None:
    question = only(f"How many? {{{written}}}")
    assert isinstance(question, NumberAnswer)
    assert (Decimal(question.low), Decimal(question.high)) == (Decimal(low), Decimal(high))


def test_of_several_numbers_the_one_that_earns_everything_is_kept() -> None:
    text = "When? {#\n=1822:0\n=%50%1822:2 #Near.\n}"
    question = only(text)
    assert isinstance(question, NumberAnswer)
    assert (question.low, question.high) == ("1822", "1822")
    assert told(text) == [(3, "feedback"), (3, "weight")]
    assert told("When? {#=1 =2}") == [(1, "not-one-range")]
    assert told("When? {#about two}") == [(1, "bad-number"), (1, "not-one-range")]


def test_an_essay_becomes_a_reflection_and_says_so() -> None:
    assert isinstance(only("Write. {}"), Reflection)
    assert told("Write. {}") == [(1, "now-a-reflection")]
    assert told("Write. {####Thanks.}") == [(1, "explanation"), (1, "now-a-reflection")]


def test_an_essay_that_names_its_rubric_is_marked_by_people() -> None:
    tags = "// [tag:rubric=kind-reply] [tag:assessors=2] [tag:words=20..80]\n"
    asked = only(f"{tags}Write to Sam. {{}}")
    assert isinstance(asked, Written)
    assert (asked.rubric, asked.assessors, asked.fewest, asked.most) == ("kind-reply", 2, 20, 80)
    assert told(f"{tags}Write to Sam. {{}}") == []


def test_a_description_and_a_question_of_an_extension_are_told() -> None:
    assert told("Read this first.") == [(1, "description")]
    assert told("Order. {>3 EXACT\na\nb}") == [(1, "ordering")]


def test_escaped_marks_are_words() -> None:
    question = only(r"Is a\=b \~ \#1 \{x\}\: \\ so? {=y\=es ~n\~o #f\#f}")
    assert isinstance(question, SingleChoice)
    assert question.prompt == r"Is a=b ~ #1 {x}: \ so?"
    assert [each.text for each in question.choices] == ["y=es", "n~o"]
    assert question.choices[1].feedback == "<p>f#f</p>"


def test_an_escaped_line_end_breaks_the_text_and_a_wrapped_line_does_not() -> None:
    question = only("One\\n\\nTwo\nthree? {=a ~b}")
    assert (question.vignette, question.prompt) == ("<p>One</p>", "Two three?")


def test_each_format_is_read_as_what_it_is() -> None:
    assert only("[html]<p>A <b>b</b>?</p> {=a ~c}").prompt == "A <strong>b</strong>?"
    assert only("[markdown]A **b**? {=a ~c}").prompt == "A <strong>b</strong>?"
    assert only("[plain]A **b** <i>? {=a ~c}").prompt == "A **b** &lt;i&gt;?"
    assert only("[moodle]A <i>b</i>? {=a ~c}").prompt == "A <em>b</em>?"


def test_what_html_loses_is_told() -> None:
    text = (
        '[html]<p>Look <img src\\="x.png" alt\\="a map"> <a href\\="y.html">there</a>'
        "<script>alert(1)</script>?</p> {=a ~b}"
    )
    assert only(text).prompt == "Look a map there?"
    assert told(text) == [(1, "link-lost"), (1, "markup-lost"), (1, "picture-lost")]


def test_ids_and_tags_in_comments_are_kept_where_they_mean_something() -> None:
    text = (
        "// [id:dose] [tag:critical] [tag:points=3] [tag:competency=samhsa:III.3] [tag:hard]\n"
        "::T:: Q? {=a ~b}"
    )
    question = only(text)
    assert (question.id, question.critical, question.points) == ("dose", True, 3)
    assert question.competencies == ("samhsa:III.3",)
    assert told(text) == [(2, "tag")]


def test_without_an_id_the_title_or_the_first_words_make_one() -> None:
    text = "::Ünder way:: Q? {=a ~b}\n\nWho is there? {=a ~b}\n\nWho is there? {=c ~b}"
    assert [each.id for each in read(text).questions] == [
        "Under-way",
        "who-is-there",
        "who-is-there-2",
    ]


def test_the_category_names_the_bank_and_further_ones_are_told() -> None:
    text = "$CATEGORY: top/Limits\n\nQ? {=a ~b}\n\n$CATEGORY: top/More\n\nR? {=a ~b}"
    assert 'title: "Limits"' in read(text).markdown
    assert told(text) == [(5, "category")]


def test_the_situation_comes_before_what_is_asked() -> None:
    question = only("[html]<p>Maya waits.</p><ul><li>one</li></ul><p>What now?</p> {=a ~b}")
    assert question.prompt == "What now?"
    assert question.vignette == "<p>Maya waits.</p>\n<ul>\n<li>one</li>\n</ul>"


@pytest.mark.parametrize("text", ["Q {=a", "Q =a}", "Q {=a} b {=c}", "Q }{"])
def test_braces_that_do_not_match_are_told_with_their_line(text: str) -> None:
    assert told(f"\n\n{text}") == [(3, "braces")]


def test_one_bad_question_does_not_lose_the_others() -> None:
    text = "Q? {=a ~b}\n\nR? {=a\n\nS? {=c ~d}"
    assert [each.prompt for each in read(text).questions] == ["Q?", "S?"]


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    found = reading.read(b"Q? {=a ~b}\n\n\xff", name="a.gift")
    assert [(each.line, each.code) for each in found.problems][-1] == (3, "not-utf-8")
    assert found.markdown == ""


def test_a_scope_question_comes_back_as_one() -> None:
    bank = as_written(builders.scope())
    losses = Losses("bank.md", done="exported")
    shelf = Shelf(slug="a", title="A", questions=bank.questions)
    text = writing.write([shelf], {"bank.md": losses})
    assert "~%50%[html]IN" in text
    assert "=[html]ADAPT" in text
    assert isinstance(only(text), ScopeQuestion)


def test_what_gift_has_no_form_for_is_told_by_its_line() -> None:
    bank = as_written(builders.single(), builders.ordering())
    losses = Losses("bank.md", done="exported")
    shelf = Shelf(slug="a", title="A", questions=bank.questions)
    text = writing.write([shelf], {"bank.md": losses})
    assert [(each.line, each.code) for each in losses.found] == [
        (bank.questions[1].line, "not-in-gift")
    ]
    assert [each.id for each in read(text).questions] == ["single"]
