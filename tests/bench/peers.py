"""The same certificate by other means: plain WeasyPrint, ReportLab and typst.

Each draws the frame with its leaves, name and course, a row of facts, a signature line and a QR
code on one A4 sheet, and embeds the fonts. WeasyPrint and typst draw divider and seal too. What
typst makes is what ours is: tagged, PDF/A-3a and PDF/UA-1, with the credential attached. The
others are neither archivable nor carry it.
"""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import segno
import typst
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from course_engine.certificates import composing, measuring
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts
from course_engine.certificates.qr import qr_svg
from course_engine.press import assets, fonts, rendering

Print = Callable[[CertificateFacts], bytes]

DESIGN = Design()
LEAVES = [(7, 2.5), (7.6, 2.7), (11.4, 3.3), (12, 3.35), (15.6, 3.05), (16.2, 2.95), (20.4, 2.05)]


def plain(model: CertificateFacts) -> Print:
    """WeasyPrint as its manual says, with texts that somebody else has fitted."""
    pictures = composing.pictures(model, DESIGN)
    with rendering.at_the_press():
        fitted = measuring.fit(composing.texts(model), DESIGN, pictures, language=model.language)

    def print_one(facts: CertificateFacts) -> bytes:
        ink = "#2b2722"
        own = assets.Asset(content=qr_svg(facts.verify_url, ink=ink), media_type="image/svg+xml")
        html = composing.compose(facts, DESIGN, fitted, sample=False, translate=str)
        fetcher = assets.closed_fetcher({**pictures, "qr.svg": own})
        made: bytes = assets.press().weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf()
        return made

    return print_one


def by_typst(model: CertificateFacts, folder: Path, credential: bytes) -> Print:
    """Typst, its compiler kept, with the frame as the same SVG, and to the same standards."""
    pictures = composing.pictures(model, DESIGN)
    for art in ("frame.svg", "divider.svg", "seal.svg"):
        (folder / art).write_bytes(pictures[art].content)
    (folder / "credential.json").write_bytes(credential)
    (folder / "sheet.typ").write_text(_SHEET, encoding="utf-8")
    faces = [fonts._package_folder(name) for name in fonts._PACKAGES]
    compiler = typst.Compiler(folder / "sheet.typ", root=folder, font_paths=faces)

    def print_one(facts: CertificateFacts) -> bytes:
        (folder / "qr.svg").write_bytes(qr_svg(facts.verify_url, ink="#2b2722"))
        told = dict(_facts(facts)) | {"name": facts.legal_name, "serial": facts.serial}
        made = compiler.compile(
            format="pdf",
            sys_inputs=told | {"course": facts.course_title},
            pdf_standards=["a-3a", "ua-1"],
        )
        assert isinstance(made, bytes)
        return made

    return print_one


def by_reportlab() -> Print:
    """ReportLab's canvas, with the frame drawn by hand."""
    faces = {"Serif": "serif", "Sans": "sans"}
    for name, family in faces.items():
        folder = fonts._package_folder(f"font_source_{family}_pro")
        (face,) = folder.rglob(f"Source{name}Pro-Regular.ttf")
        pdfmetrics.registerFont(TTFont(name, str(face)))

    def print_one(facts: CertificateFacts) -> bytes:
        made = BytesIO()
        sheet = Canvas(made, pagesize=(297 * mm, 210 * mm))
        _frame(sheet)
        for text, font, size, height in (
            (facts.issuer.name, "Sans", 15, 185),
            ("Certificate of Completion", "Serif", 31, 165),
            (facts.legal_name, "Serif", 40, 130),
            (facts.course_title, "Serif", 22, 105),
        ):
            sheet.setFont(font, size)
            sheet.drawCentredString(148.5 * mm, height * mm, text)
        sheet.setFont("Sans", 10)
        for place, (label, value) in enumerate(_facts(facts)):
            sheet.drawCentredString((60 + place * 45) * mm, 82 * mm, label)
            sheet.drawCentredString((60 + place * 45) * mm, 77 * mm, value)
        sheet.line(34 * mm, 45 * mm, 100 * mm, 45 * mm)
        sheet.drawString(34 * mm, 40 * mm, facts.signatory.name if facts.signatory else "")
        sheet.drawRightString(235 * mm, 40 * mm, facts.serial)
        _qr(sheet, facts.verify_url)
        sheet.save()
        return made.getvalue()

    return print_one


def _frame(sheet: Canvas) -> None:
    for inset, width in ((9, 0.7), (10.6, 0.2)):
        sheet.setLineWidth(width * mm)
        sheet.roundRect(inset * mm, inset * mm, (297 - 2 * inset) * mm, (210 - 2 * inset) * mm, 18)
    for x, y, right, up in ((13, 13, 1, 1), (284, 13, -1, 1), (13, 197, 1, -1), (284, 197, -1, -1)):
        for turned in (False, True):
            sheet.saveState()
            sheet.translate(x * mm, y * mm)
            sheet.scale(right * mm, up * mm)
            for left, top in LEAVES:
                leaf = sheet.beginPath()
                a, b = (top, left) if turned else (left, top)
                leaf.moveTo(a, b)
                leaf.curveTo(a + 1, b - 1, a + 3, b - 1, a + 4, b)
                leaf.curveTo(a + 3, b + 1, a + 1, b + 1, a, b)
                sheet.drawPath(leaf, stroke=0, fill=1)
            sheet.restoreState()


def _qr(sheet: Canvas, address: str) -> None:
    matrix = segno.make_qr(address, error="m", boost_error=False, mask=3).matrix
    side = 24 * mm / len(matrix)
    squares = sheet.beginPath()
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            if dark:
                squares.rect(240 * mm + column * side, 53 * mm - row * side, side, side)
    sheet.drawPath(squares, stroke=0, fill=1)


def _facts(facts: CertificateFacts) -> list[tuple[str, str]]:
    return [
        ("Learning time", composing.learning_time(facts, str)),
        ("Started", composing.written(facts.started_on, facts.language)),
        ("Completed", composing.written(facts.completed_on, facts.language)),
        ("Issued", composing.written(facts.issued_on, facts.language)),
        ("Course edition", facts.edition),
    ]


_SHEET = """
#let told = sys.inputs
#set document(
  title: "Certificate of Completion",
  date: datetime(year: 2026, month: 11, day: 22),
)
#pdf.attach("credential.json", relationship: "source",
  mime-type: "application/ld+json", description: "Credential")
#set page(width: 297mm, height: 210mm, margin: 0mm, background: pdf.artifact(image("frame.svg")))
#set text(font: "Source Sans Pro", size: 10pt, fallback: false)
#set align(center)
#v(24mm) #text(15pt)[Example Peer Network]
#v(4mm) #text(31pt, font: "Source Serif Pro")[Certificate of Completion]
#v(12mm) #text(40pt, font: "Source Serif Pro", told.name)
#v(8mm) #text(22pt, font: "Source Serif Pro", told.course)
#v(10mm)
#table(columns: 5, stroke: none, align: center,
  ..("Learning time", "Started", "Completed", "Issued", "Course edition"),
  ..("Learning time", "Started", "Completed", "Issued", "Course edition").map(key => told.at(key)))
#place(top + center, dy: 52mm, pdf.artifact(image("divider.svg", width: 70mm)))
#place(bottom + center, dy: -27mm, image("seal.svg", width: 26mm, alt: "Seal"))
#place(bottom + left, dx: 34mm, dy: -40mm, line(length: 66mm) + [A. Example])
#place(bottom + right, dx: -32mm, dy: -29mm, image("qr.svg", width: 24mm,
  alt: "QR code that opens the verification page of this certificate"))
#place(bottom + right, dx: -60mm, dy: -29mm, told.serial)
"""
