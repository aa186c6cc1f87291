"""A certificate that was stamped beside the same one laid out anew: what differs, in words."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.printing import plainly, typeset
from course_engine.press import rendering
from course_engine.press.attachments import Attachment
from tests.certificates.printed import opened, structure, tool

DOTS_PER_INCH = 100
ATTACHED = (
    Attachment(name="credential.json", content=b'{"a": 1}', media_type="application/ld+json"),
)


def compare(facts: CertificateFacts, design: Design, *, sample: bool = False) -> tuple[str, str]:
    """How the certificate was made, and what differs from the plain way, in words."""
    printed = typeset(facts, design, sample=sample, attachments=ATTACHED)
    with rendering.at_the_press():
        plain, _ = plainly(facts, design, sample=sample, attachments=ATTACHED)
    looks = {
        "the picture": picture,
        "the tags": tags,
        "the text": lambda pdf: tool("pdftotext", "-layout", "PDF", "-", pdf=pdf),
        "the addresses": lambda pdf: tool("pdfinfo", "-url", "PDF", pdf=pdf),
        "the metadata": lambda pdf: tool("pdfinfo", "-meta", "PDF", pdf=pdf),
        "the attachments": lambda pdf: tool("pdfdetach", "-list", "PDF", pdf=pdf),
    }
    differ = [what for what, look in looks.items() if look(printed.content) != look(plain)]
    return printed.way, ", ".join(differ)


def tags(pdf: bytes) -> list[tuple[str, ...]]:
    """What a screen reader is told of each element, in reading order, and what it holds."""
    told = ("/S", "/Alt", "/ActualText")
    marks = opened(pdf).Root.StructTreeRoot.ParentTree.Nums[1]
    return [
        (
            *(str(element.get(key, "")) for key in told),
            str(sum(1 for mark in marks if mark.objgen == element.objgen)),
        )
        for element in structure(pdf)
    ]


def picture(pdf: bytes) -> bytes:
    """The page as it looks, as bytes that can be compared."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "page.pdf"
        file.write_bytes(pdf)
        resolution = ("-r", str(DOTS_PER_INCH))
        shown = subprocess.run(
            ("pdftoppm", "-singlefile", *resolution, str(file)), capture_output=True, check=True
        )
        return shown.stdout
