"""What may be shown of a closed attempt: exactly what the policy says."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import feedback, grading, papers
from course_engine.assessment.answers import Answer, Answers
from course_engine.assessment.feedback import FeedbackView
from course_engine.assessment.papers import Item, Paper
from course_engine.assessment.reviews import (
    ChoiceReview,
    MatchReview,
    NumberReview,
    OrderReview,
    Review,
    ShortReview,
)
from course_engine.curriculum.course import FeedbackPolicy, Policy
from course_engine.curriculum.questions import (
    Html,
    MultipleChoice,
    NumberAnswer,
    Question,
    Scope,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)
from tests import builders
from tests.assessment.sampling import sat_papers

pytestmark = pytest.mark.pure

TOPICS = {"a": "Boundaries", "b": "Crisis"}


def seen(policy: FeedbackPolicy, *, answers: Answers, pass_mark: int = 80) -> FeedbackView:
    """What is shown of a paper of two questions, a on boundaries and b on crisis; "1" is right."""
    rules = Policy(feedback=policy, pass_mark=pass_mark)
    questions = (builders.single("a", rights="x-"), builders.single("b", rights="x-"))
    paper = Paper(
        edition="e", items=tuple(Item(question=question, order=(0, 1)) for question in questions)
    )
    grade = grading.grade(paper, answers, rules)
    return feedback.shown(paper, answers, grade, rules, TOPICS, taught={})


def reviewed(question: Question, answer: Answer) -> Review:
    """A review of one question that was laid out in the order of its source."""
    order = tuple(sorted(papers.item(question, seed=1).order))
    paper = Paper(edition="e", items=(Item(question=question, order=order),))
    answers = {question.id: answer}
    grade = grading.grade(paper, answers, Policy())
    (review,) = feedback.shown(
        paper, answers, grade, Policy(feedback="full"), {}, taught={}
    ).reviews
    return review


def test_never_shows_the_percent_and_whether_it_passed() -> None:
    assert seen("never", answers={"a": ("1",)}) == FeedbackView(
        percent=50, pass_mark=80, passed=False, critical_missed=0
    )


def test_by_topic_shows_shares_and_marks_the_weakest_but_no_question() -> None:
    view = seen("by-topic", answers={"a": ("1",)})
    assert [(topic.title, topic.percent, topic.weakest) for topic in view.topics] == [
        ("Boundaries", 100, False),
        ("Crisis", 0, True),
    ]
    assert view.reviews == ()


def test_nothing_is_weakest_when_everything_is_right() -> None:
    view = seen("by-topic", answers={"a": ("1",), "b": ("1",)})
    assert not any(topic.weakest for topic in view.topics)


def test_after_pass_shows_topics_until_it_passed_and_then_everything() -> None:
    missed, passed = {"a": ("1",)}, {"a": ("1",), "b": ("1",)}
    assert seen("after-pass", answers=missed) == seen("by-topic", answers=missed)
    assert seen("after-pass", answers=passed) == seen("full", answers=passed)
    assert len(seen("after-pass", answers=passed).reviews) == 2


def told(question: Question, answer: Answer) -> Review:
    """The same question where only the answer may be spoken of."""
    paper = Paper(edition="e", items=(Item(question=question, order=_in_order(question)),))
    rules = Policy(feedback="per-choice")
    grade = grading.grade(paper, {question.id: answer}, rules)
    (review,) = feedback.shown(paper, {question.id: answer}, grade, rules, {}, taught={}).reviews
    return review


def _in_order(question: Question) -> tuple[int, ...]:
    return tuple(sorted(papers.item(question, seed=1).order))


def test_per_choice_speaks_of_the_choice_made_and_of_no_other() -> None:
    review = told(builders.single(rights="x-"), ("2",))
    assert (review.outcome, review.explanation) == ("wrong", None)
    assert isinstance(review.detail, ChoiceReview)
    shown = [(one.chosen, one.right, one.feedback) for one in review.detail.choices]
    assert shown == [(False, False, None), (True, False, "About 1")]


def test_per_choice_says_that_a_choice_was_right() -> None:
    detail = told(builders.single(rights="x-"), ("1",)).detail
    assert isinstance(detail, ChoiceReview)
    assert [(one.right, one.feedback) for one in detail.choices] == [
        (True, "About 0"),
        (False, None),
    ]


def test_per_choice_keeps_every_other_key_back() -> None:
    match = told(builders.matching(rights="pq"), ("1", "1")).detail
    assert isinstance(match, MatchReview)
    assert [(pair.right, pair.key) for pair in match.pairs] == [(True, None), (False, None)]
    order = told(builders.ordering(items="abc"), ("3", "2", "1")).detail
    assert isinstance(order, OrderReview)
    assert order.key == ()
    assert told(builders.short(), ("x",)).detail == ShortReview(given="x", key=())
    assert told(builders.number(), ("1",)).detail == NumberReview(given="1", low="", high="")


@given(sat_papers())
def test_per_choice_says_the_same_under_another_key_that_judges_the_answer_alike(
    sat: tuple[Paper, dict[str, Answer]],
) -> None:
    paper, _ = sat
    rules = Policy(feedback="per-choice")
    others = replace(paper, items=tuple(replace(one, question=rekeyed(one)) for one in paper.items))
    first, second = (
        feedback.shown(each, {}, grading.grade(each, {}, rules), rules, {}, taught={}).reviews
        for each in (paper, others)
    )
    assert [review.detail for review in first] == [review.detail for review in second]


def rekeyed(item: Item) -> Question:
    """The same question with something else right, which a blank answer cannot tell."""
    question = item.question
    if isinstance(question, SingleChoice | MultipleChoice | ScopeQuestion):
        turned = tuple(replace(one, right=not one.right) for one in question.choices)
        return replace(question, choices=turned)
    if isinstance(question, ShortAnswer):
        return replace(question, accepted=("something else",))
    if isinstance(question, NumberAnswer):
        return replace(question, low="-7", high="-6")
    return question


@given(sat_papers(), st.sampled_from(["never", "by-topic"]))
def test_no_word_of_a_question_is_shown_where_the_policy_holds_it_back(
    sat: tuple[Paper, dict[str, Answer]], policy: FeedbackPolicy
) -> None:
    paper, answers = sat
    rules = Policy(feedback=policy, pass_mark=0)
    view = feedback.shown(
        paper, answers, grading.grade(paper, answers, rules), rules, {}, taught={}
    )
    assert view.reviews == ()
    assert not any(item.question.prompt in repr(view) for item in paper.items)


@given(sat_papers())
def test_full_shows_every_question_in_the_order_of_the_paper(
    sat: tuple[Paper, dict[str, Answer]],
) -> None:
    paper, answers = sat
    grade = grading.grade(paper, answers, Policy())
    view = feedback.shown(paper, answers, grade, Policy(feedback="full"), {}, taught={})
    assert [review.id for review in view.reviews] == [item.question.id for item in paper.items]
    assert sum((review.earned for review in view.reviews), Fraction(0)) == grade.earned


def test_a_choice_is_shown_with_what_was_chosen_what_is_right_and_its_words() -> None:
    review = reviewed(builders.single(rights="x-"), ("2",))
    assert review.outcome == "wrong"
    assert review.explanation == "Explanation of single"
    assert isinstance(review.detail, ChoiceReview)
    shown = [(one.chosen, one.right, one.feedback) for one in review.detail.choices]
    assert shown == [(False, True, "About 0"), (True, False, "About 1")]


def test_half_is_partly_right() -> None:
    review = reviewed(builders.scope(right=Scope.ADAPT), ("1",))
    assert (review.outcome, review.earned, review.points) == ("partly", Fraction(1, 2), 1)


def test_a_missed_critical_question_is_named_where_questions_are_shown() -> None:
    assert reviewed(builders.scope(right=Scope.NOW), ("3",)).critical_missed
    assert not reviewed(builders.scope(right=Scope.NOW), ("4",)).critical_missed


def test_a_blank_is_told_from_a_wrong_answer() -> None:
    assert reviewed(builders.short(), ()).blank
    assert not reviewed(builders.short(), ("hope",)).blank


def test_matching_is_shown_line_by_line() -> None:
    detail = reviewed(builders.matching(rights="pq"), ("1", "")).detail
    assert isinstance(detail, MatchReview)
    assert [(pair.given, pair.key, pair.right) for pair in detail.pairs] == [
        ("p", "p", True),
        (None, "q", False),
    ]


def test_an_order_is_shown_as_it_was_ranked_with_unranked_items_last() -> None:
    detail = reviewed(builders.ordering(items="abc"), ("", "2", "1")).detail
    assert detail == OrderReview(
        given=(("1", Html("c")), ("2", Html("b")), ("", Html("a"))),
        key=(Html("a"), Html("b"), Html("c")),
    )


def test_typed_answers_are_shown_beside_what_is_accepted() -> None:
    assert reviewed(builders.short(accepted=("hope",)), ("hop",)).detail == ShortReview(
        given="hop", key=("hope",)
    )
    assert reviewed(builders.number(low="40", high="60"), ("50,5",)).detail == NumberReview(
        given="50,5", low="40", high="60"
    )


def test_an_inline_check_says_everything_at_once() -> None:
    question = builders.single(rights="x-")
    right = str(papers.check_item(question).order.index(0) + 1)
    review = feedback.check_feedback(question, (right,))
    assert review.outcome == "right"
    assert review.explanation == question.explanation
    assert feedback.check_feedback(question, ()).outcome == "wrong"


def test_a_forged_answer_to_an_inline_check_is_a_blank() -> None:
    assert feedback.check_feedback(builders.matching(), ("77",)).blank


def test_a_reflection_has_no_outcome() -> None:
    review = feedback.check_feedback(builders.reflection(), ("My own words",))
    assert (review.outcome, review.points) == ("ungraded", 0)


def test_a_missed_critical_question_is_counted_whatever_the_policy() -> None:
    paper = Paper(
        edition="e", items=(papers.item(replace(builders.single(), critical=True), seed=1),)
    )
    rules = Policy(feedback="never", pass_mark=0)
    view = feedback.shown(paper, {}, grading.grade(paper, {}, rules), rules, {}, taught={})
    assert (view.passed, view.critical_missed) == (False, 1)
