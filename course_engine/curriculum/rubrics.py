"""Rubrics and role-plays as values: what assessors look for, and what an observation is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from course_engine.curriculum.questions import Html


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """One level of an item, in words; ``credit`` is the percent of the item that it earns."""

    words: str
    credit: int
    harmful: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RubricItem:
    """One thing to look for, with its levels from the lowest to the highest.

    A critical item at its harmful level makes the outcome "not yet", whatever the rest. So does any
    item below ``least``, the credit that it must reach.
    """

    id: str
    words: str
    levels: tuple[Level, ...]
    critical: bool = False
    least: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """One harmful act. Seen once, it makes the outcome "not yet", whatever the rest."""

    id: str
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rubric:
    """What assessors look for. ``pass_mark`` is the percent of all credit that meets it."""

    slug: str
    title: str
    pass_mark: int
    items: tuple[RubricItem, ...]
    flags: tuple[Flag, ...] = ()


def named(slug: str, rubrics: Iterable[Rubric]) -> Rubric:
    """Return the rubric of this name; a course that was published has every one that it names."""
    return next(each for each in rubrics if each.slug == slug)


@dataclass(frozen=True, kw_only=True, slots=True)
class RolePlay:
    """A conversation that assessors observe: ``assessor`` says what they do in it."""

    slug: str
    title: str
    rubric: str
    assessors: Literal[1, 2]
    minutes: int
    html: Html
    assessor: str
