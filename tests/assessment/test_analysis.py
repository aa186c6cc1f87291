"""What many answers say about a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment.analysis import figures, flags, picks, reports, thirds
from course_engine.assessment.analysis.tallies import OTHER, Tally
from course_engine.assessment.answers import BLANK
from course_engine.assessment.papers import Item
from tests import builders
from tests.assessment import published_statistics as published

FOUR_DECIMALS = 0.00005


def counted(papers: list[list[float]]) -> Tally:
    tally = Tally()
    for marks in papers:
        named = [(str(number), mark) for number, mark in enumerate(marks, start=1)]
        tally.add(named, int(100 * sum(marks) / len(marks)))
    return tally


@pytest.mark.parametrize("name", published.QUIZ)
def test_figures_of_a_quiz_agree_with_published_ones(name: str) -> None:
    found = getattr(figures.of_quiz(counted(published.PAPERS)), name)
    assert found == pytest.approx(published.QUIZ[name], abs=FOUR_DECIMALS)


@pytest.mark.parametrize("question", published.QUESTIONS)
def test_figures_of_a_question_agree_with_published_ones(question: str) -> None:
    points = dict.fromkeys(published.QUESTIONS, 1.0)
    found = figures.of_questions(counted(published.PAPERS), points)[question]
    facility, deviation, weight, discrimination, efficiency = published.QUESTIONS[question]
    assert (found.facility, found.deviation) == pytest.approx(
        (100 * facility, 100 * deviation), abs=FOUR_DECIMALS
    )
    assert (found.weight, found.discrimination, found.efficiency) == pytest.approx(
        (weight, discrimination, efficiency), abs=FOUR_DECIMALS
    )


def test_one_paper_has_no_spread_and_breaks_nothing() -> None:
    tally = counted([[1, 0]])
    found = figures.of_quiz(tally)
    assert (found.mean, found.median) == (1, 1)
    assert (found.deviation, found.alpha, found.standard_error) == (None, None, None)
    assert figures.of_questions(tally, {"1": 1, "2": 1})["1"].discrimination is None


@given(st.lists(st.lists(st.sampled_from([0, 0.5, 1]), min_size=3, max_size=3), min_size=2))
def test_discrimination_and_efficiency_never_leave_their_range(papers: list[list[float]]) -> None:
    for found in figures.of_questions(counted(papers), {"1": 1, "2": 1, "3": 1}).values():
        assert 0 <= found.facility <= 100
        assert found.discrimination is None or -100.001 <= found.discrimination <= 100.001
        assert found.efficiency is None or found.efficiency <= 100.001


@given(st.dictionaries(st.integers(0, 100), st.integers(1, 20), min_size=1))
def test_thirds_keep_their_order_and_never_part_equals(abilities: dict[int, int]) -> None:
    third_of = thirds.cut(abilities)
    ordered = [third_of[percent] for percent in sorted(abilities)]
    assert ordered == sorted(ordered)
    assert set(ordered) <= {0, 1, 2}


def test_a_third_that_nobody_is_in_has_no_percent() -> None:
    found = thirds.picked({50: 2}, {50: 4})
    assert (found.count, found.shares) == (2, (None, 50, None))
    assert found.upper == 0


def test_alpha_of_drawn_papers_is_over_places() -> None:
    tally = Tally()
    for names, marks in ((("a", "b"), (1, 1)), (("c", "d"), (0, 0)), (("a", "d"), (1, 0))):
        tally.add(list(zip(names, marks, strict=True)), 50 * sum(marks))
    found = figures.of_quiz(tally)
    assert found.alpha == pytest.approx(100 * 2 * (1 - (1 / 3 + 1 / 3) / 1))
    assert figures.of_questions(tally, dict.fromkeys("abcd", 1.0))["a"].weight is None


def test_a_question_without_a_name_counts_for_the_paper_alone() -> None:
    tally = Tally()
    tally.add([("", 1), ("a", 0)], 50)
    tally.add([("", 0), ("a", 1)], 50)
    assert set(figures.of_questions(tally, {"a": 1})) == {"a"}
    assert figures.of_quiz(tally).mean == 1


def test_what_was_picked_is_told_in_terms_of_the_question() -> None:
    assert picks.of(Item(question=builders.single(), order=(3, 1, 0, 2)), ("2",)) == ("1",)
    assert picks.of(Item(question=builders.single(), order=(0, 1, 2, 3)), BLANK) == ("blank",)
    assert picks.of(Item(question=builders.matching(), order=(2, 0, 1)), ("2", "1", "1")) == (
        "0",
        "2",
    )
    ordered = Item(question=builders.ordering(), order=(1, 0, 2, 3))
    assert picks.of(ordered, ("2", "1", "4", "")) == ("1", "0")
    assert picks.of(Item(question=builders.short()), ("  Recovery ",)) == ("recovery",)


def test_free_text_cannot_fill_the_memory() -> None:
    tally = Tally()
    for number in range(50):
        tally.pick({"q": [f"words {number}"]}, 50, most=10)
    assert len(tally.picks["q"]) == 11
    assert tally.picks["q"][OTHER][50] == 40


def sat(picked: str, percent: int, times: int, tally: Tally) -> None:
    """Let some people with this percent pick one choice of a question whose second is right."""
    for _ in range(times):
        tally.add([("single", float(picked == "1")), ("", percent / 10)], percent)
        tally.pick({"single": [picked]}, percent)


def kinds(tally: Tally, **changes: bool) -> dict[str, str]:
    question = builders.single(**changes)  # type: ignore[arg-type]
    found = reports.report(tally, {"single": question}).questions[0]
    return {flag.kind: flag.option for flag in found.flags}


def test_a_choice_that_the_strong_prefer_asks_for_a_look_at_the_key() -> None:
    tally = Tally()
    sat("1", 40, 20, tally)
    sat("2", 95, 20, tally)
    found = kinds(tally)
    assert found["check-key"] == "2"
    assert "backwards" in found


def test_a_question_that_works_is_left_alone() -> None:
    tally = Tally()
    for wrong in ("0", "2", "3"):
        sat(wrong, 40, 5, tally)
    sat("1", 70, 10, tally)
    sat("1", 95, 15, tally)
    assert kinds(tally) == {}


def test_few_people_are_called_few() -> None:
    tally = Tally()
    sat("1", 90, flags.ENOUGH - 1, tally)
    assert "few" in kinds(tally)


def test_a_choice_that_nobody_picks_is_named() -> None:
    tally = Tally()
    sat("0", 40, 20, tally)
    sat("1", 90, 20, tally)
    assert kinds(tally)["idle"] in {"2", "3"}


def test_a_safety_question_that_many_miss_is_to_be_taught_again() -> None:
    tally = Tally()
    sat("0", 40, 5, tally)
    sat("1", 90, 35, tally)
    assert "missed-critical" in kinds(tally, critical=True)
    assert "missed-critical" not in kinds(tally)


def test_rare_words_are_not_shown_as_they_may_tell_who_wrote_them() -> None:
    tally = Tally()
    for words, times in (("recovery", 3), ("my sister ana", 2)):
        for _ in range(times):
            tally.add([("short", 1.0)], 100)
            tally.pick({"short": [words]}, 100)
    shown = reports.report(tally, {"short": builders.short()}).questions[0].options
    assert [(one.key, one.right) for one in shown] == [("recovery", True)]


def test_a_report_survives_being_stored() -> None:
    tally = Tally()
    sat("0", 40, 3, tally)
    sat("1", 100, 3, tally)
    found = reports.report(tally, {"single": builders.single()})
    assert reports.from_document(reports.to_document(found)) == found
    assert (sum(found.bars), found.bars[8], found.bars[20]) == (6, 3, 3)
