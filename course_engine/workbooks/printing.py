"""A book in, a tagged PDF out."""

from collections.abc import Iterable

from course_engine.curriculum.course import Asset as Picture
from course_engine.press import rendering
from course_engine.press.faults import DesignFaulty
from course_engine.workbooks import composing
from course_engine.workbooks.book import Book
from course_engine.workbooks.composing import Help, Imprint, PageSize


def print_book(
    book: Book, pictures: Iterable[Picture], *, size: PageSize, help_line: Help, imprint: Imprint
) -> bytes:
    """Print a book as PDF/UA-1. Raises a PrintingFault, and prints nothing, where a part fails."""
    html = composing.compose(book, size, help_line, imprint)
    with rendering.at_the_press():
        document = rendering.render(html, composing.everything_shown(pictures))
        pdf: bytes = document.write_pdf(pdf_variant="pdf/ua-1", finisher=rendering.place_figures)
    if missing := rendering.missing_glyphs(document):
        named = ", ".join(f"U+{ord(each):04X}" for each in sorted(missing))
        raise DesignFaulty(f"No font here can draw {named}.")
    return pdf
