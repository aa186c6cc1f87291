"""After the last attempt: lessons to read again, or a coordinator."""

from pathlib import Path

from course_engine.records import journal
from course_engine.web.database import db
from tests import walks
from tests.pages.quizzes import ruled
from tests.people import Persona

RETRAIN = ("attempts: 1", "after_last: {retrain: [listening, asking]}")


def done(person: Persona, lesson: str) -> None:
    assert person.post(f"{walks.COURSE}/hello/{lesson}/done").status_code == 303


def test_reading_the_named_lessons_again_opens_the_next_round(
    rosa: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, *RETRAIN)
    walks.read_everything(rosa)
    ruled.fail(rosa)
    page = rosa.read(ruled.QUIZ)
    assert "read these lessons once more" in page
    assert page.count("Left to read") == 2
    assert rosa.post(ruled.QUIZ).status_code == 409
    done(rosa, "listening")
    page = rosa.read(ruled.QUIZ)
    assert (page.count("Left to read"), page.count("Read again")) == (1, 1)
    assert rosa.post(ruled.QUIZ).status_code == 409
    done(rosa, "asking")
    assert rosa.post(ruled.QUIZ).status_code == 303


def test_only_lessons_that_are_asked_for_can_be_marked_again(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, *RETRAIN)
    walks.read_everything(rosa)
    listening = f"{walks.COURSE}/hello/listening"
    assert f'action="{listening}/done"' not in rosa.read(listening)
    ruled.fail(rosa)
    assert f'action="{listening}/done"' in rosa.read(listening)
    assert "/done" not in rosa.read(f"{walks.COURSE}/goodbye/leaving")
    done(rosa, "listening")
    assert f'action="{listening}/done"' not in rosa.read(listening)


def test_reading_before_the_last_attempt_does_not_count(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, *RETRAIN)
    done(rosa, "listening")
    done(rosa, "asking")
    ruled.fail(rosa)
    assert rosa.read(ruled.QUIZ).count("Left to read") == 2


def test_each_round_asks_for_the_lessons_anew(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, *RETRAIN)
    for _ in range(2):
        ruled.fail(rosa)
        assert rosa.post(ruled.QUIZ).status_code == 409
        for _twice in range(2):
            done(rosa, "listening")
            done(rosa, "asking")
    ruled.fail(rosa)
    assert rosa.read(ruled.QUIZ).count("Left to read") == 2
    with rosa.app.app_context():
        found = [entry.action for entry in journal.page(db.session).rows]
        db.session.rollback()
    assert found.count("attempts.opened-by-reading") == 2


def test_without_lessons_to_read_a_coordinator_opens_more(
    rosa: Persona, denise: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, "attempts: 1")
    ruled.fail(rosa)
    assert "talk with your coordinator" in rosa.read(ruled.QUIZ)
    assert rosa.post(ruled.QUIZ).status_code == 409
    page = f"/accommodations/{rosa.id}/enrollments/1/hello/open"
    assert denise.post(page, {"number": "2", "reason": "The power failed"}).status_code == 303
    ruled.fail(rosa)
    ruled.fail(rosa)
    assert rosa.post(ruled.QUIZ).status_code == 409


def test_who_has_passed_is_not_sent_back_to_the_lessons(rosa: Persona, tmp_path: Path) -> None:
    ruled.begin(rosa, tmp_path, *RETRAIN)
    walks.hand_in(rosa, "hello")
    assert "You have passed, and every attempt is used" in rosa.read(ruled.QUIZ)
