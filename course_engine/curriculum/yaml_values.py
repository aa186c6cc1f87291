"""YAML in, plain values out, each with its place: text, whole numbers, yes or no, lists, maps.

Nothing of YAML that can surprise or run is read: no tags, anchors, dates or floats.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import yaml

from course_engine.curriculum.problems import Place, Report
from course_engine.curriculum.reading import Line, joined

Value = str | int | bool | list["Value"] | dict[str, "Value"] | None
Path = tuple[str | int, ...]

_DEEPEST = 12
_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]{0,8})")
_TRUE, _FALSE = {"true", "yes", "on"}, {"false", "no", "off"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Marked:
    """What a piece of YAML says, and where it says it."""

    values: dict[str, Value]
    keys: dict[Path, Place]
    places: dict[Path, Place]
    start: Place

    def place(self, path: Path) -> Place:
        """Return where the value at this path stands, or the nearest thing around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, self.start)

    def key(self, path: Path) -> Place:
        """Return where the key of this path stands, or the nearest thing around it."""
        return self.keys[path] if path in self.keys else self.place(path)


class _Refused(yaml.MarkedYAMLError):
    """Something that YAML allows and we do not."""


class _Loader(yaml.SafeLoader):
    """Composes nodes without anchors, tags, or nesting deeper than any file needs."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Refused(problem="anchors are not used here", problem_mark=event.start_mark)
        if getattr(event, "tag", None):
            raise _Refused(problem="tags are not used here", problem_mark=event.start_mark)
        self.depth += 1
        if self.depth > _DEEPEST:
            raise _Refused(problem="this is nested too deeply", problem_mark=event.start_mark)
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def read(lines: Sequence[Line], report: Report) -> Marked | None:
    """Return the map that these lines hold; None when they hold something else, which is told."""
    first = lines[0].number if lines else 1
    start = Place(first, 1)
    try:
        node = yaml.compose(joined(lines), Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        place = start
        if mark := error.problem_mark or error.context_mark:
            place = Place(mark.line + first, mark.column + 1)
        report.problem(place, "bad-yaml", _in_plain_words(error))
        return None
    except yaml.YAMLError:
        message = "a character here is not allowed in YAML. Delete what you did not type."
        report.problem(start, "bad-yaml", message)
        return None
    if not isinstance(node, yaml.MappingNode):
        message = 'here should be keys and values, one to a line. Begin with "title: …".'
        report.problem(start, "bad-yaml", message)
        return None
    reader = _Reader(first, report)
    values = cast("dict[str, Value]", reader.value(node, ()))
    return Marked(values=values, keys=reader.keys, places=reader.places, start=start)


def _in_plain_words(error: yaml.MarkedYAMLError) -> str:
    what = error.problem or ""
    if isinstance(error, _Refused):
        return f"{what}. Write the value plainly."
    if "mapping values" in what:
        return "there is a second colon here. Put text that holds a colon in quotes."
    if "expected ':'" in what:
        return 'a colon is missing. Write "key: value" on each line.'
    return "something here is not closed or not quoted. Put text with marks in quotes."


class _Reader:
    """Turns nodes into values and keeps their places."""

    def __init__(self, first: int, report: Report) -> None:
        self._first = first
        self._report = report
        self.keys: dict[Path, Place] = {}
        self.places: dict[Path, Place] = {}

    def value(self, node: yaml.Node, path: Path) -> Value:
        self.places[path] = self._place(node)
        match node:
            case yaml.MappingNode():
                return self._map(node, path)
            case yaml.SequenceNode():
                return [self.value(each, (*path, at)) for at, each in enumerate(node.value)]
            case _:
                return _scalar(node)

    def _map(self, node: yaml.MappingNode, path: Path) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for key, each in node.value:
            place = self._place(key)
            if not isinstance(key, yaml.ScalarNode):
                self._report.problem(place, "bad-yaml", "a key must be a word. Write it plainly.")
                continue
            name = key.value
            if name in values:
                message = f'the key "{name}" stands here twice. Keep one.'
                self._report.problem(place, "key-twice", message)
                continue
            self.keys[*path, name] = place
            values[name] = self.value(each, (*path, name))
        return values

    def _place(self, node: yaml.Node) -> Place:
        return Place(node.start_mark.line + self._first, node.start_mark.column + 1)


def _scalar(node: yaml.Node) -> Value:
    text = cast("str", node.value)
    if node.tag == "tag:yaml.org,2002:null":
        return None
    if node.tag == "tag:yaml.org,2002:bool" and text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    if node.tag == "tag:yaml.org,2002:int" and _WHOLE.fullmatch(text):
        return int(text)
    return text
