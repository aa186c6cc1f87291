"""Blueprints: what an exam takes from its bank besides the right number."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given

from course_engine.assessment import blueprints
from course_engine.curriculum.course import Exam
from course_engine.curriculum.questions import Question
from tests import builders
from tests.assessment.sampling import seeds

pytestmark = pytest.mark.pure


def exam(draw: dict[str, int], bank: Mapping[str, list[str]]) -> Exam:
    """An exam whose questions cite these competencies; "!" makes one critical."""
    made = builders.exam(draw=draw, bank={topic: len(cited) for topic, cited in bank.items()})
    topics = tuple(
        replace(
            topic,
            questions=tuple(
                replace(each, competencies=tuple(cited.strip("!").split()), critical="!" in cited)
                for each, cited in zip(topic.questions, bank[topic.slug], strict=True)
            ),
        )
        for topic in made.bank
    )
    return replace(made, bank=topics)


def names(drawn: tuple[Question, ...]) -> set[str]:
    return {name for question in drawn for name in blueprints.sampled(question)}


@given(seeds)
def test_a_category_that_one_question_cites_is_always_sampled(seed: int | str) -> None:
    asked = exam({"a": 3, "b": 2}, {"a": ["f:I.1"] * 9 + ["f:II"], "b": ["f:I"] * 6})
    drawn = blueprints.select(asked, seed=seed)
    assert names(drawn) == {"f:I", "f:II"}
    assert [question.id[0] for question in drawn] == ["a", "a", "a", "b", "b"]


@given(seeds)
def test_danger_is_always_sampled(seed: int | str) -> None:
    asked = exam({"a": 2}, {"a": ["f:I"] * 9 + ["f:I !"]})
    assert any(question.critical for question in blueprints.select(asked, seed=seed))


@given(seeds)
def test_nothing_that_was_sampled_is_given_up_for_something_else(seed: int | str) -> None:
    asked = exam({"a": 1}, {"a": ["f:I", "f:II", "f:III"]})
    (question,) = blueprints.select(asked, seed=seed)
    assert len(blueprints.sampled(question)) == 1


@given(seeds)
def test_a_seen_question_does_not_come_back_for_its_category(seed: int | str) -> None:
    asked = exam({"a": 2}, {"a": ["f:I"] * 5 + ["f:II"]})
    drawn = blueprints.select(asked, seed=seed, seen={"a-5"})
    assert "a-5" not in {question.id for question in drawn}


def test_the_category_of_a_citation_stands_before_its_first_dot() -> None:
    cited = replace(builders.single(), competencies=("f:III.3", "g:12"))
    assert blueprints.sampled(cited) == {"f:III", "g:12"}
