"""A style: the colors that it begins with, and how much room each text has on the sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, ConfigDict, Field, TypeAdapter, ValidationError

from course_engine.certificates.design import DESIGNS, Design, Orientation, Paper
from course_engine.press.faults import DesignFaulty

_CLOSED = ConfigDict(extra="forbid")
FILE = "style.yml"

Color = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


@dataclass(frozen=True, kw_only=True, slots=True)
class Colors:
    """The colors of a sheet as ``#rrggbb``.

    ``ink``, ``quiet`` and ``accent`` color text on ``background``, so each has to stand out from
    it; text on a field of ``accent`` has the color of the background.
    """

    __pydantic_config__ = _CLOSED

    ink: Color
    quiet: Color
    accent: Color
    ornament: Color
    watermark: Color
    background: Color


def _step(written: str | float) -> str | float:
    size, _, lines = str(written).partition("/")
    float(size), int(lines or 1)
    return written


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """The room of one text in millimeters: how wide, or how far from both edges, and how high.

    ``sizes`` are the sizes to try in points, best first, with the most lines: ``25/2``.
    """

    __pydantic_config__ = _CLOSED

    left: float = 0
    right: float = 0
    width: float | None = None
    height: float
    sizes: tuple[Annotated[str | float, AfterValidator(_step)], ...]

    def width_on(self, paper: Paper) -> float:
        """Return how wide the text may be."""
        return self.width or paper.width - self.left - self.right

    @property
    def steps(self) -> tuple[tuple[float, int], ...]:
        """Return the sizes to try, each with the most lines."""
        pairs = (str(written).partition("/") for written in self.sizes)
        return tuple((float(size), int(lines or 1)) for size, _, lines in pairs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Style:
    """What ``style.yml`` in a style's folder says."""

    __pydantic_config__ = _CLOSED

    colors: Colors
    landscape: Mapping[str, Box]
    portrait: Mapping[str, Box]

    def boxes(self, orientation: Orientation) -> Mapping[str, Box]:
        """Return the room of each text, by the class that styles it."""
        return self.landscape if orientation == "landscape" else self.portrait


_STYLE: TypeAdapter[Style] = TypeAdapter(Style)
# Each start reads a style to check it, and the loader written in C is ten times as quick.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
CHOOSABLE = tuple(field.name for field in fields(Colors) if field.name != "watermark")


def style_of(design: Design) -> Style:
    """Read the style of a design, with the site's own colors in it.

    :raises DesignFaulty: there is no such style, or its file says something that it may not.
    """
    for folder in design.folders:
        if (folder / FILE).is_file():
            style = _read(folder / FILE, (folder / FILE).stat().st_mtime_ns)
            return replace(style, colors=replace(style.colors, **dict(design.colors)))
    raise DesignFaulty(f"There is no certificate style {design.style!r}: {FILE} is missing.")


def shipped_and_own(design: Design) -> tuple[str, ...]:
    """List the styles that a design could have, by name."""
    roots = {design.folder, DESIGNS}
    return tuple(sorted({file.parent.name for root in roots for file in root.glob(f"*/{FILE}")}))


@lru_cache(maxsize=16)
def _read(path: Path, _changed: int) -> Style:
    try:
        written = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - a safe one
        return _STYLE.validate_python(written)
    except ValidationError as error:
        fault = error.errors()[0]
        field = ".".join(map(str, fault["loc"]))
        raise DesignFaulty(f"{path}: {field}: {fault['msg']}.") from error
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DesignFaulty(f"{path} cannot be read: {str(error).splitlines()[0]}.") from error


def contrast(one: str, other: str) -> float:
    """Return how far two colors stand out from each other, 1 to 21, as WCAG 2 counts it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]  # noqa: PLR2004 — sRGB's own.
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


LEAST_CONTRAST = 4.5  # WCAG 2 level AA for text.


def faint(colors: Colors) -> tuple[str, ...]:
    """Name the colors of text that do not stand out enough from the background."""
    text = ("ink", "quiet", "accent")
    return tuple(
        name for name in text if contrast(getattr(colors, name), colors.background) < LEAST_CONTRAST
    )
