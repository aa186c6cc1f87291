"""What could not be taken over, each with its line and the reason."""

from typing import Literal

from course_engine.curriculum.problems import Problem

MOST_LISTED = 10_000
"""No file of questions needs more lines than this to say what is left out."""


class Losses:
    """Collects what is not imported, or not exported.

    A question left out as a whole is a Problem; a part of one that is kept is a warning.
    """

    def __init__(self, path: str, *, done: Literal["imported", "exported"] = "imported") -> None:
        self._path = path
        self._done = done
        self._found: dict[Problem, None] = {}

    def question(self, line: int, code: str, reason: str) -> None:
        """Tell of a question, or a whole file, that is left out; ``reason`` ends with a remedy."""
        self._add(line, code, f"not {self._done} because {reason}", warning=False)

    def part(self, line: int, code: str, what: str, reason: str) -> None:
        """Tell of something that a question loses."""
        self._add(line, code, f"{what}: not {self._done} because {reason}", warning=True)

    def hint(self, line: int, code: str, message: str) -> None:
        """Tell of something to look at, where nothing is lost."""
        self._add(line, code, message, warning=True)

    @property
    def found(self) -> tuple[Problem, ...]:
        """Everything that was left out, in the order of the file."""
        return tuple(sorted(self._found))

    def _add(self, line: int, code: str, message: str, *, warning: bool) -> None:
        if len(self._found) < MOST_LISTED:
            severity: Literal["warning", "problem"] = "warning" if warning else "problem"
            fault = Problem(
                path=self._path,
                line=max(line, 1),
                column=1,
                code=code,
                message=message,
                severity=severity,
            )
            self._found[fault] = None
