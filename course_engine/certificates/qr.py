"""A picture of an address that a telephone can read."""

import re
from io import BytesIO
from typing import Any

import segno

# One of the eight patterns that keep a code from having large plain areas. Trying all of them
# takes five times as long, and what is written here looks like chance under each.
_MASK = 3


def qr_svg(address: str, *, ink: str) -> bytes:
    """Draw an address as a QR code in SVG; it survives 15 % of its area being unreadable."""
    picture = BytesIO()
    _code(address).save(
        picture, kind="svg", border=0, dark=ink, light=None, xmldecl=False, svgclass=None
    )
    return picture.getvalue()


def qr_lines(address: str) -> list[bytes]:
    """Draw the same code as the lines of a PDF's content that the picture becomes on a page."""
    return [
        b"%d %d.5 %b" % (place, row, move)
        for row, squares in enumerate(_code(address).matrix)
        for run in re.finditer(rb"\x01+", bytes(squares))
        for place, move in ((run.start(), b"m"), (run.end(), b"l"))
    ]


def _code(address: str) -> Any:
    return segno.make_qr(address, error="m", boost_error=False, mask=_MASK)
