"""A file that somebody hands in: what kind it is, the credential in it and the words on it.

Nothing in the file is believed here. PDFs are opened in the worker of ``press.apart``, within its
limits, because a file can be made so that reading it takes all memory or all day.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Literal

from course_engine.certificates.credentials import baking, strict_json
from course_engine.press import apart
from course_engine.press.faults import PrintingFault
from course_engine.press.limits import Limits
from course_engine.press.messages import Printed

if TYPE_CHECKING:
    from pypdf import PdfReader

Kind = Literal["pdf", "json", "png", "svg"]

LARGEST = 2 * 1024 * 1024
_LIMITS = Limits(processor=5, clock=15, megabytes=300)
_PAGES = 4
_FILES = 8


class Unreadable(ValueError):
    """A file of another kind, too large, damaged, or made to be costly to read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Copy:
    """A certificate as somebody has it; ``text`` is there for a PDF alone."""

    kind: Kind
    credential: bytes | None
    text: str = ""

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture around a credential; nobody signed what the picture shows."""
        return self.kind in {"png", "svg"}


def opened(content: bytes) -> Copy:
    """Find out what a file is, and take the credential out of it.

    :raises Unreadable: it is nothing that we give out.
    """
    if len(content) > LARGEST:
        raise Unreadable("The file is too large.")
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    try:
        if b"%PDF-" in content[:1024]:
            return _pdf(content)
        if start.startswith(b"\x89PNG"):
            return Copy(kind="png", credential=baking.from_png(content))
        if start.startswith(b"{"):
            return Copy(kind="json", credential=content)
        if b"<svg" in content:
            return Copy(kind="svg", credential=baking.from_svg(content))
    except baking.NotBaked as error:
        raise Unreadable(str(error)) from error
    raise Unreadable("This is no PDF, JSON, PNG or SVG file.")


def _pdf(content: bytes) -> Copy:
    try:
        found = json.loads(apart.run_within(_LIMITS, read_pdf, content).content)
    except PrintingFault as error:
        raise Unreadable("The PDF cannot be read.") from error
    credential = found["credential"]
    return Copy(
        kind="pdf",
        credential=None if credential is None else credential.encode(),
        text=found["text"],
    )


def read_pdf(content: bytes) -> Printed:
    """Read text and credential of a PDF in this process; called in the worker alone."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = _reader(content)
    text = "\n".join(page.extract_text() for page in islice(reader.pages, _PAGES))
    credential = next(_credentials(reader), None)
    return Printed(content=json.dumps({"text": text, "credential": credential}).encode())


def credential_of(own: bytes) -> bytes | None:
    """Take the credential out of a PDF that was made here; an older one may carry none."""
    found = next(_credentials(_reader(own)), None)
    return None if found is None else found.encode()


def _reader(content: bytes) -> "PdfReader":
    from pypdf import PdfReader  # noqa: PLC0415 - it loads fonts and pictures, and few pages need it

    return PdfReader(BytesIO(content))


def _credentials(reader: "PdfReader") -> Iterator[str]:
    for attached in islice(reader.attachment_list, _FILES):
        inside = attached.content
        if len(inside) > strict_json.LARGEST:
            continue
        try:
            document = strict_json.parsed(inside)
        except strict_json.NotOurs:
            continue
        if "AchievementCredential" in document.get("type", ()):
            yield inside.decode()
