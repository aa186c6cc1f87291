"""Certificates for many: asked for, done by the clerk, and told person by person."""

import io
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from course_engine.certificates.facts import CertificateFacts
from course_engine.errors import Refused
from course_engine.records import bulk, certificates, enrollments, issued, ledger_checking
from course_engine.records.issued import Filters
from course_engine.web import bulk as work
from course_engine.web import issuing, making
from course_engine.web.database import db
from tests.pages.cohorts.crowds import crowd, go_on, join, open_cohort, settle
from tests.pages.issued.given import certify, pdf_of
from tests.people import Persona

pytestmark = pytest.mark.usefixtures("quick_press")


def group(app: Flask) -> int:
    """A cohort with one certificate, two who are done, and one who is not."""
    cohort = open_cohort(app)
    certify(app, cohort, "Maya Lindqvist")
    with app.app_context():
        for name, steps in (("Ana Ruiz", 99), ("Ben Ode", 99), ("Cleo Park", 1)):
            person = settle(name, f"{name[:3].lower()}@example.org")
            go_on(person, join(person, cohort), steps=steps)
        db.session.commit()
    return cohort


def let_the_clerk_work(app: Flask) -> None:
    with app.app_context():
        while work.work():
            pass


def ask(denise: Persona, address: str, fields: dict[str, str] | None = None) -> str:
    answer = denise.post(address, fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def outcomes(app: Flask, job: str) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    with app.app_context():
        found = bulk.results(db.session, int(job.rpartition("/")[2])).rows
    return {line.legal_name: (line.outcome, line.detail) for line in found}


def test_each_person_of_a_cohort_gets_a_result_of_their_own(app: Flask, denise: Persona) -> None:
    job = ask(denise, f"/issued/many/issue?cohort={group(app)}")
    before = denise.read(job)
    assert "1 of 4 done" in before
    assert "You can close this page" in before
    let_the_clerk_work(app)
    told = outcomes(app, job)
    assert {name: outcome for name, (outcome, _why) in told.items()} == {
        "Maya Lindqvist": "present",
        "Ana Ruiz": "issued",
        "Ben Ode": "issued",
        "Cleo Park": "unfinished",
    }
    assert "Closing exam" in told["Cleo Park"][1] or len(told["Cleo Park"][1]) > 2
    page = denise.read(job)
    assert "4 of 4 done" in page
    assert "Not finished: 1" in page
    assert "Cleo Park" not in denise.read(f"{job}?outcome=issued")
    with app.app_context():
        assert list(ledger_checking.faults(db.session)) == []


def test_asking_again_issues_nothing_twice(app: Flask, denise: Persona) -> None:
    cohort = group(app)
    for _ in range(2):
        job = ask(denise, f"/issued/many/issue?cohort={cohort}")
        let_the_clerk_work(app)
    assert sorted(str(outcome) for outcome, _why in outcomes(app, job).values()) == [
        "present",
        "present",
        "present",
        "unfinished",
    ]
    with app.app_context():
        assert issued.count_in_force(db.session, Filters(cohort=cohort)) == 3


def test_whoever_has_a_certificate_costs_the_clerk_nothing(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    for number in range(5):
        certify(app, cohort, f"Person {number}")
    job = ask(denise, f"/issued/many/issue?cohort={cohort}")
    with app.app_context():
        assert bulk.lines_to_do(db.session, int(job.rpartition("/")[2]), most=9) == ()


@pytest.mark.parametrize("fault", [OSError("the press is jammed"), ValueError("not thought of")])
def test_a_name_that_cannot_be_printed_stops_nobody_else(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    cohort, make = group(app), making.make

    def choosy(facts: object, *, status_index: int) -> object:
        name = getattr(facts, "legal_name", "")
        if name == "Ana Ruiz":
            raise Refused("No font here can draw it.")
        if name == "Ben Ode":
            raise fault
        return make(facts, status_index=status_index)  # type: ignore[arg-type]

    monkeypatch.setattr(making, "make", choosy)
    job = ask(denise, f"/issued/many/issue?cohort={cohort}")
    let_the_clerk_work(app)
    told = outcomes(app, job)
    assert told["Ana Ruiz"] == ("unprintable", ("No font here can draw it.",))
    assert told["Ben Ode"][0] == "failed"
    assert told["Cleo Park"][0] == "unfinished"


def test_a_full_disk_is_nobodys_result_and_the_clerk_comes_back(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = ask(denise, f"/issued/many/issue?cohort={group(app)}")

    def full(*_given: object, **_more: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as filled:
        filled.setattr(issuing, "put", full)
        with pytest.raises(OperationalError):
            let_the_clerk_work(app)
    assert {outcome for outcome, _ in outcomes(app, job).values()} == {"present", None}
    let_the_clerk_work(app)
    assert outcomes(app, job)["Ana Ruiz"][0] == "issued"


def test_the_page_of_a_job_counts_what_was_printed_the_slower_way(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = making.make

    def slowly(facts: CertificateFacts, *, status_index: int) -> making.Made:
        return replace(make(facts, status_index=status_index), way="plain")

    monkeypatch.setattr(making, "make", slowly)
    job = ask(denise, f"/issued/many/issue?cohort={group(app)}")
    let_the_clerk_work(app)
    issued = [detail for outcome, detail in outcomes(app, job).values() if outcome == "issued"]
    assert issued == [("plain",)] * len(issued) != []
    assert f"{len(issued)} certificate" in denise.get(job).get_data(as_text=True)


def test_many_are_issued_anew_and_each_once(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    serials = {certify(app, cohort, f"Person {number}") for number in range(3)}
    fields = {"reason": "new-design", "private_note": ""}
    job = ask(denise, f"/issued/many/reissue?cohort={cohort}", fields)
    let_the_clerk_work(app)
    assert [outcome for outcome, _why in outcomes(app, job).values()] == ["issued"] * 3
    with app.app_context():
        for serial in serials:
            old = certificates.for_staff(db.session, serial)
            chain = certificates.chain(db.session, old.enrollment_id, old.kind)
            assert [one.state for one in chain] == ["superseded", "issued"]
        assert list(ledger_checking.faults(db.session)) == []


def test_what_was_withdrawn_meanwhile_is_not_issued_anew(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    serial = certify(app, cohort, "Maya Lindqvist")
    job = ask(denise, f"/issued/many/reissue?cohort={cohort}", {"reason": "new-key"})
    denise.post(f"/issued/{serial}/withdraw", {"reason": "fraud"})
    let_the_clerk_work(app)
    assert outcomes(app, job) == {"Maya Lindqvist": ("present", ())}


def test_a_job_can_be_stopped_and_what_was_issued_stays(app: Flask, denise: Persona) -> None:
    job = ask(denise, f"/issued/many/issue?cohort={group(app)}")
    assert denise.post(f"{job}/stop").status_code == 303
    let_the_clerk_work(app)
    assert "stopped before its end" in denise.read(job)
    assert outcomes(app, job)["Ana Ruiz"] == (None, ())
    assert "Stopped" in denise.read("/issued/jobs")


def test_whoever_left_the_course_is_not_given_a_certificate(app: Flask, denise: Persona) -> None:
    cohort = group(app)
    job = ask(denise, f"/issued/many/issue?cohort={cohort}")
    with app.app_context():
        wanted = bulk.lines_to_do(db.session, int(job.rpartition("/")[2]), most=9)
        for line in wanted:
            enrollment = enrollments.for_staff(db.session, line.enrollment_id)
            enrollments.withdraw(db.session, enrollment.id, now=enrollment.started_at)
        db.session.commit()
    let_the_clerk_work(app)
    assert outcomes(app, job)["Ana Ruiz"] == ("unfinished", ("They left the course.",))


def test_a_cohort_or_a_course_must_be_chosen(app: Flask, denise: Persona) -> None:
    assert denise.post("/issued/many/issue").status_code == 409
    assert denise.post("/issued/many/issue?cohort=99").status_code == 404
    assert ask(denise, "/issued/many/issue?course=first-steps")
    assert denise.post("/issued/many/reissue", {"reason": "new-key"}).status_code == 409
    assert denise.post("/issued/many/reissue", {"reason": "a whim"}).status_code == 422


def test_the_page_offers_what_can_be_done(app: Flask, denise: Persona) -> None:
    page = denise.read("/issued/many")
    assert "Choose a cohort or a course above first" in page
    page = denise.read(f"/issued/many?cohort={group(app)}")
    assert "1 certificate in force fits" in page
    assert "Issue 1 certificate anew" in page


def test_the_results_are_turned_a_page_at_a_time(app: Flask, denise: Persona) -> None:
    job = ask(denise, f"/issued/many/issue?cohort={crowd(app, 51)}")
    page = denise.read(job)
    assert "Person 49" in page
    assert "Person 50" not in page
    assert 'rel="next"' in page


def test_what_filters_find_can_be_taken_along(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    serial = certify(app, cohort, "Maya Lindqvist")
    certify(app, open_cohort(app), "Other")
    answer = denise.get(f"/issued/certificates.zip?cohort={cohort}")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as opened:
        assert [opened.read(name) for name in opened.namelist()] == [pdf_of(serial)]


def test_one_pdf_for_printing_has_a_page_for_each_and_says_what_it_is(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = open_cohort(app)
    for number in range(3):
        certify(app, cohort, f"Person {number}")
    page = pikepdf.new()
    page.add_blank_page(page_size=(792, 612))
    content = io.BytesIO()
    page.save(content)
    monkeypatch.setattr(certificates, "pdf", lambda *_given: content.getvalue())
    answer = denise.get(f"/issued/certificates.pdf?cohort={cohort}")
    assert answer.content_type == "application/pdf"
    assert "certificates-for-printing.pdf" in answer.headers["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.data)) as opened:
        assert len(opened.pages) == 3
        assert "copies without signatures" in str(opened.docinfo["/Title"])


@pytest.mark.parametrize("path", ["certificates.zip", "certificates.pdf"])
def test_nothing_to_take_along_is_said_to_be_nothing(denise: Persona, path: str) -> None:
    assert denise.get(f"/issued/{path}").status_code == 409


def test_many_at_once_is_for_coordinators(
    app: Flask, nobody: Persona, rosa: Persona, harold: Persona, denise: Persona
) -> None:
    job = ask(denise, f"/issued/many/issue?cohort={group(app)}")
    for address in ("/issued/many", "/issued/jobs", job, "/issued/certificates.pdf"):
        assert nobody.get(address).status_code == 303
        for other in (rosa, harold):
            assert other.get(address).status_code == 403
    assert rosa.post(f"{job}/stop").status_code == 403
    assert rosa.post("/issued/many/issue?cohort=1").status_code == 403
    assert denise.get("/issued/jobs/99").status_code == 404
    assert denise.post("/issued/jobs").status_code == 405
