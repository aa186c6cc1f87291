"""Practice: one question at a time, explained at once; it works, and nothing of it counts."""

import re

import pytest
from flask import Flask

from course_engine.learning.evidence import Evidence
from course_engine.records import enrollments, evidence, practicing
from course_engine.web.database import db
from tests.people import Persona

COURSE = "/courses/first-steps"
PRACTICE = f"{COURSE}/practice"


@pytest.fixture
def begun(rosa: Persona) -> Persona:
    """Rosa, who has begun the course."""
    assert rosa.post(COURSE).status_code == 303
    return rosa


def asked(page: str) -> str:
    """The question that a page asks."""
    found = re.search(r'name="question" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def number_of(page: str, words: str) -> str:
    """The value that chooses an option by its words."""
    found = re.search(rf'value="(\d+)"[^>]*>\s*<span class="option__words">{words}<', page)
    assert found is not None
    return found[1]


def answer(persona: Persona, words: str, *, topic: str = "hello") -> str:
    """Answer the choice question that comes next, and return the page that explains it."""
    page = persona.read(f"{PRACTICE}/next?topic={topic}")
    question = asked(page)
    fields = {"question": question, "topic": topic, "times": times(page)}
    sent = persona.post(f"{PRACTICE}/next", {**fields, f"q-{question}": number_of(page, words)})
    assert sent.status_code == 303
    return persona.read(sent.location)


def times(page: str) -> str:
    found = re.search(r'name="times" value="(\d+)"', page)
    assert found is not None
    return found[1]


def test_the_course_leads_to_its_practice(begun: Persona) -> None:
    assert f'href="{PRACTICE}"' in begun.read(COURSE)


def test_the_page_tells_what_is_new_by_topic(begun: Persona) -> None:
    page = begun.read(PRACTICE)
    assert "3 questions to practice" in page
    assert "2 new, 0 to see again, 0 known." in page
    assert f'href="{PRACTICE}/next?topic=goodbye"' in page


def test_an_answer_is_explained_at_once(begun: Persona) -> None:
    page = answer(begun, "Right")
    assert "Your answer, right" in page
    assert "The answer is in the lesson." in page
    assert "comes back tomorrow" in page
    assert "Read again" not in page


def test_a_missed_question_comes_back_soon_and_names_its_lesson(begun: Persona) -> None:
    page = answer(begun, "Wrong")
    assert "Your answer, not right" in page
    assert "Right answer" in page
    assert "comes back in ten minutes" in page
    assert f'href="{COURSE}/hello/asking"' in page
    assert "1 new, 1 to see again, 0 known." in begun.read(PRACTICE)


def test_the_next_question_is_another_one_and_then_the_missed_one_returns(begun: Persona) -> None:
    answer(begun, "Wrong")
    second = begun.read(f"{PRACTICE}/next?topic=hello&last=hello-practice-1")
    assert asked(second) == "hello-practice-2"
    begun.post(
        f"{PRACTICE}/next",
        {"question": "hello-practice-2", "times": "0", "q-hello-practice-2": "Kindness"},
    )
    third = begun.read(f"{PRACTICE}/next?topic=hello&last=hello-practice-2")
    assert asked(third) == "hello-practice-1"


def test_a_page_of_a_question_says_nothing_of_its_key(begun: Persona) -> None:
    page = begun.read(f"{PRACTICE}/next?topic=hello")
    assert "The answer is in the lesson." not in page
    assert "Look again." not in page


def test_a_blank_is_asked_again_and_not_counted(begun: Persona) -> None:
    sent = begun.post(f"{PRACTICE}/next", {"question": "hello-practice-1", "times": "0"})
    assert (sent.status_code, sent.location) == (303, f"{PRACTICE}/next")
    assert "Choose an answer first" in begun.read(sent.location)
    assert "3 new" in begun.read(PRACTICE)


def test_a_second_click_changes_nothing(begun: Persona, app: Flask) -> None:
    fields = {"question": "hello-practice-2", "times": "0", "q-hello-practice-2": "kindness"}
    first = begun.post(f"{PRACTICE}/next", fields)
    again = begun.post(f"{PRACTICE}/next", {**fields, "q-hello-practice-2": "something else"})
    assert again.location == first.location
    me = begun.id
    with app.app_context():
        (enrollment,) = enrollments.of_person(db.session, me)
        kept = practicing.of_enrollment(db.session, enrollment.id, for_person=me)
    assert kept["hello-practice-2"].card.asked == 1
    assert kept["hello-practice-2"].answer == ("kindness",)


def test_practice_is_no_evidence(begun: Persona, app: Flask) -> None:
    answer(begun, "Right")
    me = begun.id
    with app.app_context():
        (enrollment,) = enrollments.of_person(db.session, me)
        assert evidence.collect(db.session, enrollment.id) == Evidence()


@pytest.mark.parametrize("path", ["/next?topic=nothing", "/answers/hello-1", "/answers/nothing"])
def test_what_is_not_for_practice_is_not_there(begun: Persona, path: str) -> None:
    assert begun.get(f"{PRACTICE}{path}").status_code == 404


def test_a_question_of_the_exam_cannot_be_practiced(begun: Persona) -> None:
    sent = begun.post(f"{PRACTICE}/next", {"question": "hello-1", "times": "0", "q-hello-1": "1"})
    assert sent.status_code == 404


def test_an_answer_that_was_never_given_is_not_explained(begun: Persona) -> None:
    assert begun.get(f"{PRACTICE}/answers/hello-practice-1").status_code == 404


def test_whoever_has_not_begun_is_led_to_the_course(rosa: Persona) -> None:
    sent = rosa.get(PRACTICE)
    assert (sent.status_code, sent.location) == (303, COURSE)
    assert rosa.get(f"{PRACTICE}/next").status_code == 404


def test_a_stranger_sees_nothing_of_it(begun: Persona, tomasz: Persona) -> None:
    answer(begun, "Wrong")
    tomasz.post(COURSE)
    assert "3 new, 0 to see again" in tomasz.read(PRACTICE)
    assert tomasz.get(f"{PRACTICE}/answers/hello-practice-1").status_code == 404


def test_staff_have_no_practice(amara: Persona, nobody: Persona) -> None:
    assert amara.get(PRACTICE).status_code == 403
    assert nobody.get(PRACTICE).status_code == 303


def test_the_page_of_practice_takes_no_form(begun: Persona) -> None:
    assert begun.post(PRACTICE).status_code == 405
