"""A person's own certificates."""

import hashlib

from course_engine.certificates.examining import examine
from course_engine.web import keyring
from tests import walks
from tests.people import Persona


def test_a_finished_course_gives_one_certificate_with_the_legal_name(rosa: Persona) -> None:
    serial = walks.complete(rosa)
    assert serial in rosa.read("/certificates")
    page = rosa.read(f"/certificates/{serial}")
    for fact in (
        "Rosa Ñandú",
        "First Steps",
        "0.5 hours, self-paced (30 minutes)",
        "Test Organization",
        serial,
    ):
        assert fact in page
    assert "Certificate of Completion" in page


def test_the_pdf_is_the_same_at_every_download(rosa: Persona) -> None:
    serial = walks.complete(rosa)
    first = rosa.get(f"/certificates/{serial}.pdf")
    second = rosa.get(f"/certificates/{serial}.pdf")
    assert first.data.startswith(b"%PDF-")
    with rosa.app.app_context():
        examined = examine(first.data, keyring.current().known("documents"))
    assert examined
    assert examined.genuine
    assert hashlib.sha256(first.data).digest() == hashlib.sha256(second.data).digest()
    assert f"certificate-of-completion-{serial}.pdf" in first.headers["Content-Disposition"]


def test_a_later_name_changes_nothing_that_was_issued(rosa: Persona) -> None:
    serial = walks.complete(rosa)
    before = rosa.get(f"/certificates/{serial}.pdf").data
    rosa.post("/account/names", {"legal_name": "Rosa Neu", "used_name": "Rosa"})
    assert "Rosa Ñandú" in rosa.read(f"/certificates/{serial}")
    assert rosa.get(f"/certificates/{serial}.pdf").data == before


def test_somebody_elses_certificate_is_missing(rosa: Persona, tomasz: Persona) -> None:
    serial = walks.complete(rosa)
    assert tomasz.get(f"/certificates/{serial}").status_code == 404
    assert tomasz.get(f"/certificates/{serial}.pdf").status_code == 404


def test_who_is_not_signed_in_is_asked_to(rosa: Persona, nobody: Persona) -> None:
    serial = walks.complete(rosa)
    assert nobody.get(f"/certificates/{serial}.pdf").status_code == 303


def test_a_mistyped_serial_is_missing(rosa: Persona) -> None:
    assert rosa.get("/certificates/CE-0000-0000-1").status_code == 404
    assert rosa.get("/certificates/nonsense.pdf").status_code == 404


def test_without_certificates_the_page_says_how_to_come_by_one(rosa: Persona) -> None:
    assert "No certificates yet" in rosa.read("/certificates")


def test_a_withdrawn_certificate_is_not_offered_to_profiles(rosa: Persona, denise: Persona) -> None:
    serial = walks.complete(rosa)
    assert "LinkedIn" in rosa.read(f"/certificates/{serial}")
    denise.post(f"/issued/{serial}/withdraw", {"reason": "issued-in-error"})
    assert "LinkedIn" not in rosa.read(f"/certificates/{serial}")
