"""A book and its looks in; the HTML and everything that it may show out."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from course_engine.curriculum.course import Asset as Picture
from course_engine.places import STYLE_TOKENS, TEMPLATES
from course_engine.press.assets import Asset
from course_engine.workbooks.book import Book

PageSize = Literal["A4", "Letter"]
Translate = Callable[[str], str]

_FOLDER = TEMPLATES / "workbooks"
_COLOR = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")


@dataclass(frozen=True, kw_only=True, slots=True)
class Help:
    """Where to turn in a crisis: ``short`` at the foot of every page, ``full`` where it is told."""

    short: str
    full: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Imprint:
    """Whose book this is, and from which edition of the course it was printed."""

    organization: str
    contact: str
    edition: str


def compose(
    book: Book, size: PageSize, help_line: Help, imprint: Imprint, translate: Translate = str
) -> str:
    """Fill the template with plain values."""
    return (
        _environment(translate)
        .get_template("book.html")
        .render(
            book=book,
            size=size,
            help=help_line,
            imprint=imprint,
            colors=colors(),
            guided=book.audience == "facilitator",
        )
    )


def everything_shown(pictures: Iterable[Picture]) -> dict[str, Asset]:
    """Gather the pictures of the course, our style sheet, and our drawings in the site's colors."""
    found = {
        each.sha256: Asset(content=each.content, media_type=each.media_type) for each in pictures
    }
    for file in sorted(_FOLDER.iterdir()):
        if file.suffix == ".svg":
            drawn = _environment().get_template(file.name).render(colors=colors()).encode()
            found[file.name] = Asset(content=drawn, media_type="image/svg+xml")
        elif file.suffix == ".css":
            found[file.name] = Asset(content=file.read_bytes(), media_type="text/css")
    return found


@cache
def colors() -> dict[str, str]:
    """Read the site's colors by daylight, so that paper and screen cannot drift apart."""
    daylight = STYLE_TOKENS.read_text(encoding="utf-8").partition("@media")[0]
    return dict(_COLOR.findall(daylight))


@cache
def _environment(translate: Translate = str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["_"] = translate
    return environment
