"""Reading lessons."""

from tests.people import Persona

LESSON = "/courses/first-steps/hello/listening"


def begin(person: Persona) -> None:
    """Enroll somebody in the sample course."""
    assert person.post("/courses/first-steps").status_code == 303


def test_a_lesson_shows_its_teaching_its_note_and_what_comes_next(rosa: Persona) -> None:
    begin(rosa)
    page = rosa.read(LESSON)
    assert "A person who is heard can think." in page
    assert page.index("Mentions a hard week.") < page.index("A person who is heard can think.")
    assert "Next: Asking" in page
    assert "Take a break" in page


def test_finishing_a_lesson_leads_to_the_next_stop_and_is_remembered(rosa: Persona) -> None:
    begin(rosa)
    answer = rosa.post(f"{LESSON}/done")
    assert (answer.status_code, answer.location) == (303, "/courses/first-steps/hello/asking")
    assert rosa.post(f"{LESSON}/done").status_code == 303
    assert "1 of 3" in rosa.read(LESSON)


def test_after_the_last_lesson_of_a_module_comes_its_quiz(rosa: Persona) -> None:
    begin(rosa)
    answer = rosa.post("/courses/first-steps/hello/asking/done")
    assert answer.location == "/courses/first-steps/quizzes/hello"


def test_who_is_not_enrolled_is_led_to_the_course_page(rosa: Persona) -> None:
    answer = rosa.get(LESSON)
    assert (answer.status_code, answer.location) == (303, "/courses/first-steps")
    assert rosa.post(f"{LESSON}/done").status_code == 404


def test_who_is_not_signed_in_is_asked_to_sign_in_and_comes_back(nobody: Persona) -> None:
    answer = nobody.get(LESSON)
    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/courses/first-steps/hello/listening"


def test_a_coordinator_has_no_lesson_pages(denise: Persona) -> None:
    assert denise.get(LESSON).status_code == 403


def test_a_lesson_that_does_not_exist_is_missing(rosa: Persona) -> None:
    begin(rosa)
    assert rosa.get("/courses/first-steps/hello/nothing").status_code == 404
    assert rosa.post("/courses/first-steps/hello/nothing/done").status_code == 404


def test_a_lesson_is_not_deleted_by_asking(rosa: Persona) -> None:
    assert rosa.browser.delete(LESSON).status_code == 405
