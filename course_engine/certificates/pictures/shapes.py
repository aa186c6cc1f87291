"""What a picture is made of: few shapes, so that SVG and PNG are drawn from one description."""

from dataclasses import dataclass
from pathlib import Path

from course_engine.press.fonts import face

SERIF = face("font_source_serif_pro", "SourceSerifPro-Semibold.ttf")
SANS = face("font_source_sans_pro", "SourceSansPro-Semibold.ttf")


@dataclass(frozen=True, kw_only=True, slots=True)
class Disc:
    """A filled circle; with ``ring`` only its rim, that wide."""

    x: float
    y: float
    radius: float
    color: str
    ring: float = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A path of straight strokes with round ends."""

    points: tuple[tuple[float, float], ...]
    color: str
    width: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """One line of text; ``x`` is its middle, or its beginning when not ``centered``."""

    x: float
    y: float
    text: str
    size: float
    color: str
    font: Path = SANS
    centered: bool = True


Shape = Disc | Box | Line | Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Shapes, drawn one over the other; ``title`` says in words what is to be seen."""

    width: int
    height: int
    title: str
    shapes: tuple[Shape, ...]
