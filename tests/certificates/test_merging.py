"""Many certificates in one PDF: whole, each page as it was, and memory that does not grow."""

import io
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from course_engine.certificates.merging import merged

pytestmark = pytest.mark.pure
MANY = 2000


def document(number: int, *, pages: int = 1) -> bytes:
    """A PDF that shares a font and a picture with all others, and says something of its own."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
    )
    picture = pikepdf.Stream(pdf, b"\0" * 3000)
    picture.update({"/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image})
    picture.update({"/Width": 100, "/Height": 10, "/BitsPerComponent": 8})
    picture.ColorSpace = pikepdf.Name.DeviceRGB
    resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(Art=picture)
    )
    for page in range(pages):
        pdf.add_blank_page(page_size=(792, 612))
        text = f"BT /F1 24 Tf 72 72 Td (Certificate {number}.{page}) Tj ET"
        pdf.pages[-1].Contents = pikepdf.Stream(pdf, text.encode())
        pdf.pages[-1].Resources = resources
    written = io.BytesIO()
    pdf.save(written)
    return written.getvalue()


def whole(documents: Iterator[bytes] | list[bytes]) -> bytes:
    return b"".join(merged(documents, title="Copies for printing"))


def contents(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [page.Contents.read_bytes().decode() for page in opened.pages]


def test_every_page_is_there_in_its_order() -> None:
    pdf = whole([document(1), document(2, pages=2), document(3)])
    assert ["".join(text.split("(")[1].split(")")[0]) for text in contents(pdf)] == [
        "Certificate 1.0",
        "Certificate 2.0",
        "Certificate 2.1",
        "Certificate 3.0",
    ]


def test_qpdf_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    path = tmp_path / "merged.pdf"
    path.write_bytes(whole([document(number) for number in range(20)]))
    checked = subprocess.run(
        ["qpdf", "--check", str(path)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_its_title_says_what_it_is_and_it_carries_no_signature() -> None:
    with pikepdf.open(io.BytesIO(whole([document(1)]))) as opened:
        assert str(opened.docinfo["/Title"]) == "Copies for printing"
        assert "/AcroForm" not in opened.Root


def test_what_pages_share_is_written_once() -> None:
    one, ten = len(whole([document(0)])), len(whole([document(n) for n in range(10)]))
    assert ten < one + 9 * 600


def test_no_documents_give_a_pdf_without_pages() -> None:
    with pikepdf.open(io.BytesIO(whole([]))) as opened:
        assert len(opened.pages) == 0


@pytest.mark.slow
def test_two_thousand_certificates_take_no_more_memory_than_a_hundred() -> None:
    base = document(7)

    def many(count: int) -> Iterator[bytes]:
        # Each says something else, as certificates do.
        for number in range(count):
            yield base.replace(b"Certificate 7.0", b"Certificate %03d" % (number % 1000))

    def most(count: int) -> int:
        tracemalloc.start()
        size = sum(len(piece) for piece in merged(many(count), title="Copies"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert size > count * 100
        return peak

    few = most(100)
    assert most(MANY) < few + 1_000_000
