"""How a certificate looks: paper and colors, the part that a site may choose."""

from dataclasses import dataclass
from typing import Literal

PageSize = Literal["A4", "Letter"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A sheet lying on its long side, in millimeters."""

    width: float
    height: float


_PAPERS: dict[PageSize, Paper] = {
    "A4": Paper(width=297, height=210),
    "Letter": Paper(width=279.4, height=215.9),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Design:
    """Page size and colors of a site's certificates; colors are written as CSS ``#rrggbb``."""

    page_size: PageSize = "A4"
    ink: str = "#2b2722"
    quiet: str = "#6a6157"
    accent: str = "#1f5650"
    ornament: str = "#a9834a"
    watermark: str = "#f2e7d3"
    background: str = "#fdfaf3"

    @property
    def paper(self) -> Paper:
        """The sheet that the page size stands for."""
        return _PAPERS[self.page_size]
