"""What an author should look at, found in the figures of a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from course_engine.assessment.analysis.figures import QuestionFigures
from course_engine.assessment.analysis.thirds import Picked

Kind = Literal[
    "check-key", "backwards", "weak", "hard", "easy", "missed-critical", "idle", "blank", "few"
]

ENOUGH = 30
"""Papers from which on figures are more than chance; below that, "few" says so."""

SOME = 10
"""Papers from which on a strong third that picks something else is worth a look."""

# Facility and discrimination that Moodle's documentation calls difficult, easy and very weak:
# https://docs.moodle.org/en/Quiz_statistics_report
HARD, EASY, WEAK = 35, 95, 20
SAFE = 90  # Percent that should get a question about safety right before they meet anybody.
IDLE = 1  # Percent of all under which a wrong choice misleads nobody.
LEFT_BLANK = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """One thing to look at; ``option`` says which choice, if it is about one."""

    kind: Kind
    option: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One thing that could be picked, and who picked it. ``key`` is its index, or the words."""

    key: str
    right: bool
    picked: Picked


def of_question(
    figures: QuestionFigures, options: Sequence[Option], blank: Picked, *, critical: bool
) -> tuple[Flag, ...]:
    """Say what to look at, the gravest first."""
    found = [*_of_key(figures, options), *_of_figures(figures, critical=critical)]
    if figures.papers >= ENOUGH:
        idle = (one for one in options if 100 * one.picked.count < IDLE * figures.papers)
        found += [Flag(kind="idle", option=one.key) for one in idle if not one.right]
        if 100 * blank.count > LEFT_BLANK * figures.papers:
            found.append(Flag(kind="blank"))
    else:
        found.append(Flag(kind="few"))
    return tuple(found)


def _of_key(figures: QuestionFigures, options: Sequence[Option]) -> list[Flag]:
    """Find the wrong choice that the strongest third prefers to every right one."""
    right = max((one.picked.upper for one in options if one.right), default=None)
    if right is None or figures.papers < SOME:
        return []
    wrong = [one for one in options if not one.right and one.picked.upper > right]
    wrong.sort(key=lambda one: -one.picked.upper)
    return [Flag(kind="check-key", option=one.key) for one in wrong[:1]]


def _of_figures(figures: QuestionFigures, *, critical: bool) -> list[Flag]:
    found: list[Flag] = []
    if figures.discrimination is not None and figures.facility < EASY:
        if figures.discrimination < 0:
            found.append(Flag(kind="backwards"))
        elif figures.discrimination < WEAK:
            found.append(Flag(kind="weak"))
    if critical and figures.facility < SAFE:
        found.append(Flag(kind="missed-critical"))
    if figures.facility < HARD:
        found.append(Flag(kind="hard"))
    elif figures.facility >= EASY and not critical:
        found.append(Flag(kind="easy"))
    return found
