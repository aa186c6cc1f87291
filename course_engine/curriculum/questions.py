"""The nine kinds of question, as data: what is asked, its key, and what to say about it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, NewType

from pydantic import Field

Html = NewType("Html", str)
"""Sanitized HTML, ready to be shown."""

NO_HTML = Html("")

Level = Literal["recall", "understanding", "judgment"]
"""What a question asks for: to remember, to see why, or to decide what fits a situation."""


class Scope(StrEnum):
    """The four judgements of a scope question, in their fixed order of urgency."""

    IN = "IN"
    ADAPT = "ADAPT"
    REDIRECT = "REDIRECT"
    NOW = "NOW"


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One option under a question."""

    text: Html
    right: bool
    feedback: Html | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """One line of a matching question: what stands left and what belongs to it."""

    left: Html
    right: Html


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """What every question has: its stable id, words, weight and place in the source.

    ``prompt`` is the heading (inline HTML), ``vignette`` the situation under it, ``explanation``
    what is said afterwards. ``critical`` questions may not be missed whatever the total.
    ``practice`` questions are for practice alone and stand on no exam.
    ``line`` is the 1-based line of the heading in ``source``, a path relative to the course.
    """

    id: str
    prompt: Html
    vignette: Html = NO_HTML
    explanation: Html | None = None
    competencies: tuple[str, ...] = ()
    critical: bool = False
    level: Level | None = None
    practice: bool = False
    points: int = 1
    source: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class SingleChoice(_Asked):
    """One right option."""

    kind: Literal["single"] = "single"
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MultipleChoice(_Asked):
    """One or more right options."""

    kind: Literal["multiple"] = "multiple"
    choices: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ScopeQuestion(_Asked):
    """A situation to be judged IN, ADAPT, REDIRECT or NOW: always four choices, in that order.

    A neighboring label earns half. A missed NOW is a critical miss, whether marked critical or not.
    """

    kind: Literal["scope"] = "scope"
    choices: tuple[Choice, Choice, Choice, Choice]


@dataclass(frozen=True, kw_only=True, slots=True)
class Matching(_Asked):
    """Each left item belongs to one right item."""

    kind: Literal["matching"] = "matching"
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Ordering(_Asked):
    """Items to be put in order; stored in the right order."""

    kind: Literal["ordering"] = "ordering"
    items: tuple[Html, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortAnswer(_Asked):
    """A word or phrase; case, spacing and accents do not matter, nothing fuzzy does."""

    kind: Literal["short"] = "short"
    accepted: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberAnswer(_Asked):
    """A number from ``low`` to ``high``, both included, written as decimal strings."""

    kind: Literal["number"] = "number"
    low: str
    high: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reflection(_Asked):
    """A private box for the trainee's own words; never graded, never exported."""

    kind: Literal["reflection"] = "reflection"


@dataclass(frozen=True, kw_only=True, slots=True)
class Written(_Asked):
    """An answer in the trainee's own words, that people mark by a rubric of the course.

    ``fewest`` and ``most`` are what is asked for, in words; more or fewer are taken all the same.
    """

    kind: Literal["written"] = "written"
    rubric: str
    assessors: Literal[1, 2] = 1
    fewest: int = 0
    most: int | None = None


Question = (
    SingleChoice
    | MultipleChoice
    | ScopeQuestion
    | Matching
    | Ordering
    | ShortAnswer
    | NumberAnswer
    | Reflection
    | Written
)
"""One thing asked: the closed union of the nine kinds."""

QuestionField = Annotated[Question, Field(discriminator="kind")]
"""The same union as a stored edition reads it back."""
