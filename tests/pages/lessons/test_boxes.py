"""What can be filled in inside a lesson: checks and private reflections."""

import re

from tests.people import Persona

LESSON = "/courses/first-steps/hello/listening"


def begin(person: Persona) -> str:
    """Enroll somebody and return the lesson's page."""
    assert person.post("/courses/first-steps").status_code == 303
    return person.read(LESSON)


def address(page: str, kind: str) -> str:
    """Return the address that a box of the page is sent to."""
    found = re.search(rf'action="([^"]*/{kind}/[^"]*)"', page)
    assert found, kind
    return found[1]


def question_of(page: str) -> str:
    """Return the id of the check's question."""
    found = re.search(r'name="seen-([^"]+)"', page)
    assert found
    return found[1]


def option(page: str, text: str) -> str:
    """Return the value of the option with this text."""
    found = re.search(
        rf'value="(\d)"[^>]*>\s*<span class="option__words">[^<]*(?:<p>)?{text}', page
    )
    assert found, text
    return found[1]


def test_a_check_says_nothing_of_its_answer_before_it_is_answered(rosa: Persona) -> None:
    page = begin(rosa)
    assert "Advice can wait." not in page
    assert "Listening is the start." not in page


def test_an_answered_check_shows_its_feedback_and_can_be_tried_again(rosa: Persona) -> None:
    page = begin(rosa)
    where, key = address(page, "checks"), question_of(page)
    answer = rosa.post(where, {f"q-{key}": option(page, "Advice")})
    assert answer.status_code == 303
    page = rosa.read(LESSON)
    assert "Advice can wait." in page
    assert "Listening is the start." in page
    again = re.search(r'href="([^"]*again=[^"#]*)', page)
    assert again
    assert "Advice can wait." not in rosa.read(again[1])


def test_a_check_without_a_choice_says_what_to_do_and_keeps_nothing(rosa: Persona) -> None:
    page = begin(rosa)
    answer = rosa.post(address(page, "checks"), {f"q-{question_of(page)}": "17"})
    assert answer.status_code == 303
    assert "Choose an answer first" in rosa.read(answer.location.split("#")[0])


def test_a_reflection_is_kept_for_its_writer_alone(rosa: Persona, tomasz: Persona) -> None:
    where = address(begin(rosa), "reflections")
    begin(tomasz)
    assert rosa.post(where, {"text": "My aunt did.\r\nShe waited."}).status_code == 303
    assert "My aunt did.\nShe waited." in rosa.read(LESSON)
    assert "My aunt" not in tomasz.read(LESSON)


def test_a_reflection_saved_by_script_says_when(rosa: Persona) -> None:
    where = address(begin(rosa), "reflections")
    answer = rosa.post(where, {"text": "Yes"}, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert re.fullmatch(r"\d{1,2}:\d\d\s[AP]M", answer.json["saved_at_text"])


def test_a_text_that_is_too_long_is_refused_and_the_earlier_one_stays(rosa: Persona) -> None:
    where = address(begin(rosa), "reflections")
    rosa.post(where, {"text": "Kept."})
    answer = rosa.post(where, {"text": "x" * 20_001})
    assert answer.status_code == 409
    assert "20,000" in answer.get_data(as_text=True)
    assert "Kept." in rosa.read(LESSON)


def test_markup_in_a_reflection_is_shown_as_it_was_typed(rosa: Persona) -> None:
    where = address(begin(rosa), "reflections")
    rosa.post(where, {"text": "</textarea><script>alert(1)</script>"})
    assert "<script>alert" not in rosa.read(LESSON)


def test_a_box_that_the_lesson_does_not_have_is_missing(rosa: Persona) -> None:
    begin(rosa)
    assert rosa.post(f"{LESSON}/reflections/other", {"text": "x"}).status_code == 404
    assert rosa.post(f"{LESSON}/checks/other").status_code == 404


def test_an_emptied_reflection_is_gone(rosa: Persona) -> None:
    where = address(begin(rosa), "reflections")
    rosa.post(where, {"text": "For a while."})
    rosa.post(where, {"text": " "})
    page = rosa.read(LESSON)
    assert "For a while." not in page
    assert "Saved " not in page.split("data-saved=")[0]
