"""Blueprints: what an exam takes from its bank besides the right number."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from course_engine.assessment import blueprints
from course_engine.assessment.blueprints import BlueprintUnmet, MinimumsUnmet
from course_engine.curriculum.blueprints import Short
from course_engine.curriculum.course import Exam
from course_engine.curriculum.questions import Question
from tests import builders
from tests.assessment import banks
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


@given(banks.exams(), seeds)
def test_a_blueprint_is_refused_exactly_when_no_paper_can_meet_it(
    made: Exam, seed: int | str
) -> None:
    possible = next(banks.papers_of(made), None) is not None
    assert bool(banks.faults(made)) != possible
    if possible:
        blueprints.select(made, seed=seed)
    else:
        with pytest.raises((BlueprintUnmet, MinimumsUnmet)):
            blueprints.select(made, seed=seed)


@given(banks.exams())
def test_what_is_short_is_named_with_figures_that_prove_it(made: Exam) -> None:
    for fault in banks.faults(made):
        if isinstance(fault, Short):
            assert sum(count for _, count in fault.given) < fault.needed
            assert fault.needed == sum(dict(made.at_least)[name] for name in fault.names)


WORN = st.dictionaries(st.from_regex(r"[ab]-[0-4]", fullmatch=True), st.integers(0, 3), max_size=10)


@given(banks.exams(), seeds, st.sets(st.from_regex(r"[ab]-[0-4]", fullmatch=True)), WORN)
def test_no_other_paper_of_the_blueprint_holds_fewer_seen_questions(
    made: Exam, seed: int | str, seen: set[str], worn: dict[str, int]
) -> None:
    possible = [len(seen & {each.id for each in paper}) for paper in banks.papers_of(made)]
    assume(possible)
    drawn = blueprints.select(made, seed=seed, seen=seen, asked=worn)
    assert banks.meets(drawn, dict(made.at_least))
    assert len(seen & {each.id for each in drawn}) == min(possible)


def test_a_part_that_names_levels_is_drawn_by_level() -> None:
    made = replace(
        exam({"a": 3}, {"a": [""] * 9}),
        levels=(("a", "recall", 1), ("a", "judgment", 2)),
    )
    (topic,) = made.bank
    levels = ("recall", "understanding", "judgment")
    questions = tuple(
        replace(each, level=levels[at % 3]) for at, each in enumerate(topic.questions)
    )
    made = replace(made, bank=(replace(topic, questions=questions),))
    for seed in range(20):
        drawn = blueprints.select(made, seed=seed)
        assert sorted(each.level or "" for each in drawn) == ["judgment", "judgment", "recall"]


def test_a_critical_question_counts_for_its_category_or_for_critical_and_not_for_both() -> None:
    made = exam({"a": 2}, {"a": ["f:I !", "f:I !", "f:II"]})
    both = replace(made, at_least=(("f:I", 1), ("critical", 1)))
    assert {each.id for each in blueprints.select(both, seed=1)} == {"a-0", "a-1"}
    with pytest.raises(MinimumsUnmet, match="needs 3 on critical and f:I, but can give 2"):
        blueprints.select(replace(made, at_least=(("f:I", 2), ("critical", 1))), seed=1)


@given(seeds)
def test_no_question_of_a_part_is_asked_twice_more_often_than_another(seed: int | str) -> None:
    made = exam({"a": 3, "b": 2}, {"a": ["f:I"] * 10, "b": ["f:I"] * 7})
    worn: Counter[str] = Counter(
        {f"{t}-{n}": 0 for t, size in (("a", 10), ("b", 7)) for n in range(size)}
    )
    for number in range(25):
        drawn = blueprints.select(made, seed=f"{seed} {number}", asked=worn)
        worn.update(question.id for question in drawn)
        for topic in "ab":
            counts = [count for name, count in worn.items() if name.startswith(topic)]
            assert max(counts) - min(counts) <= 1


@given(st.integers(0, 999))
def test_retakes_do_not_wear_questions_out_either(seed: int) -> None:
    made = exam({"a": 4}, {"a": ["f:I"] * 12})
    worn = Counter({f"a-{number}": 0 for number in range(12)})
    for person in range(20):
        seen: set[str] = set()
        for attempt in range(1 + (person * 7 + seed) % 3):
            drawn = blueprints.select(
                made, seed=f"{seed} {person} {attempt}", seen=seen, asked=worn
            )
            assert not seen.intersection(question.id for question in drawn)
            seen.update(question.id for question in drawn)
            worn.update(question.id for question in drawn)
    assert max(worn.values()) - min(worn.values()) <= 2
