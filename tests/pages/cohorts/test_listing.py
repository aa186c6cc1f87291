"""The list of cohorts, and a cohort's name, dates and end."""

import re

import pytest
from flask import Flask

from course_engine.records import cohorts, invitations, journal
from course_engine.web import clock
from course_engine.web.database import db
from tests.pages.cohorts.crowds import crowd, next_page, open_cohort
from tests.people import Persona

NEW = {
    "name": "Spring group",
    "course": "first-steps",
    "starts_on": "2027-01-11",
    "ends_on": "2027-03-01",
}


def found(app: Flask, cohort: int) -> cohorts.Cohort:
    with app.app_context():
        return cohorts.find(db.session, cohort)


def test_without_cohorts_the_list_says_what_one_is(denise: Persona) -> None:
    page = denise.read("/cohorts")
    assert "No cohorts yet" in page
    assert "/cohorts/new" in page


def test_a_new_cohort_is_listed_with_its_course_and_size(app: Flask, denise: Persona) -> None:
    answer = denise.post("/cohorts/new", NEW)
    assert answer.status_code == 303
    page = denise.read(answer.location)
    assert "Spring group" in page
    assert "Nobody is here yet" in page
    crowd(app, 2)
    listed = denise.read("/cohorts")
    assert "First Steps" in listed
    assert 'class="numeric">2<' in listed


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"course": "no-such-course"},
        {"starts_on": ""},
        {"starts_on": "tomorrow"},
        {"ends_on": "2027-01-10"},
    ],
)
def test_a_new_cohort_needs_a_name_a_course_and_an_end_after_its_start(
    denise: Persona, wrong: dict[str, str]
) -> None:
    answer = denise.post("/cohorts/new", NEW | wrong)
    assert answer.status_code == 422
    assert "Please look at this again" in answer.get_data(as_text=True)
    assert "No cohorts yet" in denise.read("/cohorts")


def test_the_last_day_may_be_left_out(app: Flask, denise: Persona) -> None:
    denise.post("/cohorts/new", NEW | {"ends_on": ""})
    assert found(app, 1).ends_on is None


def test_the_list_is_turned_a_page_at_a_time(app: Flask, denise: Persona) -> None:
    for number in range(52):
        open_cohort(app, name=f"Group {number:02}.")
    first = denise.read("/cohorts")
    assert "Group 51." in first
    assert "Group 01." not in first
    second = denise.read(next_page(first))
    assert "Group 01." in second
    assert "From the start" in second
    assert denise.get("/cohorts?after=nonsense").status_code == 404


def test_name_and_dates_can_be_changed(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    assert "Autumn group" in denise.read(f"/cohorts/{cohort}/change")
    answer = denise.post(
        f"/cohorts/{cohort}/change", {"name": "Winter", "starts_on": "2026-12-01", "ends_on": ""}
    )
    assert answer.status_code == 303
    assert found(app, cohort).name == "Winter"
    answer = denise.post(f"/cohorts/{cohort}/change", {"name": "", "starts_on": "2026-12-01"})
    assert answer.status_code == 422
    assert found(app, cohort).name == "Winter"


def test_closing_takes_open_invitations_back_and_closing_twice_changes_nothing(
    app: Flask, denise: Persona
) -> None:
    cohort = open_cohort(app)
    denise.post(f"/cohorts/{cohort}/invitations/one", {"email": "new@example.org"})
    assert denise.post(f"/cohorts/{cohort}/close").status_code == 303
    closed_at = found(app, cohort).closed_at
    assert closed_at is not None
    assert "This cohort was closed" in denise.read(f"/cohorts/{cohort}")
    assert denise.post(f"/cohorts/{cohort}/close").status_code == 303
    assert found(app, cohort).closed_at == closed_at
    with app.app_context():
        assert invitations.waiting(db.session, cohort_id=cohort, now=clock.now()).rows == ()
        actions = [one.action for one in journal.page(db.session, subject=("cohort", cohort)).rows]
    assert actions.count("cohort.closed") == 1
    refused = denise.post(f"/cohorts/{cohort}/invitations/one", {"email": "late@example.org"})
    assert refused.status_code == 409
    assert "This cohort is closed" in refused.get_data(as_text=True)


@pytest.mark.parametrize("path", ["", "/change", "/invitations", "/register.csv"])
def test_a_cohort_that_does_not_exist_is_missing(denise: Persona, path: str) -> None:
    assert denise.get(f"/cohorts/99{path}").status_code == 404
    assert denise.get(f"/cohorts/99999999999999999999{path}").status_code == 404


@pytest.mark.parametrize("address", ["/cohorts", "/cohorts/new", "/cohorts/1", "/cohorts/1/change"])
def test_cohorts_are_for_coordinators(
    app: Flask, nobody: Persona, rosa: Persona, harold: Persona, address: str
) -> None:
    open_cohort(app)
    assert nobody.get(address).status_code == 303
    for other in (rosa, harold):
        assert other.get(address).status_code == 403


def test_only_a_post_closes_a_cohort(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    assert denise.get(f"/cohorts/{cohort}/close").status_code == 405
    assert denise.post(f"/cohorts/{cohort}").status_code == 405
    assert found(app, cohort).closed_at is None


@pytest.mark.parametrize("path", ["/agreement", "/accommodations"])
def test_pages_that_belong_to_cohorts_say_so_in_the_navigation(denise: Persona, path: str) -> None:
    assert re.search(r'aria-current="page">\s*Cohorts<', denise.read(path))
