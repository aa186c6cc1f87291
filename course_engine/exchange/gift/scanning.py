"""GIFT text in pieces: blocks between empty lines, comments, marks and escapes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_MARK = re.compile(r"\\.|####|->|[~=#{}]", re.DOTALL)
_ESCAPED = re.compile(r"\\([~=#{}:n\\])")
_CATEGORY = "$CATEGORY:"
_ID = re.compile(r"\[id:((?:\\\]|[^\]]){1,200})\]")
_TAG = re.compile(r"\[tag:((?:\\\]|[^\]]){1,200})\]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Category:
    """A line that names the category of what follows."""

    line: int
    path: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Block:
    """The lines of one question, its comments left blank; ``line`` is that of its first words."""

    line: int
    text: str
    id: str
    tags: tuple[str, ...]


def blocks(text: str) -> Iterator[Category | Block]:
    """Yield what stands between empty lines, in the order of the file."""
    held: list[str] = []
    comments: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        bare = line.strip()
        if bare.startswith("//"):
            comments.append(bare)
            held += [""] if held else []
        elif bare.startswith(_CATEGORY):
            path = re.split(r"(?<!/)/(?!/)", bare.removeprefix(_CATEGORY))
            names = tuple(each.strip().replace("//", "/") for each in path if each.strip())
            yield Category(line=number, path=names)
            held += [""] if held else []
        elif bare:
            start = start if held else number
            held.append(line)
        else:
            if held:
                yield _block(start, held, "\n".join(comments))
            held, comments = [], []


def _block(line: int, held: list[str], comments: str) -> Block:
    found = _ID.search(comments)
    return Block(
        line=line,
        text="\n".join(held),
        id=found[1].replace("\\]", "]") if found else "",
        tags=tuple(tag.replace("\\]", "]") for tag in _TAG.findall(comments)),
    )


def marks(text: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield the marks that are not escaped, with their offsets."""
    for found in _MARK.finditer(text, start):
        if not found.group().startswith("\\"):
            yield found.start(), found.group()


def find(text: str, *wanted: str, start: int = 0) -> int:
    """Return where the first of these marks stands, or -1."""
    return next((at for at, mark in marks(text, start) if mark in wanted), -1)


def unescaped(text: str) -> str:
    r"""Return the text as it is meant: \n is a new line, a mark behind a backslash is itself."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def escaped(text: str) -> str:
    """Return a text in which no mark means anything, on one line."""
    return re.sub(r"[\\~=#{}:]", r"\\\g<0>", text).replace("\n", "\\n")
