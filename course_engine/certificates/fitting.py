"""How large a text may be set: the rule, fed with widths that the press measured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from course_engine.errors import N_, Refused

_LAST_RESORT = 0.75  # Of the smallest size, with one more line and breaks inside words.


class TooLong(Refused):
    """A text that has no room on the page even at its smallest size."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One way to set a text: size in points, most lines, and its box in millimeters.

    ``anywhere`` allows a line to break inside a word, as a last resort. Once a text has been
    measured, ``lines`` is how many it takes and ``leading`` the height of one in millimeters,
    because scripts differ in it.
    """

    size: float
    lines: int
    width: float
    height: float
    anywhere: bool = False
    leading: float = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """The room that one line takes, in millimeters, with whatever fonts its letters need."""

    width: float
    height: float


Measure = tuple[Setting, Sequence[Line]]
"""A setting, and the lines that a text came to in it."""


def settings(
    steps: Sequence[tuple[float, int]], width: float, height: float
) -> tuple[Setting, ...]:
    """List the settings to try for a text: sizes in points with the most lines, best first."""
    smallest, most_lines = steps[-1]
    last = Setting(
        size=smallest * _LAST_RESORT,
        lines=most_lines + 1,
        width=width,
        height=height,
        anywhere=True,
    )
    regular = (Setting(size=size, lines=n, width=width, height=height) for size, n in steps)
    return (*regular, last)


def first_that_fits(text: str, measured: Iterable[Measure]) -> Setting:
    """Choose the first setting with few enough lines, none of which leaves its box.

    Settings after it need not be measured. Raises TooLong where not even the last one fits.
    """
    for setting, lines in measured:
        if _fits(setting, lines):
            return replace(setting, lines=len(lines), leading=_leading(lines))
    raise TooLong(N_("This text is too long for a certificate: %(text)s"), text=text)


def narrower(setting: Setting) -> tuple[Setting, ...]:
    """List a measured setting in ever wider boxes, to find the most even line break."""
    if setting.lines <= 1 or setting.anywhere:
        return (setting,)
    return tuple(replace(setting, width=setting.width * share / 100) for share in range(40, 101, 4))


def balanced(setting: Setting, measured: Iterable[Measure]) -> Setting:
    """Choose the narrowest box that needs no more lines than ``setting``, the widest one."""
    even = (one for one, lines in measured if _fits(one, lines) and len(lines) <= setting.lines)
    return next(even, setting)


def _fits(setting: Setting, lines: Sequence[Line]) -> bool:
    return (
        len(lines) <= setting.lines
        and all(line.width <= setting.width for line in lines)
        and len(lines) * _leading(lines) <= setting.height
    )


def _leading(lines: Sequence[Line]) -> float:
    return max((line.height for line in lines), default=0)
