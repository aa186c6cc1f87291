"""Grades: rounded down, exact, and closed to nobody by a rounding error."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import grading, papers
from course_engine.assessment.answers import Answer
from course_engine.assessment.papers import Item, Paper
from course_engine.assessment.verdicts import Verdict
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Question, Scope
from tests import builders
from tests.assessment.sampling import answers_to, sat_papers

pytestmark = pytest.mark.pure

ANY = Policy(pass_mark=0)


def paper_of(*questions: Question) -> Paper:
    """A paper with everything in the order of its source."""
    laid_out = (papers.item(question, seed=1) for question in questions)
    return Paper(
        edition="e",
        items=tuple(replace(item, order=tuple(sorted(item.order))) for item in laid_out),
    )


def singles(count: int, *, points: int = 1) -> Paper:
    return paper_of(*(builders.single(f"q{n}", rights="x-", points=points) for n in range(count)))


def answered(right: str) -> dict[str, Answer]:
    """One answer for each character; an x is right."""
    return {f"q{n}": ("1",) if mark == "x" else ("2",) for n, mark in enumerate(right)}


def test_the_percent_is_rounded_down() -> None:
    grade = grading.grade(singles(3), answered("xx-"), Policy(pass_mark=67))
    assert grade.percent == 66
    assert not grade.passed
    assert (grade.earned, grade.possible) == (Fraction(2), 3)


def test_the_pass_mark_itself_passes() -> None:
    assert grading.grade(singles(5), answered("xxxx-"), Policy()).passed


def test_thirds_add_up_to_a_whole() -> None:
    paper = paper_of(*(builders.matching(f"m{n}", rights="pqr") for n in range(3)))
    half = {f"m{n}": ("1", "", "") for n in range(3)}
    assert grading.grade(paper, half, ANY).earned == 1
    assert grading.grade(paper, half, ANY).percent == 33


def test_a_question_left_blank_is_wrong() -> None:
    grade = grading.grade(singles(2), {"q0": ("1",)}, ANY)
    assert [mark.right for mark in grade.marks] == [True, False]
    assert grade.percent == 50


def test_points_weigh_a_question() -> None:
    paper = paper_of(
        builders.single("q0", rights="x-", points=3), builders.single("q1", rights="x-")
    )
    assert grading.grade(paper, answered("x-"), ANY).percent == 75


def test_a_missed_critical_question_fails_whatever_the_total() -> None:
    paper = paper_of(
        *(builders.single(f"q{n}", rights="x-") for n in range(9)),
        builders.single("q9", rights="x-", critical=True),
    )
    grade = grading.grade(paper, answered("xxxxxxxxx-"), Policy(pass_mark=80))
    assert grade.percent == 90
    assert grade.critical_missed == ("q9",)
    assert not grade.passed


@pytest.mark.parametrize("answer", [("1",), ("2",), ("3",), ()])
def test_a_missed_now_is_a_critical_miss_without_being_marked(answer: Answer) -> None:
    grade = grading.grade(paper_of(builders.scope(right=Scope.NOW)), {"scope": answer}, ANY)
    assert grade.critical_missed == ("scope",)
    assert not grade.passed


def test_now_chosen_where_now_is_right_passes() -> None:
    assert grading.grade(paper_of(builders.scope(right=Scope.NOW)), {"scope": ("4",)}, ANY).passed


def test_a_neighboring_label_misses_a_critical_scope_question() -> None:
    paper = paper_of(builders.scope(right=Scope.ADAPT, critical=True))
    grade = grading.grade(paper, {"scope": ("1",)}, ANY)
    assert grade.percent == 50
    assert grade.critical_missed == ("scope",)


def test_a_neighboring_label_is_no_critical_miss_elsewhere() -> None:
    paper = paper_of(builders.scope(right=Scope.REDIRECT))
    assert grading.grade(paper, {"scope": ("4",)}, ANY).critical_missed == ()


def test_a_reflection_is_never_graded() -> None:
    reflecting = replace(builders.reflection(), critical=True)
    grade = grading.grade(
        paper_of(builders.single("q0", rights="x-"), reflecting), answered("x"), ANY
    )
    assert [mark.question for mark in grade.marks] == ["q0"]
    assert grade.percent == 100
    assert grade.critical_missed == ()


def test_a_paper_with_nothing_to_earn_has_a_hundred_percent() -> None:
    assert grading.grade(paper_of(builders.reflection()), {}, Policy(pass_mark=100)).passed


@given(sat_papers(), st.integers(0, 100))
def test_a_percent_is_between_nothing_and_a_hundred(
    sat: tuple[Paper, dict[str, Answer]], pass_mark: int
) -> None:
    grade = grading.grade(*sat, Policy(pass_mark=pass_mark))
    assert 0 <= grade.percent <= 100
    assert not grade.passed or grade.percent >= pass_mark
    assert grade.percent < 100 or all(mark.right for mark in grade.marks)


@given(sat_papers(), st.data())
def test_a_better_answer_never_earns_less(
    sat: tuple[Paper, dict[str, Answer]], data: st.DataObject
) -> None:
    paper, given_answers = sat
    before = grading.grade(paper, given_answers, ANY)
    item: Item = data.draw(st.sampled_from(paper.items))
    other = given_answers | {item.question.id: data.draw(answers_to(item))}
    after = grading.grade(paper, other, ANY)
    better = _share(after, item) >= _share(before, item)
    assert (after.earned >= before.earned) == better
    assert (after.percent >= before.percent) or not better
    if better:
        assert set(after.critical_missed) <= set(before.critical_missed)


@given(sat_papers(), st.data())
def test_the_order_of_questions_never_changes_a_grade(
    sat: tuple[Paper, dict[str, Answer]], data: st.DataObject
) -> None:
    paper, given_answers = sat
    items = tuple(data.draw(st.permutations(paper.items)))
    plain = grading.grade(paper, given_answers, Policy())
    mixed = grading.grade(replace(paper, items=items), given_answers, Policy())
    assert (mixed.percent, mixed.passed) == (plain.percent, plain.passed)
    assert set(mixed.marks) == set(plain.marks)


@given(sat_papers())
def test_a_grade_is_the_same_after_storing(sat: tuple[Paper, dict[str, Answer]]) -> None:
    grade = grading.grade(*sat, Policy())
    assert grading.from_document(json.loads(json.dumps(grading.to_document(grade)))) == grade


def _share(grade: grading.Grade, item: Item) -> Fraction:
    shares = {mark.question: mark.credit for mark in grade.marks}
    return shares.get(item.question.id, Fraction(0))


WORDS = {"written": ("In my own words.",)}
MET = Verdict(credit=Fraction(3, 4), met=True)
NOT_YET = Verdict(credit=Fraction(1, 2), met=False)
HARM = Verdict(credit=Fraction(1), met=False, critical=frozenset({"secrecy"}))


def test_words_that_people_mark_wait_until_they_are_marked() -> None:
    paper = paper_of(builders.single("q0"), builders.written())
    assert [item.question.id for item in grading.waiting(paper, WORDS)] == ["written"]
    assert grading.waiting(paper, WORDS, {"written": MET}) == ()


def test_words_left_blank_wait_for_nobody_and_earn_nothing() -> None:
    paper = paper_of(builders.written())
    assert grading.waiting(paper, {}) == ()
    assert grading.grade(paper, {}, ANY).percent == 0


def test_words_earn_the_credit_that_people_gave() -> None:
    paper = paper_of(builders.written(points=2), builders.single("q0"))
    grade = grading.grade(paper, WORDS, ANY, marked={"written": MET})
    assert (grade.earned, grade.possible, grade.percent) == (Fraction(3, 2), 3, 50)


def test_harm_that_people_saw_keeps_a_paper_from_passing_whatever_it_earned() -> None:
    grade = grading.grade(paper_of(builders.written()), WORDS, ANY, marked={"written": HARM})
    assert (grade.percent, grade.passed, grade.critical_missed) == (100, False, ("written",))


@pytest.mark.parametrize(("verdict", "missed"), [(MET, ()), (NOT_YET, ("written",))])
def test_critical_words_are_missed_unless_they_are_met(
    verdict: Verdict, missed: tuple[str, ...]
) -> None:
    paper = paper_of(builders.written(critical=True))
    grade = grading.grade(paper, WORDS, ANY, marked={"written": verdict})
    assert grade.critical_missed == missed


VERDICTS = st.builds(
    Verdict,
    credit=st.fractions(0, 1),
    met=st.booleans(),
    critical=st.frozensets(st.sampled_from(["secrecy", "dose"])),
)


@given(sat_papers(), st.data())
def test_with_what_people_marked_a_percent_is_still_between_nothing_and_a_hundred(
    sat: tuple[Paper, dict[str, Answer]], data: st.DataObject
) -> None:
    paper, given_answers = sat
    marked = {
        item.question.id: data.draw(VERDICTS) for item in grading.waiting(paper, given_answers)
    }
    grade = grading.grade(paper, given_answers, ANY, marked=marked)
    assert 0 <= grade.percent <= 100
    assert grading.from_document(grading.to_document(grade)) == grade
    better = {name: replace(one, credit=Fraction(1)) for name, one in marked.items()}
    assert grading.grade(paper, given_answers, ANY, marked=better).percent >= grade.percent
    mixed = replace(paper, items=tuple(reversed(paper.items)))
    again = grading.grade(mixed, given_answers, ANY, marked=marked)
    assert (again.percent, again.passed) == (grade.percent, grade.passed)
