"""Before a quiz, and starting it."""

from pathlib import Path

from tests import walks
from tests.pages.quizzes import ruled
from tests.people import Persona

QUIZ = f"{walks.COURSE}/quizzes/hello"
EXAM = f"{walks.COURSE}/quizzes/exam"


def test_the_rules_are_said_before_a_quiz_begins(rosa: Persona) -> None:
    walks.begin(rosa)
    page = rosa.read(QUIZ)
    for words in ("7 questions", "50 percent or more passes", "as often as you like", "safety"):
        assert words in page
    assert "No time limit" in page


def test_one_minute_and_the_last_attempt_are_said_as_people_say_them(
    rosa: Persona, tmp_path: Path
) -> None:
    ruled.begin(rosa, tmp_path, "minutes: 1", "attempts: 1")
    page = rosa.read(QUIZ)
    assert "Most people need about 1 minute<" in page
    assert "This is the last attempt." in page
    assert "0 more" not in page


def test_looking_at_a_quiz_starts_nothing(rosa: Persona) -> None:
    walks.begin(rosa)
    rosa.read(QUIZ)
    assert "Go on with attempt" not in rosa.read(QUIZ)


def test_starting_twice_is_one_attempt(rosa: Persona) -> None:
    walks.begin(rosa)
    assert walks.start(rosa, "hello") == walks.start(rosa, "hello")
    assert "Go on with attempt 1" in rosa.read(QUIZ)


def test_the_exam_waits_for_lessons_and_quizzes(rosa: Persona) -> None:
    walks.begin(rosa)
    assert "The exam is not open yet" in rosa.read(EXAM)
    assert rosa.post(EXAM).status_code == 409
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello")
    assert rosa.post(EXAM).status_code == 303


def test_after_an_exam_that_was_not_passed_there_is_a_pause(rosa: Persona) -> None:
    walks.begin(rosa)
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello")
    address = walks.start(rosa, "exam")
    rosa.post(f"{address}/submit", {"anyway": "yes"})
    page = rosa.read(EXAM)
    assert "You can try again from" in page
    answer = rosa.post(EXAM)
    assert answer.status_code == 409
    assert "You can try again from" in answer.get_data(as_text=True)


def test_an_exam_draws_what_its_blueprint_says(rosa: Persona) -> None:
    walks.begin(rosa)
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello")
    address = walks.start(rosa, "exam")
    topics = sorted(item.question.id[:-2] for item in walks.items(rosa.app, rosa, address))
    assert topics == ["goodbye", "hello", "hello"]


def test_the_page_of_an_attempt_says_nothing_about_its_key(rosa: Persona) -> None:
    walks.begin(rosa)
    page = rosa.read(walks.start(rosa, "hello"))
    for secret in (
        "Doses belong to prescribers",
        "A prescriber can help",
        "critical",
        "It is listen",
    ):
        assert secret not in page


def test_an_exam_gives_feedback_by_topic_and_no_more(rosa: Persona) -> None:
    walks.begin(rosa)
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello")
    page = rosa.read(walks.hand_in(rosa, "exam"))
    assert "By topic" in page
    assert "Each question" not in page
    assert "The answer is in the lesson" not in page


def test_a_quiz_that_the_course_does_not_have_is_missing(rosa: Persona) -> None:
    walks.begin(rosa)
    assert rosa.get(f"{walks.COURSE}/quizzes/other").status_code == 404
    assert rosa.post(f"{walks.COURSE}/quizzes/other").status_code == 404


def test_a_coordinator_takes_no_quizzes(denise: Persona) -> None:
    assert denise.get(QUIZ).status_code == 403
    assert denise.post(QUIZ).status_code == 403
