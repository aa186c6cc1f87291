"""Sanitized HTML as a small tree, and back to text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Union

from course_engine.curriculum.questions import Html

Child = Union["Element", str]

VOID = frozenset({"br", "hr", "img"})
_BLOCK_NAMES = "p ul ol pre table blockquote hr h2 h3 h4 h5 h6 dl dt dd div aside section"
BLOCKS = frozenset(_BLOCK_NAMES.split())
_DEEPEST = 40


@dataclass(kw_only=True, slots=True)
class Element:
    """One element with everything inside it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Child] = field(default_factory=list)

    @property
    def inside(self) -> Iterator["Element"]:
        """Every element in here, this one first."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.inside


def read(html: Html) -> list[Child]:
    """Return the top of the tree. What is nested deeper than any text is keeps only its words."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.root.children


def written(children: Sequence[Child]) -> Html:
    """Return the tree as text that is both HTML and XML."""
    return Html("".join(_written(child) for child in children))


def _written(child: Child) -> str:
    if isinstance(child, str):
        return escape(child, quote=False)
    attributes = "".join(f' {key}="{escape(each)}"' for key, each in child.attributes.items())
    if child.tag in VOID:
        return f"<{child.tag}{attributes}/>"
    return f"<{child.tag}{attributes}>{written(child.children)}</{child.tag}>"


def words(children: Sequence[Child]) -> str:
    """Return the bare words of a tree."""
    return "".join(child if isinstance(child, str) else words(child.children) for child in children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(tag="")
        self._open = [self.root]
        self._flat = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag=tag, attributes={key: each or "" for key, each in attrs})
        if tag in VOID:
            self._open[-1].children.append(element)
        elif len(self._open) > _DEEPEST or self._flat:
            self._flat += 1
        else:
            self._open[-1].children.append(element)
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._flat:
            self._flat -= 1
        elif len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)
