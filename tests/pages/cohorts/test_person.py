"""One person in a cohort, as staff see them."""

import re

from flask import Flask

from course_engine.records import enrollments, journal
from course_engine.web.database import db
from tests.pages.cohorts.crowds import crowd, go_on, join, open_cohort, settle, sit
from tests.people import Persona


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_every_requirement_is_shown_with_its_evidence(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    with app.app_context():
        person = settle("Maya Lindqvist", "maya@example.org", "May")
        enrollment = join(person, cohort)
        sit(person, enrollment, "hello", percent=40)
        go_on(person, enrollment, steps=3)
        sit(person, enrollment, "exam", percent=20)
        db.session.commit()
    said = text_of(denise.read(f"/cohorts/{cohort}/people/{enrollment.id}"))
    assert "3 steps of 6 are still open." in said
    assert "Maya Lindqvist" in said
    assert "Hello quiz 1 November 3, 2026, 4:30 AM EST 40% Not passed" in said
    assert "Hello quiz 2 November 3, 2026, 4:30 AM EST 90% Passed" in said
    assert "Met: Hello quiz Passed on November 3, 2026, best so far 90%" in said
    assert "Still open: Closing exam Best so far 20%, not passed yet" in said
    assert said.index("Hello quiz 1") < said.index("Closing exam 1")


def test_an_enrollment_ends_once_and_is_journaled(app: Flask, denise: Persona) -> None:
    cohort = crowd(app, 1)
    address = f"/cohorts/{cohort}/people/1"
    assert "End this enrollment" in denise.read(address)
    assert denise.post(f"{address}/end").status_code == 303
    page = denise.read(address)
    assert "This enrollment ended on" in page
    assert "End this enrollment" not in page
    assert denise.post(f"{address}/end").status_code == 409
    with app.app_context():
        assert enrollments.for_staff(db.session, 1).withdrawn_at is not None
        entries = journal.page(db.session, subject=("enrollment", 1)).rows
    assert [entry.action for entry in entries] == ["enrollment.ended"]


def test_a_person_is_found_only_in_their_own_cohort(app: Flask, denise: Persona) -> None:
    crowd(app, 1)
    other = open_cohort(app)
    assert denise.get(f"/cohorts/{other}/people/1").status_code == 404
    assert denise.post(f"/cohorts/{other}/people/1/end").status_code == 404
    assert denise.get(f"/cohorts/{other}/people/99").status_code == 404


def test_a_persons_page_is_for_coordinators(app: Flask, nobody: Persona, rosa: Persona) -> None:
    address = f"/cohorts/{crowd(app, 1)}/people/1"
    assert nobody.get(address).status_code == 303
    assert rosa.get(address).status_code == 403
    assert rosa.post(f"{address}/end").status_code == 403
    assert rosa.get(f"{address}/end").status_code == 405
