"""Sums over values that are counted: means, spreads, and how two things go together."""

from collections.abc import Iterable, Mapping

Counts = Mapping[float, int]
"""Value -> how often it came."""

Joint = Mapping[tuple[float, float], int]
"""(mark, rest) -> how often they came together."""


def margin(joint: Joint, side: int) -> Counts:
    """Return how often each mark (side 0) or each rest (side 1) came."""
    found: dict[float, int] = {}
    for pair, count in joint.items():
        found[pair[side]] = found.get(pair[side], 0) + count
    return found


def side_by_side(marks: Counts, rests: Counts) -> Iterable[tuple[float, float, int]]:
    """Pair the lowest mark with the lowest rest and so on up: as they go together at best."""
    left, right = sorted(marks.items()), sorted(rests.items())
    mark, marks_left = left.pop(0)
    rest, rests_left = right.pop(0)
    while True:
        step = min(marks_left, rests_left)
        yield mark, rest, step
        marks_left, rests_left = marks_left - step, rests_left - step
        if not marks_left:
            if not left:
                return
            mark, marks_left = left.pop(0)
        if not rests_left:
            rest, rests_left = right.pop(0)


def mean(counts: Counts) -> float:
    """Return the mean; 0 of nothing."""
    n = sum(counts.values())
    return sum(value * count for value, count in counts.items()) / n if n else 0.0


def moment(counts: Counts, middle: float, power: int) -> float:
    """Return the mean power of the distance from the middle."""
    n = sum(counts.values())
    return (
        sum(count * (value - middle) ** power for value, count in counts.items()) / n if n else 0.0
    )


def variance(counts: Counts) -> float | None:
    """Return the variance of a sample, with n - 1; None for fewer than two."""
    return covariance((value, value, count) for value, count in counts.items())


def covariance(pairs: Iterable[tuple[float, float, int]]) -> float | None:
    """Return the covariance of a sample, with n - 1; None for fewer than two."""
    kept = list(pairs)
    n = sum(count for *_, count in kept)
    if n < 2:  # noqa: PLR2004 - a single paper has no spread.
        return None
    one = sum(x * count for x, _, count in kept) / n
    other = sum(y * count for _, y, count in kept) / n
    return sum((x - one) * (y - other) * count for x, y, count in kept) / (n - 1)


def median(counts: Counts) -> float:
    """Return the middle value, or the mean of the two in the middle."""
    n = sum(counts.values())
    wanted = {(n - 1) // 2, n // 2}
    found, before = [], 0
    for value, count in sorted(counts.items()):
        found += [value for rank in wanted if before <= rank < before + count]
        before += count
    return sum(found) / len(found) if found else 0.0
