"""What ratings by a rubric come to: one rating, two that agree, or a third that decides."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from course_engine.curriculum.rubrics import Rubric

Levels = Mapping[str, int]
"""For each item of a rubric the level that was seen, counted from 0."""

TWO = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What a rating comes to. ``critical`` names the harm that was seen: items and flags."""

    credit: Fraction
    met: bool
    critical: frozenset[str] = frozenset()


class NotOfRubric(ValueError):
    """A rating names what its rubric does not have, or leaves an item out."""


def judge(rubric: Rubric, levels: Levels, flags: Collection[str] = ()) -> Verdict:
    """Weigh one rating.

    The credit is the mean of the credits of all items. It is met when it reaches the pass mark,
    every item reaches its least credit, no critical item is at its harmful level, and no flag is
    set. Raises NotOfRubric.
    """
    known = {flag.id for flag in rubric.flags}
    if set(levels) != {item.id for item in rubric.items} or not set(flags) <= known:
        raise NotOfRubric(rubric.slug)
    if not all(0 <= levels[item.id] < len(item.levels) for item in rubric.items):
        raise NotOfRubric(rubric.slug)
    seen = [(item, item.levels[levels[item.id]]) for item in rubric.items]
    harm = {item.id for item, level in seen if item.critical and level.harmful} | set(flags)
    credit = Fraction(sum(level.credit for _, level in seen), 100 * len(seen))
    enough = all(level.credit >= item.least for item, level in seen)
    return Verdict(
        credit=credit,
        met=not harm and enough and 100 * credit >= rubric.pass_mark,
        critical=frozenset(harm),
    )


def agree(one: Verdict, other: Verdict) -> bool:
    """Say whether two ratings need no third: the same outcome, and the same harm seen."""
    return one.met == other.met and one.critical == other.critical


def settle(verdicts: Sequence[Verdict], *, assessors: int) -> Verdict | None:
    """Return what stands once enough people have rated, else None.

    Of two that agree the credit is the mean. When two disagree, the third rating stands.
    """
    if assessors < TWO:
        return verdicts[0] if verdicts else None
    if len(verdicts) > TWO:
        return verdicts[TWO]
    if len(verdicts) < TWO or not agree(*verdicts):
        return None
    one, other = verdicts
    return Verdict(credit=(one.credit + other.credit) / 2, met=one.met, critical=one.critical)
