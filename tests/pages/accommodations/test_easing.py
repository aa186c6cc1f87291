"""More time for an open attempt, and more attempts: by a coordinator, with a reason."""

import re
from pathlib import Path

import pytest

from tests import walks
from tests.pages.quizzes import ruled
from tests.people import Persona

MORE = {"minutes": "15", "reason": "The power failed"}


@pytest.fixture
def timed(rosa: Persona, tmp_path: Path) -> str:
    """Rosa's open attempt with half an hour."""
    ruled.begin(rosa, tmp_path, "time_limit: 30 minutes", "attempts: 2")
    return walks.start(rosa, "hello")


def extending(rosa: Persona, address: str) -> str:
    return f"/accommodations/{rosa.id}/attempts/{walks.number_of(address)}/extend"


def test_an_open_attempt_is_given_more_time(rosa: Persona, denise: Persona, timed: str) -> None:
    here = extending(rosa, timed)
    assert here in denise.read(f"/accommodations/{rosa.id}")
    assert "Open until" in denise.read(here)
    assert denise.post(here, MORE).status_code == 303
    page = denise.read(f"/accommodations/{rosa.id}")
    assert "15 minutes more. The power failed" in page
    page = rosa.read(timed)
    assert "45 minutes left" in page or "44 minutes left" in page
    ruled.pass_time(rosa.app, minutes=40)
    assert rosa.post(f"{timed}/save", {}).location == timed


def test_a_second_click_gives_neither_time_nor_attempts_twice(
    rosa: Persona, denise: Persona, timed: str
) -> None:
    opening = f"/accommodations/{rosa.id}/enrollments/1/hello/open"
    for here, fields in (
        (extending(rosa, timed), MORE),
        (opening, {"number": "1", "reason": "A hard week"}),
    ):
        seen = re.search(r'name="seen"[^>]*value="([^"]+)"', denise.read(here))
        assert seen
        assert denise.post(here, fields | {"seen": seen[1]}).status_code == 303
        again = denise.post(here, fields | {"seen": seen[1]})
        assert again.status_code == 409
        assert "Nothing more was changed" in again.get_data(as_text=True)
    page = denise.read(f"/accommodations/{rosa.id}")
    assert page.count("15 minutes more") == 1
    assert "1 of 3 attempts used" in page


def test_when_the_time_is_over_it_is_too_late_for_more(
    rosa: Persona, denise: Persona, timed: str
) -> None:
    ruled.pass_time(rosa.app, minutes=31)
    assert extending(rosa, timed) not in denise.read(f"/accommodations/{rosa.id}")
    assert denise.post(extending(rosa, timed), MORE).status_code == 409
    rosa.post(f"{timed}/close")
    assert denise.get(extending(rosa, timed)).status_code == 409


def test_an_attempt_without_a_limit_needs_no_more_time(rosa: Persona, denise: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    assert "Open, without a time limit" in denise.read(f"/accommodations/{rosa.id}")
    assert denise.post(extending(rosa, address), MORE).status_code == 409


@pytest.mark.parametrize("wrong", [{"minutes": "0"}, {"minutes": "x"}, {"reason": " "}])
def test_more_time_needs_a_number_and_a_reason(
    rosa: Persona, denise: Persona, timed: str, wrong: dict[str, str]
) -> None:
    assert denise.post(extending(rosa, timed), MORE | wrong).status_code == 422


def test_attempts_are_those_of_the_person_that_is_named(
    rosa: Persona, tomasz: Persona, denise: Persona, timed: str
) -> None:
    here = extending(rosa, timed)
    assert denise.post(here.replace(f"/{rosa.id}/", f"/{tomasz.id}/", 1), MORE).status_code == 404
    opening = f"/accommodations/{tomasz.id}/enrollments/1/hello/open"
    assert denise.get(opening).status_code == 404


def test_more_attempts_are_opened_with_a_reason(rosa: Persona, denise: Persona, timed: str) -> None:
    here = f"/accommodations/{rosa.id}/enrollments/1/hello/open"
    assert "1 of 2 attempts used" in denise.read(f"/accommodations/{rosa.id}")
    assert "Attempts more" in denise.read(here)
    assert denise.post(here, {"number": "1", "reason": ""}).status_code == 422
    assert denise.post(here, {"number": "1", "reason": "A hard week"}).status_code == 303
    page = denise.read(f"/accommodations/{rosa.id}")
    assert "1 of 3 attempts used" in page
    assert "A hard week" in page


def test_a_quiz_without_a_limit_has_no_attempts_to_open(rosa: Persona, denise: Persona) -> None:
    walks.begin(rosa)
    here = f"/accommodations/{rosa.id}/enrollments/1"
    assert denise.get(f"{here}/hello/open").status_code == 409
    assert denise.get(f"{here}/other/open").status_code == 404
