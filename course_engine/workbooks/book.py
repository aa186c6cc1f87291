"""A printed book as frozen values: what stands in it, for whom, in reading order.

A trainee's book is made of the values that an open attempt is shown, which know nothing of any
key. Keys are values of their own, and stand in the facilitator's book alone. Neither has a place
for the questions of an exam.
"""

from dataclasses import dataclass
from typing import Literal

from course_engine.assessment.sheets import SheetQuestion
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Html

Audience = Literal["trainee", "facilitator"]


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyedOption:
    """One option with what is said about it."""

    text: Html
    right: bool
    feedback: Html | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What is right, and why: options for choices, otherwise pairs, an order or answers."""

    options: tuple[KeyedOption, ...] = ()
    pairs: tuple[tuple[Html, Html], ...] = ()
    order: tuple[Html, ...] = ()
    answers: tuple[str, ...] = ()
    explanation: Html | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A run of teaching."""

    kind: Literal["passage"] = "passage"
    html: Html


@dataclass(frozen=True, kw_only=True, slots=True)
class Space:
    """A reflection, with room to write in the trainee's book."""

    kind: Literal["space"] = "space"
    prompt: str
    html: Html


@dataclass(frozen=True, kw_only=True, slots=True)
class Exercise:
    """A question; in a trainee's book ``key`` is None and nothing is said to be critical."""

    kind: Literal["exercise"] = "exercise"
    asked: SheetQuestion
    key: Key | None = None
    critical: bool = False


Part = Passage | Space | Exercise


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One lesson. ``anchor`` is its name inside the book."""

    anchor: str
    title: str
    minutes: int
    content_note: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Guidance:
    """What a facilitator is told about a module, before its lessons and after them."""

    aim: str
    competencies: tuple[tuple[str, str], ...]
    discussion: tuple[str, ...]
    quiz_title: str = ""
    quiz_minutes: int = 0
    quiz_policy: Policy | None = None
    quiz: tuple[Exercise, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Chapter:
    """One module. ``minutes`` are those of its lessons and its quiz together."""

    number: int
    anchor: str
    title: str
    introduction: Html
    minutes: int
    sections: tuple[Section, ...]
    guidance: Guidance | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ExamRules:
    """What a facilitator is told about the exam: how it is drawn and passed, and no question."""

    title: str
    minutes: int
    policy: Policy
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A framework that the course cites."""

    title: str
    publisher: str
    year: int
    address: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """A course for print."""

    audience: Audience
    title: str
    language: str
    minutes: int
    introduction: Html
    chapters: tuple[Chapter, ...]
    statements: tuple[tuple[str, Html], ...]
    exam: ExamRules | None = None
    sources: tuple[Source, ...] = ()
