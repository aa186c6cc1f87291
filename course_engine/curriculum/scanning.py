"""A first look over the lines of a body: what is code, which blocks open where.

Markdown forgets line numbers, so everything that must keep its place is found here first.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from course_engine.curriculum.reading import Line, trimmed

_FENCE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}|~{3,})(?P<rest>.*)$")
_ADMONITION = re.compile(r'^!!! ?(?P<kind>[\w-]+)(?:\s+"(?P<title>.*)")?\s*$')


@dataclass(frozen=True, kw_only=True, slots=True)
class Fence:
    """A run of lines that are code: from the opening marks to the closing ones."""

    first: int
    last: int
    language: str
    indent: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Admonition:
    """A block that opens with three exclamation marks and holds the indented lines below."""

    kind: str
    title: str | None
    opening: Line
    body: tuple[Line, ...]
    end: int


def fences(lines: Sequence[Line]) -> tuple[Fence, ...]:
    """Return every fenced block, wherever it is indented; one left open runs to the end."""
    found: list[Fence] = []
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at].text)
        if opening is None or (opening["fence"][0] == "`" and "`" in opening["rest"]):
            at += 1
            continue
        last = _closing(lines, at, opening["fence"], len(opening["indent"]))
        found.append(
            Fence(
                first=at,
                last=last,
                language=opening["rest"].strip().split(" ")[0],
                indent=len(opening["indent"]),
            )
        )
        at = last + 1
    return tuple(found)


def _closing(lines: Sequence[Line], first: int, fence: str, indent: int) -> int:
    for at in range(first + 1, len(lines)):
        text = lines[at].text.strip()
        if len(text) >= len(fence) and set(text) == {fence[0]}:
            return at
        # Code inside an indented block ends with that block, closed or not.
        if not lines[at].blank and lines[at].indent < min(indent, 4):
            return at - 1
    return len(lines) - 1


def coded(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indexes of the lines that are code."""
    if not any("```" in line.text or "~~~" in line.text for line in lines):
        return frozenset()
    return frozenset(at for fence in fences(lines) for at in range(fence.first, fence.last + 1))


def admonition(lines: Sequence[Line], at: int) -> Admonition | None:
    """Return the block that opens on this line, or None when none does."""
    opening = _ADMONITION.match(lines[at].text)
    if opening is None:
        return None
    end = at + 1
    while end < len(lines) and (lines[end].blank or lines[end].indent >= 4):  # noqa: PLR2004
        end += 1
    body = trimmed([line.after(min(4, line.indent)) for line in lines[at + 1 : end]])
    return Admonition(
        kind=opening["kind"], title=opening["title"], opening=lines[at], body=body, end=end
    )


def sections(lines: Sequence[Line]) -> Iterator[tuple[Line, ...]]:
    """Yield what stands before the first level-2 heading, then each heading with its lines."""
    code = coded(lines)
    begin = 0
    for at, line in enumerate(lines):
        if line.text.startswith("## ") and at not in code:
            yield tuple(lines[begin:at])
            begin = at
    yield tuple(lines[begin:])
