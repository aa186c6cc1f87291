"""Accommodations: granted once, for every quiz from the next start, and nobody else's business."""

from pathlib import Path

import pytest

from course_engine.records import attempts
from course_engine.web import closing
from course_engine.web.database import db
from tests import walks
from tests.pages.quizzes import ruled
from tests.people import Persona

GRANT = {
    "time": "1.5",
    "extra_attempts": "1",
    "cooldown": "half",
    "break_minutes": "20",
    "format": "large-print",
    "arrangement": "A quiet room",
    "from_day": "2020-01-01",
}
RULES = ("time_limit: 30 minutes", "attempts: 1", "cooldown: 2 hours")


def grant(denise: Persona, rosa: Persona, **changes: str) -> int:
    return denise.post(f"/accommodations/{rosa.id}/new", GRANT | changes).status_code


def test_a_coordinator_finds_a_person_and_grants_an_accommodation(
    rosa: Persona, denise: Persona
) -> None:
    assert "Rosa" not in denise.read("/accommodations")
    assert f"/accommodations/{rosa.id}" in denise.read("/accommodations?q=rosa")
    assert "Nobody found" in denise.read("/accommodations?q=nobody+of+this+name")
    assert "Do not write a diagnosis here" in denise.read(f"/accommodations/{rosa.id}/new")
    assert grant(denise, rosa) == 303
    page = denise.read(f"/accommodations/{rosa.id}")
    for words in ("One and a half of the time", "1 extra attempt", "A quiet room", "In force"):
        assert words in page


def test_it_counts_from_the_next_start_and_never_changes_an_open_attempt(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    address = walks.start(rosa, "hello")
    assert grant(denise, rosa) == 303
    page = rosa.read(address)
    assert "30 minutes left" in page or "29 minutes left" in page
    assert "page--large" not in page
    rosa.post(f"{address}/submit", {"anyway": "yes"})
    ruled.pass_time(rosa.app, minutes=61)
    page = rosa.read(walks.start(rosa, "hello"))
    assert "45 minutes left" in page or "44 minutes left" in page
    assert "page--large" in page


def test_the_trainee_sees_the_rules_as_they_are_for_them(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    assert "Arranged for you" not in rosa.read(ruled.QUIZ)
    grant(denise, rosa)
    page = rosa.read(ruled.QUIZ)
    for words in (
        "Time limit: 45 minutes",
        "2 attempts",
        "A pause of 1 hour",
        "for 20 minutes in all",
        "Large print",
        "A quiet room",
        "Only you and the coordinators",
    ):
        assert words in page


def test_an_ended_accommodation_counts_no_more_and_stays_on_record(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    grant(denise, rosa)
    assert denise.post(f"/accommodations/{rosa.id}/1/end").status_code == 303
    assert "Arranged for you" not in rosa.read(ruled.QUIZ)
    assert "Ended" in denise.read(f"/accommodations/{rosa.id}")
    assert denise.post(f"/accommodations/{rosa.id}/1/end").status_code == 409


def test_two_clicks_grant_one_that_ends_when_it_is_ended_once(
    rosa: Persona, denise: Persona
) -> None:
    assert (grant(denise, rosa), grant(denise, rosa)) == (303, 303)
    here = f"/accommodations/{rosa.id}"
    assert denise.read(here).count("A quiet room") == 1
    assert denise.post(f"{here}/1/end").status_code == 303
    assert "In force" not in denise.read(here)


def test_changing_one_ends_it_and_keeps_both(rosa: Persona, denise: Persona) -> None:
    grant(denise, rosa)
    here = f"/accommodations/{rosa.id}/1"
    assert 'value="20"' in denise.read(here)
    assert denise.post(here, GRANT | {"time": "untimed"}).status_code == 303
    page = denise.read(f"/accommodations/{rosa.id}")
    assert "No time limit" in page
    assert "One and a half of the time" in page
    assert denise.post(here, GRANT).status_code == 409


def test_days_that_are_over_or_to_come_change_nothing_today(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    grant(denise, rosa, until_day="2020-02-29")
    grant(denise, rosa, from_day="2999-01-01")
    assert "Arranged for you" not in rosa.read(ruled.QUIZ)
    assert "Not begun" in denise.read(f"/accommodations/{rosa.id}")


@pytest.mark.parametrize(
    "wrong",
    [
        {"from_day": ""},
        {"from_day": "2020-02-30"},
        {"until_day": "2019-12-31"},
        {"time": "3"},
        {"break_minutes": "-1"},
        {"extra_attempts": "many"},
        {"format": "other", "arrangement": ""},
        {
            "time": "standard",
            "extra_attempts": "0",
            "cooldown": "standard",
            "break_minutes": "0",
            "format": "",
            "arrangement": "",
        },
    ],
)
def test_a_form_that_cannot_be_meant_grants_nothing(
    rosa: Persona, denise: Persona, wrong: dict[str, str]
) -> None:
    assert grant(denise, rosa, **wrong) == 422
    assert "Nothing is arranged" in denise.read(f"/accommodations/{rosa.id}")


def test_somebody_elses_accommodation_is_not_there(
    rosa: Persona, tomasz: Persona, denise: Persona
) -> None:
    grant(denise, rosa)
    elsewhere = f"/accommodations/{tomasz.id}/1"
    assert denise.get(elsewhere).status_code == 404
    assert denise.post(elsewhere, GRANT).status_code == 404
    assert denise.post(f"{elsewhere}/end").status_code == 404


def test_nobody_arranges_anything_for_themself(denise: Persona) -> None:
    assert grant(denise, denise) == 409


def test_a_break_stops_the_clock_and_going_on_moves_the_deadline(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    grant(denise, rosa)
    address = walks.start(rosa, "hello")
    assert "Stop the clock for a break" in rosa.read(address)
    form = walks.form(rosa, address) | {"do": "break"}
    assert rosa.post(f"{address}/save", form).location == address
    ruled.pass_time(rosa.app, minutes=15)
    page = rosa.read(address)
    assert "The clock stands still" in page
    assert "Which comes first" not in page
    refused = rosa.post(f"{address}/save", form | {"q-first": "2"})
    assert refused.status_code == 409
    assert "You are on a break" in refused.get_data(as_text=True)
    assert rosa.post(f"{address}/go-on").location == address
    page = rosa.read(address)
    assert "45 minutes left" in page or "44 minutes left" in page
    assert "Left for breaks: 5 minutes" in page or "Left for breaks: 4 minutes" in page
    assert rosa.post(f"{address}/go-on").location == address


def test_a_break_that_lasts_too_long_stops_the_clock_no_longer_than_granted(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    grant(denise, rosa)
    address = walks.start(rosa, "hello")
    rosa.post(f"{address}/save", {"do": "break"})
    ruled.pass_time(rosa.app, minutes=50)
    with rosa.app.app_context():
        closing.close_run_out()
    assert rosa.post(f"{address}/go-on").location == address
    page = rosa.read(address)
    assert "15 minutes left" in page or "14 minutes left" in page
    assert rosa.post(f"{address}/save", {"do": "break"}).location.startswith("/break")
    ruled.pass_time(rosa.app, minutes=16)
    assert rosa.post(f"{address}/save", {"do": "break"}).location == f"{address}/result"


def test_a_break_longer_than_breaks_and_time_together_ends_the_attempt(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    grant(denise, rosa)
    address = walks.start(rosa, "hello")
    rosa.post(f"{address}/save", walks.form(rosa, address) | {"do": "break"})
    ruled.pass_time(rosa.app, minutes=66)
    assert "The time is over" in rosa.read(address)
    assert rosa.post(f"{address}/go-on").location == f"{address}/result"
    assert "You reached 100%" in rosa.read(f"{address}/result")


def test_untimed_means_without_a_deadline(rosa: Persona, denise: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, *RULES)
    grant(denise, rosa, time="untimed")
    address = walks.start(rosa, "hello")
    assert "data-seconds" not in rosa.read(address)
    assert rosa.post(f"{address}/save", {"do": "break"}).location.startswith("/break")
    with rosa.app.app_context():
        sitting = attempts.find(db.session, walks.number_of(address), for_person=rosa.id)
        db.session.rollback()
    assert sitting.deadline_at is None
    assert sitting.arranged == {"break_minutes": 20, "formats": ["large-print"]}
