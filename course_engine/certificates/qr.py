"""A picture of an address that a telephone can read."""

import re
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
    return [
        b"%d %d.5 %b" % (place, row, move)
        for row, squares in enumerate(qr_patterns.rows(address))
        for run in re.finditer(rb"\x01+", squares)
        for place, move in ((run.start(), b"m"), (run.end(), b"l"))
    ]
