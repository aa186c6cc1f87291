"""How far two assessors agree: the share of equal levels, and Cohen's kappa."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

Pairs = Mapping[tuple[int, int], int]
"""How often the first assessor saw one level where the second saw another."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreement:
    """``share`` is that of equal levels; ``kappa`` takes out what chance alone would make equal."""

    compared: int
    share: Fraction
    kappa: Fraction | None


def agreement(pairs: Pairs) -> Agreement | None:
    """Weigh the levels that two people saw, None when nothing was compared.

    Kappa is (share - expected) / (1 - expected), where ``expected`` is the chance that two people
    who give levels as often as these two did, and at random, give the same. It is not defined, and
    None, where both gave one and the same level throughout.
    """
    compared = sum(pairs.values())
    if not compared:
        return None
    first, second = Counter[int](), Counter[int]()
    for (one, other), times in pairs.items():
        first[one] += times
        second[other] += times
    share = Fraction(sum(n for (one, other), n in pairs.items() if one == other), compared)
    expected = Fraction(sum(first[level] * second[level] for level in first), compared**2)
    kappa = None if expected == 1 else (share - expected) / (1 - expected)
    return Agreement(compared=compared, share=share, kappa=kappa)
