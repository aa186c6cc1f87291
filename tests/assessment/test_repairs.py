"""What a graded paper earns once a question on it is corrected."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import grading, papers, repairs
from course_engine.assessment.answers import Answers
from course_engine.assessment.grading import Grade
from course_engine.assessment.papers import Item, Paper
from course_engine.assessment.repairs import NotTheSame, Repair
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Html, Question, Scope
from tests import builders

POLICY = Policy(pass_mark=50)
WRONG = builders.single("q", rights="x---")
RIGHT = builders.single("q", rights="-x--")


def paper_of(*questions: Question) -> Paper:
    return Paper(edition="e", items=tuple(papers.item(each, seed="s") for each in questions))


def number_of(item: Item, index: int) -> tuple[str, ...]:
    return (str(item.order.index(index) + 1),)


def regraded(paper: Paper, answers: Answers, *wanted: Repair) -> tuple[Grade, Grade]:
    before = grading.grade(paper, answers, POLICY)
    return before, repairs.regrade(before, paper, answers, POLICY, wanted)


def test_another_key_grades_the_same_answer_anew() -> None:
    paper = paper_of(WRONG, builders.single("other"))
    answers = {"q": number_of(paper.items[0], 1)}
    before, after = regraded(paper, answers, Repair(kind="re-key", question=WRONG, key=RIGHT))
    assert (before.percent, after.percent) == (0, 50)
    assert (before.passed, after.passed) == (False, True)


def test_accepting_anything_gives_its_points_to_everybody_a_blank_included() -> None:
    paper = paper_of(builders.single("q", critical=True), builders.single("other"))
    before, after = regraded(paper, {}, Repair(kind="accept-any", question=paper.items[0].question))
    assert before.critical_missed == ("q",)
    assert (after.percent, after.critical_missed, after.passed) == (50, (), True)


def test_a_dropped_question_is_as_if_it_had_not_been_there() -> None:
    paper = paper_of(builders.single("q", critical=True, points=3), builders.single("other"))
    answers = {"other": number_of(paper.items[1], 1)}
    before, after = regraded(
        paper, answers, Repair(kind="drop-question", question=paper.items[0].question)
    )
    assert (before.percent, after.percent) == (25, 100)
    assert [mark.question for mark in after.marks] == ["other"]
    assert after.passed


def test_other_marks_stay_as_they_were_given() -> None:
    paper = paper_of(WRONG, builders.single("other"))
    before = grading.grade(paper, {}, POLICY)
    kept = replace(before.marks[1], credit=Fraction(1, 3))
    before = replace(before, marks=(before.marks[0], kept))
    after = repairs.regrade(before, paper, {}, POLICY, [Repair(kind="accept-any", question=WRONG)])
    assert after.marks[1] == kept


def test_a_paper_that_asked_something_else_under_that_name_is_left_alone() -> None:
    paper = paper_of(replace(WRONG, prompt=Html("Something else")))
    before, after = regraded(paper, {}, Repair(kind="accept-any", question=WRONG))
    assert after is before
    assert not repairs.touches(Repair(kind="accept-any", question=WRONG), paper)


def test_an_edition_in_which_the_key_is_right_already_asked_the_same() -> None:
    assert repairs.asked(WRONG) == repairs.asked(RIGHT)
    assert repairs.asked(builders.ordering(items="abcd")) == repairs.asked(
        builders.ordering(items="dcba")
    )
    assert repairs.asked(builders.short(accepted=("a",))) == repairs.asked(
        builders.short(accepted=("b",))
    )


def test_the_order_and_the_pairs_may_be_corrected_too() -> None:
    wrong, right = builders.ordering("o", items="bacd"), builders.ordering("o", items="abcd")
    paper = paper_of(wrong)
    shown = [wrong.items[index] for index in paper.items[0].order]
    answers = {"o": tuple(str(right.items.index(item) + 1) for item in shown)}
    before, after = regraded(paper, answers, Repair(kind="re-key", question=wrong, key=right))
    assert before.percent < after.percent == 100

    wrong_pairs, right_pairs = builders.matching("m", rights="qpr"), builders.matching("m")
    paper = paper_of(wrong_pairs)
    offered = [wrong_pairs.pairs[index].right for index in paper.items[0].order]
    answers = {"m": tuple(str(offered.index(pair.right) + 1) for pair in right_pairs.pairs)}
    before, after = regraded(
        paper, answers, Repair(kind="re-key", question=wrong_pairs, key=right_pairs)
    )
    assert before.percent < after.percent == 100


def test_a_key_of_another_question_is_refused() -> None:
    with pytest.raises(NotTheSame):
        repairs.check(Repair(kind="re-key", question=WRONG, key=builders.single("q", rights="x-")))
    with pytest.raises(NotTheSame):
        repairs.check(Repair(kind="re-key", question=WRONG))
    with pytest.raises(NotTheSame):
        repairs.check(Repair(kind="accept-any", question=WRONG, key=RIGHT))


def test_a_corrected_paper_shows_the_corrected_key() -> None:
    paper = paper_of(WRONG)
    shown = repairs.corrected(paper, [Repair(kind="re-key", question=WRONG, key=RIGHT)])
    assert shown.items[0].question == RIGHT
    assert shown.items[0].order == paper.items[0].order


@given(
    st.lists(st.sampled_from(["1", "2", "3", "4", ""]), min_size=3, max_size=3),
    st.sampled_from(["re-key", "accept-any", "drop-question"]),
)
def test_nobody_loses_by_a_repair(picked: list[str], kind: str) -> None:
    questions = [builders.single(f"q{n}", critical=n == 1) for n in range(2)]
    paper = paper_of(*questions, builders.scope("q2", right=Scope.NOW))
    answers = {f"q{n}": (pick,) for n, pick in enumerate(picked) if pick}
    key = builders.single("q1", rights="---x", critical=True) if kind == "re-key" else None
    wanted = Repair(kind=kind, question=questions[1], key=key)  # type: ignore[arg-type]
    before, after = regraded(paper, answers, wanted)
    kept = repairs.nobody_loses(before, after)
    assert (kept.passed, kept.percent) >= (before.passed, before.percent)
    assert 0 <= after.percent <= 100


def test_a_question_survives_being_stored_with_its_repair() -> None:
    for question in (WRONG, builders.scope(), builders.matching(), builders.ordering()):
        assert repairs.from_document(repairs.to_document(question)) == question
