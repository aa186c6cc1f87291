"""Pictures: what may be shown, and what an SVG may not hold."""

import hashlib
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from xml.parsers import expat

from course_engine.curriculum.course import Asset
from course_engine.curriculum.problems import START, Place, Report

LARGEST_PICTURE = 4 * 1024 * 1024

MEDIA_TYPES: Mapping[str, str] = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}

_BEGINNINGS = {
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}

_SVG = "http://www.w3.org/2000/svg"
_DRAWN_NAMES = (
    "svg g defs symbol use title desc metadata style path rect circle ellipse line polyline "
    "polygon text tspan textPath marker mask clipPath pattern linearGradient radialGradient stop "
    "filter feBlend feColorMatrix feComposite feDropShadow feFlood feGaussianBlur feMerge "
    "feMergeNode feOffset switch"
)
_DRAWN = frozenset(_DRAWN_NAMES.split())
# A style may point at a gradient of its own picture and at nothing else.
_REACHES_OUT = re.compile(
    r"@import|expression\s*\(|javascript:|\\|url\s*+\(\s*+(?![\"']?#)", re.IGNORECASE
)


def read(path: str, content: bytes, report: Report) -> Asset | None:
    """Return the picture that may be published, or None, with every reason why not."""
    media_type = MEDIA_TYPES[PurePosixPath(path).suffix.lower()]
    if len(content) > LARGEST_PICTURE:
        message = (
            f"the picture is larger than {LARGEST_PICTURE // 1024 // 1024} MiB. Make it smaller."
        )
        report.problem(START, "too-large", message)
        return None
    if media_type == "image/svg+xml":
        # The same drawing must have the same digest whatever a checkout does to its line ends.
        content = content.replace(b"\r\n", b"\n")
        if not _harmless(content, report):
            return None
    elif not _BEGINNINGS[media_type].match(content):
        message = f"the file is not {media_type}, as its name says. Save the picture again."
        report.problem(START, "bad-picture", message)
        return None
    digest = hashlib.sha256(content).hexdigest()
    return Asset(sha256=digest, media_type=media_type, content=content)


class _Refused(Exception):
    """The drawing cannot be read any further."""


class _Inspector:
    """Walks over a drawing once and tells of everything that could run or reach out."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.harmless = True
        self._inside: list[str] = []
        self._style = ""
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._open
        self._parser.EndElementHandler = self._close
        self._parser.CharacterDataHandler = self._words
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction

    def inspect(self, content: bytes) -> None:
        self._parser.Parse(content, True)  # noqa: FBT003

    def refuse(self, what: str) -> None:
        self.harmless = False
        place = Place(self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1)
        self.report.problem(place, "unsafe-svg", f"the drawing holds {what}. Take it out.")

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not self._inside and (space, tag) != (_SVG, "svg"):
            self.refuse('something else than an <svg xmlns="http://www.w3.org/2000/svg"> element')
            raise _Refused
        # Drawing programs leave notes in name spaces of their own. No browser draws or runs them,
        # but XHTML is a name space too, so only those without a known meaning may stay.
        if space == _SVG and tag not in _DRAWN:
            self.refuse(f"a <{tag}> element")
        elif space != _SVG and ("w3.org/1999" in space or "MathML" in space):
            self.refuse(f"a <{tag}> element from elsewhere")
        self._inside.append(name)
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2], value)

    def _attribute(self, key: str, value: str) -> None:
        if key.lower().startswith("on"):
            self.refuse(f'"{key}", which runs a script')
        elif _REACHES_OUT.search(value) or (
            key in {"href", "src", "base"} and not value.strip().startswith("#")
        ):
            self.refuse(f'"{key}", which points outside the drawing')

    def _words(self, text: str) -> None:
        if self._inside and self._inside[-1] == f"{_SVG} style":
            self._style += text

    def _close(self, name: str) -> None:
        if name == f"{_SVG} style" and _REACHES_OUT.search(self._style):
            self.refuse("a style that points outside the drawing")
        self._style = ""
        self._inside.pop()

    def _doctype(self, *_: object) -> None:
        self.refuse("a <!DOCTYPE>")
        raise _Refused

    def _instruction(self, target: str, _: str) -> None:
        self.refuse(f"a <?{target}?> instruction")


def _harmless(content: bytes, report: Report) -> bool:
    inspector = _Inspector(report)
    try:
        inspector.inspect(content)
    except _Refused:
        return False
    except expat.ExpatError as error:
        message = "the drawing is not well-formed XML. Export it again."
        report.problem(Place(error.lineno, error.offset + 1), "bad-picture", message)
        return False
    except (ValueError, LookupError):
        report.problem(START, "bad-picture", "the drawing's encoding is unknown. Save it as UTF-8.")
        return False
    return inspector.harmless
