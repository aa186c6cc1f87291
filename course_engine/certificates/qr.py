"""A picture of an address that a telephone can read."""

from functools import lru_cache
from io import BytesIO
from itertools import chain, compress

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
    side, squares = qr_patterns.squares(address)
    moves, draws = _words(side)
    # A run begins where a dark square follows a light one, and ends the other way around.
    begins, ends = (
        qr_patterns.bits(found, len(moves))
        for found in (squares & ~(squares >> 1), squares >> 1 & ~squares)
    )
    runs = zip(compress(moves, begins), compress(draws, ends), strict=True)
    return list(chain.from_iterable(runs))


@lru_cache(maxsize=8)
def _words(side: int) -> tuple[list[bytes], list[bytes]]:
    """Write down how to move to each place of each row, and how to draw a line to it."""
    moves, draws = (
        [b"%d %d.5 %b" % (place, row, word) for row in range(side) for place in range(side + 1)]
        for word in (b"m", b"l")
    )
    return moves, draws
