"""The list of certificates and its filters."""

import pytest
from flask import Flask

from course_engine.certificates import serials
from course_engine.records import certificates, cohorts
from course_engine.web.database import db
from tests.pages.cohorts.crowds import next_page, open_cohort
from tests.pages.issued.given import certify
from tests.people import Persona


def test_without_certificates_the_list_says_when_there_will_be_some(denise: Persona) -> None:
    page = denise.read("/issued")
    assert "No certificates yet" in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"Maya Lindqvist", "Zoe Ek"}),
        ("search=lindq", {"Maya Lindqvist"}),
        ("search={maya}", {"Maya Lindqvist"}),
        ("search={maya_typed}", {"Maya Lindqvist"}),
        ("search=nobody", set()),
        ("cohort=2", {"Zoe Ek"}),
        ("cohort=99", set()),
        ("cohort=nonsense", {"Maya Lindqvist", "Zoe Ek"}),
        ("course=first-steps", {"Maya Lindqvist", "Zoe Ek"}),
        ("course=another", set()),
        ("state=withdrawn", {"Zoe Ek"}),
        ("state=issued&cohort=1", {"Maya Lindqvist"}),
        ("state=nonsense", {"Maya Lindqvist", "Zoe Ek"}),
    ],
)
def test_filters_narrow_the_list(app: Flask, denise: Persona, query: str, shown: set[str]) -> None:
    first, second = open_cohort(app), open_cohort(app)
    maya = certify(app, first, "Maya Lindqvist")
    zoe = certify(app, second, "Zoe Ek")
    denise.post(f"/issued/{zoe}/withdraw", {"reason": "duplicate"})
    typed = maya.removeprefix("CE-").replace("-", " ").lower()
    page = denise.read("/issued?" + query.format(maya=maya, maya_typed=typed))
    assert {name for name in ("Maya Lindqvist", "Zoe Ek") if f">{name}<" in page} == shown
    assert ("No certificate fits" in page) is (not shown)


def test_the_list_is_turned_a_page_at_a_time_and_keeps_its_filters(
    app: Flask, denise: Persona
) -> None:
    cohort = open_cohort(app)
    for number in range(51):
        certify(app, cohort, f"Person {number:02}")
    first = denise.read(f"/issued?cohort={cohort}&state=issued")
    assert ">Person 50<" in first
    assert ">Person 00<" not in first
    onward = next_page(first)
    assert f"cohort={cohort}" in onward
    assert "state=issued" in onward
    assert ">Person 00<" in denise.read(onward)


def test_a_cohort_too_old_for_the_list_can_still_be_chosen(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_engine.pages.issued.filters.MOST_COHORTS", 1)
    first = open_cohort(app, name="The first")
    open_cohort(app, name="The second")
    assert "The first" not in denise.read("/issued")
    assert "The first" in denise.read(f"/issued?cohort={first}")


def test_the_register_links_to_the_certificate(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    serial = certify(app, cohort, "Maya Lindqvist")
    assert serials.parse_serial(serial) == serial
    assert f"/issued/{serial}" in denise.read(f"/cohorts/{cohort}")
    with app.app_context():
        found = certificates.for_staff(db.session, serial)
        assert cohorts.find(db.session, cohort).id == found.cohort_id


def test_the_list_is_for_coordinators(nobody: Persona, rosa: Persona, amara: Persona) -> None:
    assert nobody.get("/issued").status_code == 303
    for other in (rosa, amara):
        assert other.get("/issued").status_code == 403
    assert rosa.post("/issued").status_code == 405
