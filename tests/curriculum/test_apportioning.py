"""Apportioning: the cheapest way to meet every minimum, held to all other ways."""

from collections.abc import Iterator
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_engine.curriculum.apportioning import (
    Apportioned,
    Shortfall,
    Signature,
    Stratum,
    apportion,
)

pytestmark = pytest.mark.pure

NAMES = "xyz"
Held = list[tuple[Signature, int]]
held = st.lists(st.tuples(st.frozensets(st.sampled_from(NAMES), max_size=2), st.integers(0, 9)))


@st.composite
def asked(draw: st.DrawFn) -> tuple[list[tuple[int, Held]], dict[str, int]]:
    """Up to three strata with questions of some cost, and minimums that may be too much."""
    strata = []
    for _ in range(draw(st.integers(1, 3))):
        questions = draw(held.filter(lambda some: len(some) <= 4))
        strata.append((draw(st.integers(0, min(2, len(questions)))), questions))
    minimums = draw(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 2)))
    return [
        (count, [(signature & frozenset(minimums), cost) for signature, cost in questions])
        for count, questions in strata
    ], minimums


def ways(strata: list[tuple[int, Held]], minimums: dict[str, int]) -> Iterator[int]:
    """Yield what each way to meet the minimums costs."""
    for taken in product(*(combinations(questions, count) for count, questions in strata)):
        questions = [each for part in taken for each in part]
        if met([signature for signature, _ in questions], minimums):
            yield sum(cost for _, cost in questions)


def met(signatures: list[Signature], minimums: dict[str, int]) -> bool:
    name = next((name for name, count in minimums.items() if count), None)
    if name is None:
        return True
    less = {**minimums, name: minimums[name] - 1}
    return any(
        name in signature and met(signatures[:at] + signatures[at + 1 :], less)
        for at, signature in enumerate(signatures)
    )


def stratum(count: int, questions: Held) -> Stratum:
    groups: dict[Signature, list[int]] = {}
    for signature, cost in sorted(questions, key=lambda each: each[1]):
        groups.setdefault(signature, []).append(cost)
    return Stratum(count=count, groups=groups)


@given(asked())
def test_no_way_to_meet_the_minimums_is_cheaper_and_none_is_overlooked(
    made: tuple[list[tuple[int, Held]], dict[str, int]],
) -> None:
    strata = [stratum(*each) for each in made[0]]
    found = apportion(strata, made[1])
    cheapest = min(ways(*made), default=None)
    if isinstance(found, Apportioned):
        cost = sum(
            sum(part.groups[signature][:count])
            for part, taken in zip(strata, found.taken, strict=True)
            for signature, count in taken.items()
        )
        assert cost == cheapest
        assert [sum(taken.values()) for taken in found.taken] == [part.count for part in strata]
    else:
        assert cheapest is None


@given(asked())
def test_a_shortfall_proves_itself(
    made: tuple[list[tuple[int, Held]], dict[str, int]],
) -> None:
    found = apportion([stratum(*each) for each in made[0]], made[1])
    if isinstance(found, Shortfall):
        most = [
            min(count, sum(bool(signature & found.names) for signature, _ in questions))
            for count, questions in made[0]
        ]
        assert list(found.given) == most
        assert sum(most) < found.needed == sum(made[1][name] for name in found.names)
