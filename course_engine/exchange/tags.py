"""What a heading says about a question, as the tags that other formats can carry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from course_engine.curriculum.questions import Level, Question, ScopeQuestion, Written

_MARKS = frozenset({"critical", "scope", "practice", "assessors=2"})
_POINTS = re.compile(r"points=([1-9][0-9]?)")
_RUBRIC = re.compile(r"rubric=([a-z0-9]+(?:-[a-z0-9]+)*)")
_WORDS = re.compile(r"words=([0-9]{1,4})\.\.([1-9][0-9]{0,3})")
_LEVELS: dict[str, Level] = {
    f"level={level}": level for level in ("recall", "understanding", "judgment")
}
_COMPETENCY = re.compile(r'competency=([a-z0-9-]+:[^\s"{}]{1,80})')


@dataclass(frozen=True, kw_only=True, slots=True)
class Tags:
    """The tags of one question; ``other`` are those that our format has no place for.

    Words that people mark have a ``rubric``; ``twice`` says that two people mark them.
    """

    competencies: tuple[str, ...] = ()
    critical: bool = False
    scope: bool = False
    level: Level | None = None
    practice: bool = False
    points: int | None = None
    rubric: str = ""
    twice: bool = False
    words: tuple[int, int] | None = None
    other: tuple[str, ...] = ()


def of(question: Question) -> tuple[str, ...]:
    """Return the tags that bring a question back as it was."""
    return (
        *(["scope"] if isinstance(question, ScopeQuestion) else []),
        *(["critical"] if question.critical else []),
        *([f"level={question.level}"] if question.level else []),
        *(["practice"] if question.practice else []),
        *([f"points={question.points}"] if question.points != 1 else []),
        *(f"competency={key}" for key in question.competencies),
        *(_written(question) if isinstance(question, Written) else []),
    )


def _written(question: Written) -> Iterable[str]:
    yield f"rubric={question.rubric}"
    if question.assessors != 1:
        yield f"assessors={question.assessors}"
    if question.most is not None:
        yield f"words={question.fewest}..{question.most}"


def read(written: Iterable[str]) -> Tags:
    """Sort the tags of a question into those that mean something here, and the others."""
    competencies: dict[str, None] = {}
    other: dict[str, None] = {}
    marks: dict[str, None] = {}
    points, rubric, words, level = None, "", None, None
    for tag in map(str.strip, written):
        if tag in _MARKS:
            marks[tag] = None
        elif tag in _LEVELS:
            level = _LEVELS[tag]
        elif found := _RUBRIC.fullmatch(tag):
            rubric = found[1]
        elif found := _WORDS.fullmatch(tag):
            words = int(found[1]), int(found[2])
        elif found := _POINTS.fullmatch(tag):
            points = int(found[1])
        elif found := _COMPETENCY.fullmatch(tag):
            competencies[found[1]] = None
        elif tag:
            other[tag] = None
    return Tags(
        competencies=tuple(competencies),
        critical="critical" in marks,
        scope="scope" in marks,
        level=level,
        practice="practice" in marks,
        points=points,
        rubric=rubric,
        twice="assessors=2" in marks,
        words=words,
        other=tuple(other),
    )
