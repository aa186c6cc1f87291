"""A certificate to print in tests, and ways to read what was printed."""

import subprocess
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import pikepdf

from course_engine.certificates import serials
from course_engine.certificates.design import Design, PageSize
from course_engine.certificates.facts import CertificateFacts, Issuer, Signatory
from course_engine.certificates.printing import print_certificate

SERIAL = serials.new_serial(b"12345")
CODE = serials.new_code(b"0123456789abcdef")


def facts(**changes: Any) -> CertificateFacts:
    told = CertificateFacts(
        serial=SERIAL,
        code=CODE,
        legal_name="Zoë O’Neill",
        course_title="Walking Beside",
        course_slug="walking-beside",
        edition="4f9c21ab03de",
        language="en",
        kind="completion",
        minutes=(("self-paced", 185),),
        started_on=date(2026, 10, 2),
        completed_on=date(2026, 11, 20),
        issued_on=date(2026, 11, 22),
        time_zone="America/New_York",
        issuer=Issuer(name="Example Peer Network", place="Springfield", web="https://example.org"),
        signatory=Signatory(name="A. Example", title="Director of Training"),
        verify_url=f"https://learn.example.org/v/{SERIAL}/{CODE}",
        verify_address="https://learn.example.org/verify",
        statements=("Quizzes and a final exam were part of the course.",),
    )
    return replace(told, **changes)


@cache
def plain(size: PageSize = "A4") -> bytes:
    """The certificate as it stands, printed once for all tests that only read it."""
    return print_certificate(facts(), Design(page_size=size))


@cache
def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file as objects, which can be read only while it is open; so it is kept."""
    return pikepdf.open(BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The text in reading order, with each run of white space as one space."""
    return " ".join(tool("pdftotext", "PDF", "-", pdf=pdf).split())


def tool(*command: str, pdf: bytes) -> str:
    """What a PDF tool says of a file, given in place of "PDF"; its failing fails the test."""
    with NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        told = [file.name if part == "PDF" else part for part in command]
        return subprocess.run(told, capture_output=True, check=True).stdout.decode()


def structure(pdf: bytes) -> list[Any]:
    """Every element of the structure tree, in reading order."""

    def walk(element: Any) -> list[Any]:
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            return []
        kids = element.get("/K", pikepdf.Array())
        found = [element]
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            found += walk(kid)
        return found

    tops = opened(pdf).Root.StructTreeRoot.K
    return [
        found
        for top in (tops if isinstance(tops, pikepdf.Array) else [tops])
        for found in walk(top)
    ]


def folder_with(place: Path, **files: str) -> Path:
    """A folder of one's own with some files in place of the shipped; "__" stands for the dot."""
    for name, text in files.items():
        (place / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return place
