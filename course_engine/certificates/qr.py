"""A picture of an address that a telephone can read."""

import re
from functools import lru_cache
from io import BytesIO

from course_engine.certificates import qr_patterns


def qr_svg(address: str, *, ink: str) -> bytes:
    """Draw an address as a QR code in SVG; it survives 15 % of its area being unreadable."""
    picture = BytesIO()
    qr_patterns.code(address).save(
        picture, kind="svg", border=0, dark=ink, light=None, xmldecl=False, svgclass=None
    )
    return picture.getvalue()


def qr_lines(address: str) -> list[bytes]:
    """Draw the same code as the lines of a PDF's content that the picture becomes on a page."""
    squares = qr_patterns.rows(address)
    lines: list[bytes] = []
    for row, (moves, draws) in zip(squares, _words(len(squares)), strict=True):
        for run in re.finditer("1+", row):
            lines += moves[run.start()], draws[run.end()]
    return lines


@lru_cache(maxsize=8)
def _words(side: int) -> list[tuple[list[bytes], list[bytes]]]:
    """Write down for each row how to move to each place, and how to draw a line to it."""
    moves, draws = (
        [[b"%d %d.5 %b" % (place, row, word) for place in range(side + 1)] for row in range(side)]
        for word in (b"m", b"l")
    )
    return list(zip(moves, draws, strict=True))
