"""The head of a file: YAML between two lines of three hyphens, weighed against its schema."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from course_engine.curriculum import yaml_values
from course_engine.curriculum.problems import START, Report, shortened
from course_engine.curriculum.reading import Line
from course_engine.curriculum.schema_parts import Schema
from course_engine.curriculum.yaml_values import Marked, Path

S = TypeVar("S", bound=Schema)

_FENCE = "---"


def split(
    lines: Sequence[Line], report: Report
) -> tuple[tuple[Line, ...] | None, tuple[Line, ...]]:
    """Return the head and the body of a file; without a head, which is told, all is body."""
    if not lines or lines[0].text.rstrip() != _FENCE:
        message = "the file must begin with front matter. Put --- above and below its keys."
        report.problem(START, "no-front-matter", message)
        return None, tuple(lines)
    for at, line in enumerate(lines[1:], 1):
        if line.text.rstrip() == _FENCE:
            return tuple(lines[1:at]), tuple(lines[at + 1 :])
    message = "the front matter does not end. Put a line of --- below its last key."
    report.problem(START, "no-front-matter", message)
    return None, tuple(lines)


def read(lines: Sequence[Line], schema: type[S], report: Report) -> tuple[S, Marked] | None:
    """Return the values that these lines of YAML hold, or None; every fault of them is told."""
    marked = yaml_values.read(lines, report)
    if marked is None:
        return None
    try:
        return schema.model_validate(marked.values), marked
    except ValidationError as error:
        for each in _meant(error.errors(include_url=False, include_context=False), schema, marked):
            _tell(each, schema, marked, report)
        return None


def _meant(
    errors: Sequence[ErrorDetails], schema: type[Schema], marked: Marked
) -> Iterator[ErrorDetails]:
    """Leave out what only follows: a word that a map is not, a key that is there but mistyped."""
    paths = [_known(each["loc"], marked) for each in errors]
    guessed = {
        (*path[:-1], *get_close_matches(str(path[-1]), fields, n=1, cutoff=0.6 * (len(fields) > 1)))
        for path, each in zip(paths, errors, strict=True)
        if each["type"] == "extra_forbidden" and (fields := _fields(schema, path[:-1]))
    }
    for path, each in zip(paths, errors, strict=True):
        deeper = any(len(other) > len(path) and other[: len(path)] == path for other in paths)
        if each["type"] == "literal_error" and deeper:
            continue
        if each["type"] == "missing" and (*path, each["loc"][-1]) in guessed:
            continue
        yield each


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a suggestion to end a message with, or what is possible when nothing is close."""
    names = sorted(known)
    if close := get_close_matches(word, names, n=1, cutoff=0.6):
        return f'Did you mean "{close[0]}"?'
    if not names:
        return "Take it out."
    return f"Use one of: {', '.join(names[:20])}."


def _tell(error: ErrorDetails, schema: type[Schema], marked: Marked, report: Report) -> None:
    path = _known(error["loc"], marked)
    name = str(path[-1]) if path else ""
    match error["type"]:
        case "extra_forbidden":
            hint = did_you_mean(name, _fields(schema, path[:-1]))
            if " " in name:
                hint = "Put text that holds a comma in quotes."
            report.problem(marked.key(path), "unknown-key", f'unknown key "{name}". {hint}')
        case "missing":
            name = str(error["loc"][-1])
            message = f'"{name}" is missing. {_remedy(schema, (*path, name))}'
            report.problem(marked.key(path), "missing-key", message)
        case _:
            key = next((str(part) for part in reversed(path) if isinstance(part, str)), "this")
            said = _said(error["input"])
            message = f'"{key}" cannot be {said}. {_remedy(schema, path)}'
            report.problem(marked.place(path), "bad-value", message)


def _known(loc: tuple[int | str, ...], marked: Marked) -> Path:
    """Leave out what pydantic adds to a path: the branch of a union that it tried."""
    path: Path = ()
    for part in loc:
        if (*path, part) in marked.places:
            path = (*path, part)
    return path


def _model(schema: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the schema that describes the map at this path."""
    current: type[BaseModel] | None = schema
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        field = current.model_fields.get(part)
        current = _inside(field.annotation) if field else None
    return current


def _inside(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _inside(argument):
            return found
    return None


def _fields(schema: type[Schema], path: Path) -> tuple[str, ...]:
    model = _model(schema, path)
    return tuple(model.model_fields) if model else ()


def _remedy(schema: type[Schema], path: Path) -> str:
    """Return what the schema says to write in the nearest field that this path names."""
    for end in range(len(path), 0, -1):
        name = path[end - 1]
        model = _model(schema, path[: end - 1])
        if isinstance(name, str) and model and (field := model.model_fields.get(name)):
            return field.description or ""
    return "Look at the schema."


def _said(value: Any) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str() if not value.strip():
            return "empty"
        case str() | int():
            return f'"{shortened(str(value))}"'
        case None:
            return "empty"
        case list():
            return "a list"
        case _:
            return "a map"
