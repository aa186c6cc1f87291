"""One certificate for staff: looked at, downloaded, withdrawn and restored."""

import re

import pytest
from flask import Flask

from course_engine.records import certificate_events, certificates, journal
from course_engine.web.database import db
from tests.pages.cohorts.crowds import open_cohort
from tests.pages.issued.given import certify, pdf_of
from tests.people import Persona

WITHDRAWAL = {
    "reason": "issued-in-error",
    "public_note": "A clerical error.",
    "private_note": "See the letter of November 3.",
}


@pytest.fixture
def serial(app: Flask) -> str:
    """The serial of Maya's certificate."""
    return certify(app, open_cohort(app), "Maya Lindqvist")


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def state_of(app: Flask, serial: str) -> str:
    with app.app_context():
        return certificates.for_staff(db.session, serial).state


def test_the_page_repeats_every_fact_and_says_who_issued_it(denise: Persona, serial: str) -> None:
    said = text_of(denise.read(f"/issued/{serial}"))
    for fact in ("Maya Lindqvist", "First Steps", "November 3, 2026", serial, "The site itself"):
        assert fact in said
    assert "Withdraw this certificate" in said


def test_a_serial_may_be_typed_as_it_is_read(denise: Persona, serial: str) -> None:
    assert serial in denise.read(f"/issued/{serial.lower().replace('-', '')}")


def test_the_download_is_the_stored_bytes(denise: Persona, serial: str) -> None:
    answer = denise.get(f"/issued/{serial}.pdf")
    assert answer.data == pdf_of(serial)
    assert answer.content_type == "application/pdf"
    assert f"certificate-of-completion-{serial}.pdf" in answer.headers["Content-Disposition"]


def test_a_withdrawal_is_seen_by_staff_with_its_notes_and_by_strangers_without(
    app: Flask, denise: Persona, nobody: Persona, serial: str
) -> None:
    assert denise.post(f"/issued/{serial}/withdraw", WITHDRAWAL).status_code == 303
    said = text_of(denise.read(f"/issued/{serial}"))
    assert "Issued in error For everybody: A clerical error. For staff: See the letter" in said
    assert "Denise" in said
    assert "Put it in force again" in said
    with app.app_context():
        code = certificates.for_staff(db.session, serial).code
    public = nobody.read(f"/v/{serial}/{code}")
    assert "A clerical error." in public
    assert "See the letter" not in public


def test_a_certificate_is_restored_with_a_note_and_both_are_journaled(
    app: Flask, denise: Persona, serial: str
) -> None:
    denise.post(f"/issued/{serial}/withdraw", WITHDRAWAL)
    answer = denise.post(f"/issued/{serial}/restore", {"note": "It was right after all."})
    assert answer.status_code == 303
    assert state_of(app, serial) == "issued"
    assert "It was right after all." in denise.read(f"/issued/{serial}")
    with app.app_context():
        kept = certificates.for_staff(db.session, serial)
        events = certificate_events.of_certificate(db.session, kept.id)
        entries = journal.page(db.session, subject=("certificate", serial)).rows
    assert [event.kind for event in events] == ["issued", "withdrawn", "restored"]
    assert [(entry.action, dict(entry.details)) for entry in entries] == [
        ("certificate.restored", {}),
        ("certificate.withdrawn", {"reason": "issued-in-error"}),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": ""},
        {"reason": "a-whim"},
        {"public_note": "x" * 301},
        {"private_note": "x" * 2001},
    ],
)
def test_a_withdrawal_needs_a_reason_of_the_list(
    app: Flask, denise: Persona, serial: str, wrong: dict[str, str]
) -> None:
    answer = denise.post(f"/issued/{serial}/withdraw", WITHDRAWAL | wrong)
    assert answer.status_code == 422
    assert state_of(app, serial) == "issued"


def test_restoring_needs_a_note(app: Flask, denise: Persona, serial: str) -> None:
    denise.post(f"/issued/{serial}/withdraw", WITHDRAWAL)
    answer = denise.post(f"/issued/{serial}/restore", {"note": " "})
    assert answer.status_code == 422
    assert state_of(app, serial) == "withdrawn"


def test_what_is_not_in_force_cannot_be_withdrawn_nor_what_is_be_restored(
    denise: Persona, serial: str
) -> None:
    assert denise.post(f"/issued/{serial}/restore", {"note": "Why not"}).status_code == 409
    denise.post(f"/issued/{serial}/withdraw", WITHDRAWAL)
    assert denise.post(f"/issued/{serial}/withdraw", WITHDRAWAL).status_code == 409


@pytest.mark.parametrize("path", ["CE-0000-0000-0", "CE-AAAA-AAAA-A", "nonsense", "nonsense.pdf"])
def test_a_serial_that_was_never_given_out_is_missing(denise: Persona, path: str) -> None:
    assert denise.get(f"/issued/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", ".pdf"])
def test_looking_is_for_coordinators(
    nobody: Persona, rosa: Persona, harold: Persona, serial: str, path: str
) -> None:
    assert nobody.get(f"/issued/{serial}{path}").status_code == 303
    for other in (rosa, harold):
        assert other.get(f"/issued/{serial}{path}").status_code == 403


def test_withdrawing_is_for_coordinators(app: Flask, rosa: Persona, serial: str) -> None:
    assert rosa.post(f"/issued/{serial}/withdraw", WITHDRAWAL).status_code == 403
    assert rosa.post(f"/issued/{serial}/restore", {"note": "Mine"}).status_code == 403
    assert rosa.get(f"/issued/{serial}/withdraw").status_code == 405
    assert state_of(app, serial) == "issued"
