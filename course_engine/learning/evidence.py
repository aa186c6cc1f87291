"""What the records say about one enrollment, as frozen values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonDone:
    """A lesson that was finished."""

    lesson: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """The grade of one attempt that was handed in; ``quiz`` is the slug of a quiz or the exam."""

    quiz: str
    number: int
    percent: int
    passed: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class StatementSigned:
    """A signature under a statement."""

    statement: str
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Everything the records say about one enrollment.

    ``results`` may hold every attempt or, for each quiz, its first passed and its best one.
    """

    lessons: tuple[LessonDone, ...] = ()
    results: tuple[Result, ...] = ()
    statements: tuple[StatementSigned, ...] = ()


Proof = LessonDone | Result | StatementSigned
"""What can stand for a requirement."""
