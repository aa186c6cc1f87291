"""The numbers of a picture, worked out here so that the templates only draw."""

from collections.abc import Sequence
from typing import NamedTuple

from course_engine.assessment.analysis.reports import STEP
from course_engine.pages.analysis.wording import OptionRow, whole_percent

TALLEST = 100
SLOT = 24
WIDE = 200


class Bar(NamedTuple):
    """How many papers came to some percents, and how tall that is drawn."""

    label: str
    people: int
    x: int
    height: float


class Strip(NamedTuple):
    """One third of the people at one option: how far its strip reaches, and what it says."""

    third: int
    y: int
    width: float
    percent: str


def bars(counts: Sequence[int]) -> tuple[Bar, ...]:
    """Lay out the picture of all papers, from 0 to 100 percent."""
    tallest = max(counts, default=0) or 1
    return tuple(
        Bar(_label(at), count, at * SLOT, round(TALLEST * count / tallest, 1))
        for at, count in enumerate(counts)
    )


def strips(options: Sequence[OptionRow]) -> tuple[tuple[OptionRow, tuple[Strip, ...]], ...]:
    """Lay out who picked what: three strips for each option, weakest third on top."""
    return tuple(
        (
            option,
            tuple(
                Strip(third, 4 + third * 12, _reach(share), whole_percent(share))
                for third, share in enumerate(option.shares)
            ),
        )
        for option in options
    )


def _reach(share: float | None) -> float:
    return round(WIDE * (share or 0) / 100, 1)


def _label(at: int) -> str:
    low = at * STEP
    return "100" if low == 100 else f"{low}–{low + STEP - 1}"  # noqa: PLR2004, RUF001 - a percent's end; a range.
