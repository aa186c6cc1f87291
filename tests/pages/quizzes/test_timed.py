"""A timed attempt: what is said, what the deadline closes, and who may notice it."""

from pathlib import Path

import pytest
from sqlalchemy import update

from course_engine.records import clocks, journal
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.web import closing
from course_engine.web.clock import now
from course_engine.web.database import db
from tests import walks
from tests.pages.quizzes import ruled
from tests.people import Persona

LIMIT = "time_limit: 30 minutes"
JSON = {"Accept": "application/json"}


@pytest.fixture
def timed(rosa: Persona, tmp_path: Path) -> str:
    """Rosa's open attempt with half an hour, one answer of it saved."""
    ruled.begin(rosa, tmp_path, LIMIT)
    address = walks.start(rosa, "hello")
    rosa.post(f"{address}/save", walks.form(rosa, address))
    return address


def actions(rosa: Persona) -> list[str]:
    with rosa.app.app_context():
        found = [entry.action for entry in journal.page(db.session).rows]
        db.session.rollback()
    return found


def test_what_happens_at_the_end_is_said_before_it_begins(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, LIMIT)
    page = rosa.read(ruled.QUIZ)
    assert "Time limit: 30 minutes" in page
    assert "what was saved last is graded" in page
    assert "ask your coordinator" in page
    assert "does not stop for breaks" in page


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (30, "when 10 minutes, 5 minutes and 1 minute are left"),
        (10, "when 5 minutes and 1 minute are left"),
        (5, "when 1 minute is left"),
    ],
)
def test_only_warnings_that_will_come_are_announced(
    rosa: Persona, tmp_path: Path, minutes: int, told: str
) -> None:
    ruled.begin(rosa, tmp_path, f"time_limit: {minutes} minutes")
    assert told in rosa.read(ruled.QUIZ)


def test_the_page_says_how_much_time_is_left_by_the_clock_of_the_server(
    rosa: Persona, timed: str
) -> None:
    ruled.pass_time(rosa.app, minutes=10)
    page = rosa.read(timed)
    assert "20 minutes left" in page or "19 minutes left" in page
    assert "UTC" in page or "GMT" in page or "ST" in page
    assert 'data-seconds="1' in page


def test_a_save_tells_the_script_how_much_time_is_left(rosa: Persona, timed: str) -> None:
    told = rosa.post(f"{timed}/save", {}, headers=JSON).get_json()
    assert 1795 <= told["seconds_left"] <= 1800
    page = rosa.read(timed)
    assert told["deadline_text"].startswith("Open until")
    assert told["deadline_text"] in page


def test_without_a_deadline_nothing_counts_down(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    assert "data-seconds" not in rosa.read(address)
    assert rosa.post(f"{address}/save", {}, headers=JSON).get_json()["seconds_left"] is None
    assert rosa.post(f"{address}/close").location == address


def test_after_the_deadline_the_paper_is_put_away_and_looking_writes_nothing(
    rosa: Persona, timed: str
) -> None:
    ruled.pass_time(rosa.app, minutes=31)
    before = actions(rosa)
    page = rosa.read(timed)
    assert "The time is over" in page
    assert "Which comes first" not in page
    assert actions(rosa) == before


@pytest.mark.parametrize("way", ["submit", "save", "close"])
def test_the_next_request_that_may_write_closes_it_with_what_was_saved(
    rosa: Persona, timed: str, way: str
) -> None:
    late = walks.form(rosa, timed, wrong=frozenset({"first", "ways", "dose"}))
    ruled.pass_time(rosa.app, minutes=31)
    assert rosa.post(f"{timed}/{way}", late).location == f"{timed}/result"
    page = rosa.read(f"{timed}/result")
    assert "You reached 100%" in page
    assert "The time was over" in page
    assert actions(rosa)[0] == "attempt.closed"


def test_starting_again_closes_the_attempt_whose_time_is_over(rosa: Persona, timed: str) -> None:
    ruled.pass_time(rosa.app, minutes=31)
    assert rosa.post(ruled.QUIZ).location == f"{timed}/result"


def test_a_script_that_saves_too_late_is_told_so_and_the_attempt_is_closed(
    rosa: Persona, timed: str
) -> None:
    late = walks.form(rosa, timed)
    ruled.pass_time(rosa.app, minutes=31)
    answer = rosa.post(f"{timed}/save", late, headers=JSON)
    assert answer.status_code == 409
    assert "The time for this attempt is over" in answer.get_json()["explanation"]
    assert rosa.get(timed).location == f"{timed}/result"


def test_closing_before_the_deadline_closes_nothing(rosa: Persona, timed: str) -> None:
    assert rosa.post(f"{timed}/close").location == timed
    assert rosa.post(f"{timed}/close", headers=JSON).get_json() == {"go_to": timed}
    assert "data-seconds" in rosa.read(timed)


def test_the_script_is_told_where_the_result_is(rosa: Persona, timed: str) -> None:
    ruled.pass_time(rosa.app, minutes=31)
    told = rosa.post(f"{timed}/close", headers=JSON).get_json()
    assert told == {"go_to": f"{timed}/result"}


def test_the_clerk_closes_what_nobody_came_back_to_and_only_once(rosa: Persona, timed: str) -> None:
    with rosa.app.app_context():
        assert closing.close_run_out() is False
    assert rosa.get(timed).status_code == 200
    ruled.pass_time(rosa.app, minutes=31)
    for _ in range(2):
        with rosa.app.app_context():
            assert closing.close_run_out() is False
    assert actions(rosa).count("attempt.closed") == 1
    assert "You reached 100%" in rosa.read(f"{timed}/result")


def test_an_attempt_that_cannot_be_graded_keeps_no_other_from_being_closed(
    rosa: Persona, timed: str, tomasz: Persona
) -> None:
    walks.begin(tomasz)
    other = walks.start(tomasz, "hello")
    ruled.pass_time(rosa.app, minutes=31)
    with rosa.app.app_context():
        spoiling = update(ATTEMPT).where(ATTEMPT.c.id == walks.number_of(timed))
        db.session.execute(spoiling.values(paper={"edition": "e", "items": [["gone", []]]}))
        db.session.commit()
        rosa.app.extensions.pop("drawn")  # As in another process, which has never seen the paper.
        assert closing.close_run_out() is False
    assert rosa.get(timed).status_code == 500
    assert tomasz.get(other).location == f"{other}/result"


def test_a_pause_between_attempts_runs_from_the_deadline_whoever_closed_it(
    rosa: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, LIMIT, "attempts: 3", "cooldown: 1 hour")
    walks.start(rosa, "hello")
    ruled.pass_time(rosa.app, minutes=89)
    with rosa.app.app_context():
        closing.close_run_out()
    assert rosa.post(ruled.QUIZ).status_code == 409
    ruled.pass_time(rosa.app, minutes=2)
    assert rosa.post(ruled.QUIZ).status_code == 303


def test_another_person_closes_nothing(rosa: Persona, timed: str, tomasz: Persona) -> None:
    ruled.pass_time(rosa.app, minutes=31)
    assert tomasz.post(f"{timed}/close").status_code == 404
    assert tomasz.post(f"{timed}/go-on").status_code == 404
    with rosa.app.app_context():
        assert len(clocks.run_out(db.session, now=now(), most=9)) == 1
        db.session.rollback()


def test_a_window_says_when_it_opens_and_when_it_has_closed(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, "opens: 2999-12-01 09:00")
    assert "This opens on December 1, 2999" in rosa.read(ruled.QUIZ)
    assert rosa.post(ruled.QUIZ).status_code == 409


def test_a_window_that_is_over_lets_nobody_start(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, "closes: 2020-12-01 09:00")
    assert "This closed on December 1, 2020" in rosa.read(ruled.QUIZ)
    answer = rosa.post(ruled.QUIZ)
    assert answer.status_code == 409
    assert "talk with your coordinator" in answer.get_data(as_text=True)


def test_an_attempt_ends_when_its_window_closes(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, "closes: 2999-12-01 09:00")
    assert "An attempt that is open ends then" in rosa.read(ruled.QUIZ)
    assert "Open until December 1, 2999" in rosa.read(walks.start(rosa, "hello"))


def test_a_fixed_order_is_that_of_the_file(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, "order: fixed")
    address = walks.start(rosa, "hello")
    asked = [item.question.id for item in walks.items(rosa.app, rosa, address)]
    assert asked[:3] == ["first", "ways", "dose"]
