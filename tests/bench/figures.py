"""Figures: a name, what was measured in each round, and the target that it is held against."""

import json
import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One measured thing. With a target, ``at_least`` or ``at_most`` says what is wanted."""

    name: str
    where: str
    unit: str
    values: tuple[float, ...]
    at_least: float | None = None
    at_most: float | None = None

    @property
    def median(self) -> float:
        """The median of all rounds."""
        return statistics.median(self.values)

    @property
    def reached(self) -> bool | None:
        """Whether the median meets the target; None where there is none."""
        if self.at_least is not None:
            return self.median >= self.at_least
        if self.at_most is not None:
            return self.median <= self.at_most
        return None


def under(found: Figure, title: str) -> Figure:
    """Return a figure with the database it was measured on."""
    return replace(found, where=f"{title}, {found.where}")


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, ...]:
    """Divide what stood side by side in each round."""
    return tuple(our / their for our, their in zip(ours, theirs, strict=True))


def table(found: Sequence[Figure]) -> str:
    """Write the figures as lines for people."""
    lines = []
    for each in found:
        target = ""
        if each.reached is not None:
            sign, wanted = (
                ("≥", each.at_least) if each.at_least is not None else ("≤", each.at_most)
            )
            target = f"{sign} {wanted:g}  {'reached' if each.reached else 'MISSED'}"
        low, high = _short(min(each.values)), _short(max(each.values))
        spread = f"({low} to {high})" if len(each.values) > 1 else ""
        value = f"{_short(each.median)} {each.unit}"
        lines.append(f"{each.where:<32} {each.name:<54} {value:>16} {spread:<18} {target}")
    return "\n".join(line.rstrip() for line in lines)


def write(path: Path, found: Sequence[Figure], run: dict[str, object]) -> None:
    """Write the figures, and what is to be known of the run, as JSON."""
    figures = [{**asdict(each), "median": each.median, "reached": each.reached} for each in found]
    path.write_text(json.dumps({**run, "figures": figures}, indent=2) + "\n", "utf-8")


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
