"""What a heading says about a question, as the tags that other formats can carry."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from course_engine.curriculum.questions import Question, ScopeQuestion

_POINTS = re.compile(r"points=([1-9][0-9]?)")
_COMPETENCY = re.compile(r'competency=([a-z0-9-]+:[^\s"{}]{1,80})')


@dataclass(frozen=True, kw_only=True, slots=True)
class Tags:
    """The tags of one question; ``other`` are those that our format has no place for."""

    competencies: tuple[str, ...] = ()
    critical: bool = False
    scope: bool = False
    points: int | None = None
    other: tuple[str, ...] = ()


def of(question: Question) -> tuple[str, ...]:
    """Return the tags that bring a question back as it was."""
    return (
        *(["scope"] if isinstance(question, ScopeQuestion) else []),
        *(["critical"] if question.critical else []),
        *([f"points={question.points}"] if question.points != 1 else []),
        *(f"competency={key}" for key in question.competencies),
    )


def read(written: Iterable[str]) -> Tags:
    """Sort the tags of a question into those that mean something here, and the others."""
    competencies: dict[str, None] = {}
    other: dict[str, None] = {}
    critical = scope = False
    points = None
    for tag in map(str.strip, written):
        if tag == "critical":
            critical = True
        elif tag == "scope":
            scope = True
        elif found := _POINTS.fullmatch(tag):
            points = int(found[1])
        elif found := _COMPETENCY.fullmatch(tag):
            competencies[found[1]] = None
        elif tag:
            other[tag] = None
    return Tags(
        competencies=tuple(competencies),
        critical=critical,
        scope=scope,
        points=points,
        other=tuple(other),
    )
