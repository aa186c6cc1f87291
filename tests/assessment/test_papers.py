"""Papers: the same for the same seed, to the blueprint, and the same after storing."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import papers
from course_engine.assessment.blueprints import BlueprintUnmet
from course_engine.assessment.papers import Paper, PaperUnreadable
from course_engine.curriculum.course import Exam
from tests import builders
from tests.assessment.sampling import drawn_papers, seeds

pytestmark = pytest.mark.pure

# Written down once: who has to change this line breaks the promise that a seed keeps its paper.
DRAWN = [["b-0", [2, 0, 1, 3]], ["a-1", [3, 1, 2, 0]], ["a-4", [2, 0, 3, 1]]]


def ids(paper: Paper) -> list[str]:
    return [item.question.id for item in paper.items]


@st.composite
def exams(draw: st.DrawFn) -> Exam:
    bank = draw(st.dictionaries(st.sampled_from("abcde"), st.integers(1, 6), min_size=1))
    return builders.exam(
        draw={topic: draw(st.integers(0, held)) for topic, held in bank.items()}, bank=bank
    )


@given(exams(), seeds)
def test_the_same_seed_gives_the_same_paper(exam: Exam, seed: int | str) -> None:
    assert papers.draw(exam, edition="e", seed=seed) == papers.draw(exam, edition="e", seed=seed)


@given(exams(), seeds)
def test_a_fixed_order_is_that_of_the_bank_with_the_same_questions(exam: Exam, seed: int) -> None:
    fixed = replace(exam, policy=replace(exam.policy, order="fixed"))
    asked = ids(papers.draw(fixed, edition="e", seed=seed))
    held = [question.id for topic in exam.bank for question in topic.questions]
    assert asked == [each for each in held if each in asked]
    assert sorted(asked) == sorted(ids(papers.draw(exam, edition="e", seed=seed)))


def test_a_paper_is_the_same_in_every_process_and_version() -> None:
    exam = builders.exam(draw={"a": 2, "b": 1}, bank={"a": 5, "b": 3})
    paper = papers.draw(exam, edition="e", seed="2026")
    assert papers.to_document(paper)["items"] == DRAWN
    program = (
        "from course_engine.assessment import papers; from tests import builders;"
        "exam = builders.exam(draw={'a': 2, 'b': 1}, bank={'a': 5, 'b': 3});"
        "print(papers.to_document(papers.draw(exam, edition='e', seed='2026'))['items'])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert printed.strip() == str(DRAWN)


def test_other_seeds_give_other_papers() -> None:
    exam = builders.exam(draw={"a": 5}, bank={"a": 20})
    assert len({tuple(ids(papers.draw(exam, edition="e", seed=seed))) for seed in range(20)}) == 20


@given(exams(), seeds)
def test_every_paper_meets_its_blueprint(exam: Exam, seed: int | str) -> None:
    drawn = ids(papers.draw(exam, edition="e", seed=seed))
    assert len(set(drawn)) == len(drawn)
    for slug, count in exam.draw:
        assert sum(question_id.startswith(f"{slug}-") for question_id in drawn) == count


def test_a_bank_that_is_too_small_is_named() -> None:
    exam = builders.exam(draw={"boundaries": 6}, bank={"boundaries": 4})
    with pytest.raises(BlueprintUnmet, match='draws 6 from "boundaries", but its bank holds 4'):
        papers.draw(exam, edition="e", seed=1)


@given(seeds, st.sets(st.integers(0, 9)))
def test_a_retake_asks_unseen_questions_first(seed: int | str, seen: set[int]) -> None:
    exam = builders.exam(draw={"a": 5}, bank={"a": 10})
    before = {f"a-{number}" for number in seen}
    drawn = set(ids(papers.draw(exam, edition="e", seed=seed, seen=before)))
    assert len(drawn - before) == min(5, 10 - len(before))


@given(seeds)
def test_a_quiz_asks_every_question(seed: int | str) -> None:
    paper = papers.draw(builders.quiz(), edition="e", seed=seed)
    assert sorted(ids(paper)) == sorted(question.id for question in builders.every_kind())


@given(seeds)
def test_scope_labels_always_stand_in_their_order(seed: int | str) -> None:
    assert papers.item(builders.scope(), seed=seed).order == (0, 1, 2, 3)


def test_a_right_hand_side_that_two_lines_share_is_offered_once() -> None:
    assert sorted(papers.item(builders.matching(rights="ppq"), seed=1).order) == [0, 2]


@given(drawn_papers())
def test_a_paper_is_the_same_after_storing(paper: Paper) -> None:
    questions = {item.question.id: item.question for item in paper.items}
    stored = json.loads(json.dumps(papers.to_document(paper)))
    assert papers.from_document(stored, questions) == paper
    assert papers.question_ids(stored) == set(questions)


def test_a_stored_paper_holds_no_words() -> None:
    paper = papers.draw(builders.quiz(builders.single()), edition="e", seed=1)
    assert "Choice" not in json.dumps(papers.to_document(paper))


def test_a_stored_paper_with_an_unknown_question_is_refused_by_name() -> None:
    stored = {"edition": "e1", "items": [["gone", [0]]]}
    with pytest.raises(PaperUnreadable, match='edition e1 has no question "gone"'):
        papers.from_document(stored, {})


@pytest.mark.parametrize("order", [[0, 1, 2], [0, 1, 2, 2], [1, 2, 3, 4], []])
def test_a_stored_paper_whose_options_do_not_fit_is_refused(order: list[int]) -> None:
    stored = {"edition": "e1", "items": [["single", order]]}
    with pytest.raises(PaperUnreadable, match="other options"):
        papers.from_document(stored, {"single": builders.single()})


def test_the_questions_of_a_quiz_and_of_a_bank_are_found_by_id() -> None:
    assert set(papers.questions_by_id(builders.quiz(builders.single("one")))) == {"one"}
    exam = builders.exam(draw={"a": 1}, bank={"a": 2, "b": 1})
    assert set(papers.questions_by_id(exam)) == {"a-0", "a-1", "b-0"}
