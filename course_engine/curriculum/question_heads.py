"""The heading that opens a question: its words, and the attributes in braces after them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.frontmatter import did_you_mean
from course_engine.curriculum.layout import is_slug
from course_engine.curriculum.problems import Place
from course_engine.curriculum.questions import Level
from course_engine.curriculum.reading import Line

_BRACES = re.compile(r"\s*\{:?(?P<inside>[^{}]*)\}\s*$")
_ATTRIBUTE = re.compile(
    r"""\#(?P<id>[^\s"'=]*)|\.(?P<mark>[^\s"'=]*)|"""
    r"""(?P<key>[^\s"'=.\#]+)(?:=(?:"(?P<quoted>[^"]*)"|(?P<bare>[^\s"']*)))?|(?P<odd>\S)"""
)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_SPAN = re.compile(r"([0-9]{1,4})\.\.([1-9][0-9]{0,3})")
_POINTS = re.compile(r"[1-9][0-9]?")
_MARKS = ("scope", "reflection", "written")
_KEYS = {
    "competency": 'Write competency="samhsa:III.3".',
    "critical": "Write critical, with nothing after it.",
    "level": "Write level=recall, level=understanding or level=judgment.",
    "practice": "Write practice, with nothing after it.",
    "points": "Write a whole number from 1 to 99, such as points=2.",
    "rubric": 'Write the name of a file in rubrics/, such as rubric="kind-reply".',
    "words": 'Write a range of words, such as words="50..200".',
    "assessors": "Write 1 or 2, such as assessors=2.",
}


@dataclass(kw_only=True, slots=True)
class Head:
    """What the heading of a question says."""

    words: Line
    opening: Line
    id: str = ""
    scope: bool = False
    reflection: bool = False
    competencies: tuple[str, ...] = ()
    critical: bool = False
    level: Level | None = None
    practice: bool = False
    points: int = 1
    written: bool = False
    rubric: str = ""
    rubric_place: Place | None = None
    assessors: Literal[1, 2] | None = None
    words_asked: tuple[int, int] | None = None

    @property
    def place(self) -> Place:
        """Where the question begins."""
        return self.opening.place


def read(line: Line, draft: Draft) -> Head:
    """Read a level-2 heading; tell of every attribute that means nothing."""
    words = line.after(3)
    head = Head(words=words, opening=line)
    if braces := _BRACES.search(words.text):
        head.words = Line(
            text=words.text[: braces.start()], number=words.number, column=words.column
        )
        inside = words.after(braces.start("inside"))
        for found in _ATTRIBUTE.finditer(braces["inside"]):
            if not draft.report.full:
                _take(found, inside, head, draft)
    head.words = Line(
        text=re.sub(r"\s+#+\s*$", "", head.words.text),
        number=head.words.number,
        column=head.words.column,
    )
    if head.words.blank:
        message = "the question asks nothing. Write it after ##."
        draft.report.problem(line.place, "no-prompt", message)
    return head


def _take(found: re.Match[str], inside: Line, head: Head, draft: Draft) -> None:
    place = inside.at(found.start())
    problem = draft.report.problem
    value = found["quoted"] if found["quoted"] is not None else found["bare"]
    if found["id"] is not None:
        _take_id(found["id"], place, head, draft)
    elif found["mark"] is not None:
        if found["mark"] in _MARKS:
            setattr(head, found["mark"], True)
        else:
            message = f'unknown mark ".{found["mark"]}". {did_you_mean(found["mark"], _MARKS)}'
            problem(place, "unknown-attribute", message)
    elif found["key"] == "competency" and value:
        start = found.start("quoted") if found["quoted"] is not None else found.start("bare")
        head.competencies = tuple(dict.fromkeys((*head.competencies, *value.split())))
        for key, offset in _words(value):
            draft.cite(key, inside.at(start + offset))
    elif found["key"] == "rubric" and value and is_slug(value):
        head.rubric, head.rubric_place = value, place
    elif not _take_value(found["key"], value, head):
        _tell(found, place, draft)


def _take_value(key: str | None, value: str | None, head: Head) -> bool:
    """Take an attribute whose value is plain; say whether it was one."""
    match key, value:
        case "critical", None | "true" | "yes":
            head.critical = True
        case "practice", None | "true" | "yes":
            head.practice = True
        case "level", "recall" | "understanding" | "judgment":
            head.level = value
        case "points", str() if _POINTS.fullmatch(value):
            head.points = int(value)
        case "assessors", "1" | "2":
            head.assessors = 2 if value == "2" else 1
        case "words", str() if span := _SPAN.fullmatch(value):
            head.words_asked = int(span[1]), int(span[2])
        case _:
            return False
    return True


def _take_id(name: str, place: Place, head: Head, draft: Draft) -> None:
    if not _ID.fullmatch(name):
        message = f'"#{name}" is no id. Use letters, digits and hyphens, at most 80.'
        draft.report.problem(place, "bad-id", message)
    elif head.id:
        draft.report.problem(place, "bad-id", "a question has one id. Take this one out.")
    head.id = head.id or name


def _tell(found: re.Match[str], place: Place, draft: Draft) -> None:
    if found["key"] in _KEYS:
        message = f'"{found.group()}" says nothing here. {_KEYS[found["key"]]}'
        draft.report.problem(place, "bad-attribute", message)
    else:
        word = found["key"] or found["odd"]
        message = f'unknown attribute "{word}". {did_you_mean(word, _KEYS)}'
        draft.report.problem(place, "unknown-attribute", message)


def _words(value: str) -> Iterator[tuple[str, int]]:
    for word in re.finditer(r"\S+", value):
        yield word.group(), word.start()
