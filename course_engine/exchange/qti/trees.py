"""XML read without entities, document types or anything that reaches outside of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Union
from xml.parsers import expat

from course_engine.curriculum.questions import Html
from course_engine.exchange import html_trees
from course_engine.exchange.html_trees import Element

LARGEST = 4 * 1024 * 1024
_DEEPEST = 100
_MOST = 50_000

Part = Union["Node", str]


class NotRead(Exception):
    """The file is no XML that can be worked with: its line, and the reason with a remedy."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(kw_only=True, slots=True)
class Node:
    """One element. Names are those of QTI 2 and 3 alike: small letters, no hyphens, no prefix."""

    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)

    @property
    def children(self) -> Iterator["Node"]:
        """The elements directly in here."""
        return (part for part in self.parts if isinstance(part, Node))

    @property
    def inside(self) -> Iterator["Node"]:
        """Every element in here, this one first."""
        yield self
        for child in self.children:
            yield from child.inside

    def first(self, name: str) -> "Node | None":
        """Return the first element of this name, wherever it stands."""
        return next(self.all(name), None)

    def all(self, name: str) -> Iterator["Node"]:
        """Yield every element of this name, in the order of the file."""
        return (node for node in self.inside if node.name == name)

    def get(self, key: str) -> str:
        """Return an attribute, or nothing."""
        return self.attributes.get(key, "").strip()

    @property
    def text(self) -> str:
        """The words in here, single-spaced."""
        return " ".join("".join(_texts(self)).split())


def _texts(node: Node) -> Iterator[str]:
    for part in node.parts:
        if isinstance(part, str):
            yield part
        else:
            yield from _texts(part)


def shaped(name: str) -> str:
    """Return the name that QTI 2 and QTI 3 share."""
    return name.rpartition("}")[2].removeprefix("qti-").replace("-", "").lower()


def read(content: bytes) -> Node:
    """Return the root of the file; raises NotRead."""
    if len(content) > LARGEST:
        raise NotRead(1, f"it is larger than {LARGEST >> 20} MiB. Split it.")
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    builder = _Builder(parser)
    try:
        parser.Parse(content, True)  # noqa: FBT003 - The parser takes it by place.
    except expat.ExpatError as error:
        reason = f"it is no well-formed XML ({expat.ErrorString(error.code)}). Mend this line."
        raise NotRead(error.lineno, reason) from None
    except (ValueError, LookupError):
        raise NotRead(1, "its encoding is not known. Save it as UTF-8.") from None
    return builder.root


class _Builder:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._open = [Node(name="", line=1)]
        self._count = 0
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._words

    @property
    def root(self) -> Node:
        return next(self._open[0].children)

    def _doctype(self, *_: object) -> None:
        reason = "it has a document type, which is not safe to read. Remove <!DOCTYPE …>."
        raise NotRead(self._parser.CurrentLineNumber, reason)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        self._count += 1
        if len(self._open) > _DEEPEST or self._count > _MOST:
            raise NotRead(line, "it has too many elements or levels. Split it.")
        named = {shaped(key): value for key, value in attributes.items()}
        node = Node(name=shaped(name), line=line, attributes=named)
        self._open[-1].parts.append(node)
        self._open.append(node)

    def _end(self, _: str) -> None:
        self._open.pop()

    def _words(self, text: str) -> None:
        self._open[-1].parts.append(text)


def html(node: Node) -> Html:
    """Return what stands in an element as HTML, to be cleaned."""
    return html_trees.written([_child(part) for part in node.parts])


def _child(part: Part) -> html_trees.Child:
    if isinstance(part, str):
        return part
    kept = {key: value for key, value in part.attributes.items() if key.isalnum()}
    return Element(
        tag=part.name if part.name.isalnum() else "span",
        attributes=kept,
        children=[_child(each) for each in part.parts],
    )
