"""What ratings by a rubric come to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.assessment import verdicts
from course_engine.assessment.agreement import agreement
from course_engine.assessment.verdicts import NotOfRubric, Verdict
from course_engine.curriculum.rubrics import Rubric
from tests import builders

pytestmark = pytest.mark.pure

RUBRIC = builders.rubric()
BEST = {item.id: len(item.levels) - 1 for item in RUBRIC.items}


def levels_of(rubric: Rubric) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries(
        {item.id: st.integers(0, len(item.levels) - 1) for item in rubric.items}
    )


def test_the_credit_is_the_mean_of_all_items() -> None:
    judged = verdicts.judge(RUBRIC, {"listens": 1, "asks": 2})
    assert judged == Verdict(credit=Fraction(3, 4), met=True)


def test_below_the_pass_mark_it_is_not_met_yet() -> None:
    assert not verdicts.judge(RUBRIC, {"listens": 1, "asks": 1}).met


def test_one_harmful_act_outweighs_everything_good() -> None:
    flagged = verdicts.judge(RUBRIC, BEST, ["secrecy"])
    assert (flagged.credit, flagged.met, flagged.critical) == (1, False, {"secrecy"})


def test_a_critical_item_at_its_harmful_level_is_never_met() -> None:
    harmed = verdicts.judge(RUBRIC, BEST | {"asks": 0})
    assert (harmed.met, harmed.critical) == (False, {"asks"})


def test_an_item_that_is_not_critical_may_be_at_its_lowest_level() -> None:
    assert verdicts.judge(RUBRIC, BEST | {"listens": 0}).critical == frozenset()


def test_an_item_below_the_least_that_it_must_reach_is_not_met() -> None:
    strict = builders.rubric(least=100)
    assert not verdicts.judge(strict, {"listens": 1, "asks": 2}).met


@pytest.mark.parametrize(
    ("levels", "flags"),
    [
        ({"listens": 1}, []),
        ({"listens": 1, "asks": 3}, []),
        ({"listens": 1, "asks": -1}, []),
        ({"listens": 1, "asks": 1, "other": 1}, []),
        (BEST, ["other"]),
    ],
)
def test_a_rating_of_another_rubric_is_refused(levels: dict[str, int], flags: list[str]) -> None:
    with pytest.raises(NotOfRubric):
        verdicts.judge(RUBRIC, levels, flags)


@given(levels_of(RUBRIC), st.sets(st.sampled_from(["secrecy", "dose"])))
def test_a_rating_is_from_0_to_1_and_harm_is_never_met(
    levels: dict[str, int], flags: set[str]
) -> None:
    judged = verdicts.judge(RUBRIC, levels, flags)
    assert 0 <= judged.credit <= 1
    assert not (judged.met and judged.critical)


@given(levels_of(RUBRIC), levels_of(RUBRIC))
def test_a_higher_level_never_earns_less_and_never_unmeets(
    one: dict[str, int], other: dict[str, int]
) -> None:
    best = {item: max(one[item], other[item]) for item in one}
    lower, higher = verdicts.judge(RUBRIC, one), verdicts.judge(RUBRIC, best)
    assert higher.credit >= lower.credit
    assert higher.met >= lower.met


MET, NOT_YET = Verdict(credit=Fraction(1), met=True), Verdict(credit=Fraction(1, 2), met=False)
HARM = Verdict(credit=Fraction(1, 2), met=False, critical=frozenset({"dose"}))


def test_one_assessor_settles_alone() -> None:
    assert verdicts.settle([], assessors=1) is None
    assert verdicts.settle([NOT_YET], assessors=1) == NOT_YET


def test_two_assessors_who_agree_make_the_mean() -> None:
    high = Verdict(credit=Fraction(4, 5), met=True)
    assert verdicts.settle([MET], assessors=2) is None
    settled = verdicts.settle([MET, high], assessors=2)
    assert settled == Verdict(credit=Fraction(9, 10), met=True)


@pytest.mark.parametrize("pair", [(MET, NOT_YET), (NOT_YET, HARM)])
def test_two_who_see_another_outcome_or_another_harm_need_a_third(
    pair: tuple[Verdict, Verdict],
) -> None:
    assert verdicts.settle(pair, assessors=2) is None
    assert verdicts.settle([*pair, HARM], assessors=2) == HARM


def test_kappa_is_that_of_the_textbook() -> None:
    found = agreement({(1, 1): 20, (1, 0): 5, (0, 1): 10, (0, 0): 15})
    assert found is not None
    assert (found.compared, found.share, found.kappa) == (50, Fraction(7, 10), Fraction(2, 5))


def test_kappa_is_not_defined_where_both_saw_one_level_throughout() -> None:
    found = agreement({(2, 2): 6})
    assert found is not None
    assert (found.share, found.kappa) == (1, None)


def test_nothing_compared_is_no_agreement() -> None:
    assert agreement({}) is None


LEVELS = st.integers(0, 3)


@given(st.dictionaries(st.tuples(LEVELS, LEVELS), st.integers(1, 20), min_size=1))
def test_kappa_is_never_above_the_share_of_equal_levels(pairs: dict[tuple[int, int], int]) -> None:
    found = agreement(pairs)
    assert found is not None
    assert 0 <= found.share <= 1
    assert found.kappa is None or -1 <= found.kappa <= found.share
