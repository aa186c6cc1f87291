"""Bytes in, numbered lines out: the text of one file, or what keeps it from being read."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from course_engine.curriculum.problems import START, Place, Report

LARGEST_TEXT = 512 * 1024
"""Bytes of one text file: about three times the largest bank that a course has needed."""

MOST_LINES = 20_000
LONGEST_LINE = 10_000

# Everything that no editor shows: control characters other than tab and line feed, the marks that
# Unicode calls noncharacters (the renderer keeps places with two of them), line separators.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff]")


class Line(NamedTuple):
    """One line of a file, or what is left of it once its indentation was taken away."""

    text: str
    number: int
    column: int = 1

    @property
    def place(self) -> Place:
        """Where the text begins in the file."""
        return Place(self.number, self.column)

    @property
    def indent(self) -> int:
        """How many spaces stand before the first word."""
        return len(self.text) - len(self.text.lstrip(" "))

    @property
    def blank(self) -> bool:
        """Whether nothing is written here."""
        return not self.text.strip()

    def after(self, count: int) -> "Line":
        """Return the line without its first ``count`` characters."""
        return Line(text=self.text[count:], number=self.number, column=self.column + count)

    def at(self, offset: int) -> Place:
        """Return the place of the character at this offset."""
        return Place(self.number, self.column + offset)


def read(content: bytes, report: Report) -> tuple[Line, ...] | None:
    """Return the lines of a file, or None when it is no text that can be worked with.

    A byte order mark and Windows line ends are taken away, tabs become four-column stops.
    """
    if len(content) > LARGEST_TEXT:
        size = f"{LARGEST_TEXT // 1024} KiB"
        report.problem(START, "too-large", f"the file is larger than {size}. Split it.")
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(content[: error.start].decode("utf-8", "replace"))
        report.problem(place, "not-utf-8", "this byte is not UTF-8. Save the file as UTF-8.")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if unseen := _UNSEEN.search(text):
        name = f"U+{ord(unseen.group()):04X}"
        report.problem(
            _place(text[: unseen.start()]),
            "control-character",
            f"an invisible control character ({name}) stands here. Delete it.",
        )
        return None
    if text.count("\n") > MOST_LINES:
        message = f"the file has more than {MOST_LINES} lines. Split it."
        report.problem(Place(MOST_LINES, 1), "too-many-lines", message)
        return None
    lines = tuple(
        Line(text=line, number=number)
        for number, line in enumerate(text.expandtabs(4).split("\n"), 1)
    )
    for line in lines:
        if len(line.text) > LONGEST_LINE:
            message = f"the line is longer than {LONGEST_LINE} characters. Break it."
            report.problem(line.place, "line-too-long", message)
            return None
    return lines


def trimmed(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines without the blank ones around them."""
    first, last = 0, len(lines)
    while first < last and lines[first].blank:
        first += 1
    while last > first and lines[last - 1].blank:
        last -= 1
    return tuple(lines[first:last])


def dedented(lines: Sequence[Line], most: int = 1000) -> tuple[Line, ...]:
    """Return the lines without the indentation that all of them share, at most this much."""
    shared = min((line.indent for line in lines if not line.blank), default=0)
    return tuple(line.after(min(shared, most, line.indent)) for line in lines)


def joined(lines: Sequence[Line]) -> str:
    """Return the lines as one text."""
    return "\n".join(line.text for line in lines)


class Ruler:
    """Tells the place of any offset in a joined text."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._starts = [0]
        for line in lines:
            self._starts.append(self._starts[-1] + len(line.text) + 1)

    def place(self, offset: int) -> Place:
        """Return where the character at this offset stands in the file."""
        index = min(bisect_right(self._starts, offset) - 1, len(self._lines) - 1)
        if index < 0:
            return START
        return self._lines[index].at(offset - self._starts[index])


def _place(before: str) -> Place:
    """Return the place that follows this text."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
