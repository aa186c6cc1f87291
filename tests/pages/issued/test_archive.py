"""A cohort's certificates in one file."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from flask import Flask

from course_engine.certificates import facts as printed
from course_engine.pages.issued import archive
from course_engine.records import certificates
from course_engine.web.database import db
from tests.pages.cohorts.crowds import open_cohort
from tests.pages.issued.given import certify, pdf_of
from tests.people import Persona


def test_the_archive_holds_what_is_in_force_under_the_names_of_the_people(
    app: Flask, denise: Persona
) -> None:
    cohort, other = open_cohort(app), open_cohort(app)
    maya, zoe = certify(app, cohort, "Maya Lindqvist"), certify(app, cohort, "Zoë Ñandú")
    gone = certify(app, cohort, "Gone")
    certify(app, other, "Other")
    denise.post(f"/issued/{gone}/withdraw", {"reason": "fraud"})
    answer = denise.get(f"/issued/cohorts/{cohort}.zip")
    assert answer.content_type == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == {
            f"Maya Lindqvist - certificate-of-completion-{maya}.pdf": pdf_of(maya),
            f"Zoë Ñandú - certificate-of-completion-{zoe}.pdf": pdf_of(zoe),
        }


def test_the_archive_is_sent_certificate_by_certificate(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    for number in range(3):
        certify(app, cohort, f"Person {number}")
    pieces = denise.get(f"/issued/cohorts/{cohort}.zip", buffered=False)
    sent: Iterator[bytes] = pieces.iter_encoded()
    assert len([piece for piece in sent if piece]) == 4


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("../../etc/passwd", "etc passwd - "),
        ("..\\..\\boot", "boot - "),
        ("C:\\Windows", "C Windows - "),
        ("a\x00b\u202ec\n", "a b c - "),
        ("...", ""),
        ("Ж" * 200, "Ж" * 60 + " - "),
    ],
)
def test_no_name_leads_out_of_the_folder(app: Flask, name: str, beginning: str) -> None:
    serial = certify(app, open_cohort(app), "Maya")
    with app.app_context():
        document = certificates.for_staff(db.session, serial).facts
    facts = printed.from_document({**document, "legal_name": name})
    assert archive.file_name(facts) == f"{beginning}certificate-of-completion-{serial}.pdf"


def test_a_cohort_without_certificates_has_no_archive(app: Flask, denise: Persona) -> None:
    answer = denise.get(f"/issued/cohorts/{open_cohort(app)}.zip")
    assert answer.status_code == 409
    assert "no certificates in force" in answer.get_data(as_text=True)
    assert denise.get("/issued/cohorts/99.zip").status_code == 404


def test_the_archive_is_for_coordinators(app: Flask, nobody: Persona, rosa: Persona) -> None:
    address = f"/issued/cohorts/{open_cohort(app)}.zip"
    assert nobody.get(address).status_code == 303
    assert rosa.get(address).status_code == 403
    assert rosa.post(address).status_code == 405
