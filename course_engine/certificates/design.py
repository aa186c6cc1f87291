"""How a certificate looks: the part that a site may choose."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from course_engine.places import TEMPLATES

PageSize = Literal["A4", "Letter"]
Orientation = Literal["landscape", "portrait"]

DESIGNS = TEMPLATES / "certificates" / "pdf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A sheet, in millimeters."""

    width: float
    height: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A logo or signature, with the words that stand for it to people who cannot see it."""

    content: bytes
    media_type: str
    alternative: str = ""


_LONG_AND_SHORT: dict[PageSize, tuple[float, float]] = {"A4": (297, 210), "Letter": (279.4, 215.9)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Design:
    """What a site's certificates look like.

    ``style`` names a folder of drawings and CSS under ``folder``, or under the shipped one.
    ``colors`` are pairs such as ``("accent", "#1f5650")`` in place of the style's own.
    ``signatures`` belong to the signatories of the facts, in their order.
    """

    style: str = "classic"
    page_size: PageSize = "A4"
    orientation: Orientation = "landscape"
    colors: tuple[tuple[str, str], ...] = ()
    logo: Picture | None = None
    signatures: tuple[Picture | None, ...] = ()
    folder: Path = DESIGNS

    @property
    def paper(self) -> Paper:
        """The sheet as it lies before its reader."""
        long, short = _LONG_AND_SHORT[self.page_size]
        if self.orientation == "landscape":
            return Paper(width=long, height=short)
        return Paper(width=short, height=long)

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where files of this design are looked for, the first that has one wins."""
        mine = (self.folder / self.style, self.folder)
        shipped = (DESIGNS / self.style, DESIGNS)
        return mine if self.folder == DESIGNS else (*mine, *shipped)
