"""Who picked what, by thirds of ability: the weaker, the middle and the stronger papers."""

from collections.abc import Mapping
from dataclasses import dataclass

Share = float | None
Shares = tuple[Share, Share, Share]
"""Percents of the lower, the middle and the upper third; None for a third that nobody is in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picked:
    """How many picked something, and which percent of each third that is."""

    count: int
    shares: Shares

    @property
    def upper(self) -> float:
        """The percent of the upper third; 0 where nobody is in it."""
        return self.shares[2] or 0


def cut(abilities: Mapping[int, int]) -> dict[int, int]:
    """Say to which third (0, 1, 2) each percent belongs.

    Papers with the same percent are never parted: all of them go where their middle one stands.
    """
    n = sum(abilities.values())
    thirds, before = {}, 0
    for percent, count in sorted(abilities.items()):
        middle = before + count / 2
        thirds[percent] = min(2, int(3 * middle / n))
        before += count
    return thirds


def picked(counts: Mapping[int, int], abilities: Mapping[int, int]) -> Picked:
    """Return who picked one thing; ``counts`` and ``abilities`` are papers by their percent."""
    third_of = cut(abilities)
    sizes, found = [0, 0, 0], [0, 0, 0]
    for percent, count in abilities.items():
        sizes[third_of[percent]] += count
        found[third_of[percent]] += counts.get(percent, 0)
    low, middle, high = (
        100 * part / size if size else None for part, size in zip(found, sizes, strict=True)
    )
    return Picked(count=sum(found), shares=(low, middle, high))
