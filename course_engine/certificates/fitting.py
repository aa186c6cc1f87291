"""How large a line of text may be set: the rule, fed with widths that the press measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Widths = Sequence[float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """One way to set a text: size in points, the most lines it may take, width in millimeters.

    ``anywhere`` allows a line to break inside a word, as a last resort.
    """

    size: float
    lines: int
    width: float
    anywhere: bool = False


def settings(steps: Sequence[tuple[float, int]], width: float) -> tuple[Setting, ...]:
    """List the settings to try, best first; the last one fits everything that may be printed."""
    smallest, most_lines = steps[-1]
    last = Setting(size=smallest, lines=most_lines + 1, width=width, anywhere=True)
    return (*(Setting(size=s, lines=n, width=width) for s, n in steps), last)


def first_that_fits(measured: Mapping[Setting, Widths]) -> Setting:
    """Choose the first setting whose lines are few enough and none wider than its box."""
    for setting, widths in measured.items():
        if len(widths) <= setting.lines and max(widths, default=0) <= setting.width:
            return setting
    return list(measured)[-1]


def narrower(setting: Setting) -> tuple[Setting, ...]:
    """List the same setting in ever wider boxes, to find the most balanced line break."""
    return tuple(
        Setting(size=setting.size, lines=setting.lines, width=setting.width * share / 100)
        for share in range(40, 101, 4)
    )


def balanced(measured: Mapping[Setting, Widths], most_lines: int) -> Setting:
    """Choose the narrowest box that needs no more lines than the widest one."""
    needed = min(len(list(measured.values())[-1]), most_lines)
    for setting, widths in measured.items():
        if len(widths) <= needed and max(widths, default=0) <= setting.width:
            return setting
    return list(measured)[-1]
