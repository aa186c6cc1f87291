"""Problems: faults in the curriculum, each with its place and what to do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Severity = Literal["problem", "warning"]

MOST_PER_FILE = 200
"""More faults than this in one file say nothing new: it is probably not a curriculum file."""


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Problem:
    """One fault in the curriculum: file, line, column, what to do.

    ``path`` is relative to the folder that was checked; line and column count from 1. ``code`` is a
    short stable name such as ``no-right-choice``. A problem stops its course from being published;
    a warning does not.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    severity: Severity = "problem"

    def __str__(self) -> str:
        label = "warning: " if self.severity == "warning" else ""
        return f"{self.path}:{self.line}:{self.column}: {label}{self.message}"


class Report:
    """Collects what is wrong with one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._found: dict[Problem, None] = {}

    def problem(self, place: Place, code: str, message: str) -> None:
        """Add a fault that stops the course."""
        self._add(place, code, message, "problem")

    def warning(self, place: Place, code: str, message: str) -> None:
        """Add a fault that the author should look at."""
        self._add(place, code, message, "warning")

    @property
    def full(self) -> bool:
        """Whether nothing more will be kept."""
        return len(self._found) >= MOST_PER_FILE

    @property
    def found(self) -> tuple[Problem, ...]:
        """Everything that was reported, in the order of the file, each once."""
        return in_order(self._found)

    def _add(self, place: Place, code: str, message: str, severity: Severity) -> None:
        if not self.full:
            fault = Problem(
                path=self.path,
                line=place.line,
                column=place.column,
                code=code,
                message=message,
                severity=severity,
            )
            self._found[fault] = None


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by place, each once."""
    return tuple(sorted(set(problems)))


def below(folder: str, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems as they are called one folder further up."""
    return tuple(replace(each, path=f"{folder}/{each.path}") for each in problems)


def stops(problems: Iterable[Problem]) -> bool:
    """Tell whether anything here is more than a warning."""
    return any(each.severity == "problem" for each in problems)


def shortened(words: str, most: int = 40) -> str:
    """Return what an author wrote, short enough to be quoted in a message."""
    return words if len(words) <= most else f"{words[:most]}…"
