"""What is arranged for a person appears nowhere but on their own pages and the coordinators'."""

import zipfile
from io import BytesIO

from pypdf import PdfReader

from course_engine.records import certificates, enrollments, journal
from course_engine.web import catalog
from course_engine.web.clock import now
from course_engine.web.database import db
from tests import walks
from tests.pages.accommodations.test_granting import GRANT
from tests.people import Persona

SECRET = "quetzal"
TELLING = (SECRET, "accommodat", "large-print", "large print", "untimed", "arranged")


def telling(text: str) -> list[str]:
    return [word for word in TELLING if word in text.lower()]


def join(rosa: Persona, cohort: int) -> None:
    with rosa.app.app_context():
        enrollments.enroll(
            db.session,
            person_id=rosa.id,
            course_slug="first-steps",
            edition_digest=catalog.digest_of("first-steps"),
            cohort_id=cohort,
            now=now(),
        )
        db.session.commit()


def test_no_certificate_export_journal_or_verification_page_tells_of_it(
    rosa: Persona, denise: Persona, harold: Persona, nobody: Persona
) -> None:
    opened = denise.post(
        "/cohorts/new", {"name": "Autumn", "course": "first-steps", "starts_on": "2026-11-02"}
    )
    granted = GRANT | {"arrangement": SECRET, "time": "untimed"}
    assert denise.post(f"/accommodations/{rosa.id}/new", granted).status_code == 303
    assert SECRET in denise.read(f"/accommodations/{rosa.id}")
    cohort = int(opened.location.rpartition("/")[2])
    join(rosa, cohort)
    serial = walks.complete(rosa)
    with rosa.app.app_context():
        certificate = certificates.of_person(db.session, rosa.id)[0]
        entries = journal.page(db.session).rows
        db.session.rollback()
    assert not any(telling(str(dict(entry.details))) for entry in entries)
    assert not telling(str(certificate))
    for person, address in (
        (nobody, f"/v/{serial}/{certificate.code}"),
        (denise, f"/cohorts/{cohort}"),
        (denise, f"/cohorts/{cohort}/register.csv"),
        (denise, f"/issued/{serial}"),
        (rosa, f"/certificates/{serial}"),
        (rosa, "/courses/first-steps/left"),
    ):
        page = person.read(address)
        assert serial in page or "Rosa" in page
        assert not telling(page), (address, telling(page))
    assert SECRET not in harold.read("/journal")
    printed = rosa.get(f"/certificates/{serial}.pdf").get_data()
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(printed)).pages)
    assert "Rosa" in words
    assert not telling(words)
    packed = zipfile.ZipFile(BytesIO(denise.get(f"/issued/cohorts/{cohort}.zip").get_data()))
    assert packed.namelist()
    for name in packed.namelist():
        assert not telling(name)
        if not name.endswith(".pdf"):
            assert not telling(packed.read(name).decode())
