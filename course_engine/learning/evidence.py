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
class Observed:
    """What assessors made of one sitting of a role-play."""

    roleplay: str
    number: int
    met: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Everything the records say about one enrollment.

    ``results`` may hold every attempt or, for each quiz, its first passed and its best one.
    ``waiting`` names the quizzes and role-plays that people are looking at now.
    """

    lessons: tuple[LessonDone, ...] = ()
    results: tuple[Result, ...] = ()
    statements: tuple[StatementSigned, ...] = ()
    observed: tuple[Observed, ...] = ()
    waiting: frozenset[str] = frozenset()


Proof = LessonDone | Result | StatementSigned | Observed
"""What can stand for a requirement."""
