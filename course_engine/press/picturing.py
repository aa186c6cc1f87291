"""A printed page as a picture for the screen, where the machine has Poppler's tool for that."""

import shutil
import subprocess

from course_engine.press.faults import PrintingFault

TOOL = "pdftoppm"
_SECONDS = 20


def can_picture() -> bool:
    """Say whether pictures can be made on this machine."""
    return shutil.which(TOOL) is not None


def picture(pdf: bytes, *, dots_per_inch: int = 80) -> bytes:
    """Draw the first page of one of our own PDFs as PNG.

    :raises PrintingFault: the tool is missing, or could not draw it.
    """
    tool = shutil.which(TOOL)
    if tool is None:
        raise PrintingFault("Pictures of pages need Poppler: apt-get install poppler-utils")
    command = [tool, "-png", "-singlefile", "-r", str(dots_per_inch), "-"]
    try:
        return subprocess.run(  # noqa: S603 - fixed arguments, and a file that we have made
            command, input=pdf, capture_output=True, check=True, timeout=_SECONDS
        ).stdout
    except (subprocess.SubprocessError, OSError) as error:
        raise PrintingFault(f"The page could not be drawn: {error}") from error
