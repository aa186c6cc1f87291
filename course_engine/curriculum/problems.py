"""Problems: faults in the curriculum, each with its place and what to do about it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["problem", "warning"]


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
