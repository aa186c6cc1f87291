"""Answering, saving and handing in."""

import re
from dataclasses import replace

import pytest

from course_engine.web import issuing
from tests import people, walks
from tests.pages.quizzes import keys
from tests.people import Persona

JSON = {"Accept": "application/json"}


def seen(page: str, question: str) -> str:
    """Return the fingerprint of the answer that a page shows."""
    found = re.search(rf'name="seen-{question}"\s+value="([^"]+)"', page)
    assert found
    return found[1]


def test_everything_right_passes_and_leads_on(rosa: Persona) -> None:
    walks.begin(rosa)
    page = rosa.read(walks.hand_in(rosa, "hello"))
    assert "You passed" in page
    assert "You reached 100%" in page
    assert "Go on: Leaving" in page


def ends_with_its_exam(person: Persona) -> None:
    """Begin a course in which nothing comes after the exam, and nothing else is asked."""
    course = keys.open_to_all(keys.served(person.app))
    keys.publish(person.app, replace(course, statements=()))
    walks.begin(person)


def test_the_result_of_an_exam_that_comes_last_leads_to_the_certificate(rosa: Persona) -> None:
    ends_with_its_exam(rosa)
    page = rosa.read(walks.hand_in(rosa, "exam"))
    assert "See what is left" not in page
    onward = re.search(r'href="(/certificates/[^"]+)">See your certificate<', page)
    assert onward
    assert "Certificate of Completion" in rosa.read(onward[1])


def test_where_that_certificate_could_not_be_made_the_result_leads_to_what_is_left(
    rosa: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(_study: object) -> None:
        raise RuntimeError("the press is jammed")

    monkeypatch.setattr(issuing, "issue", jam)
    ends_with_its_exam(rosa)
    page = rosa.read(walks.hand_in(rosa, "exam"))
    assert f'href="{walks.COURSE}/left">See what is left<' in page


def test_nothing_filled_in_does_not_pass_and_says_how_to_go_on(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    page = rosa.read(rosa.post(f"{address}/submit", {"anyway": "yes"}).location)
    assert "Not yet" in page
    assert "You reached 0%" in page
    assert "fail" not in page.lower()


def test_a_missed_critical_question_is_not_outweighed_by_the_rest(rosa: Persona) -> None:
    walks.begin(rosa)
    page = rosa.read(walks.hand_in(rosa, "hello", wrong=frozenset({"dose"})))
    assert "You reached 85%" in page
    assert "Not yet" in page
    assert "1 question about safety" in page


def test_the_pass_mark_rounds_down(rosa: Persona) -> None:
    walks.begin(rosa)
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello")
    address = walks.start(rosa, "exam")
    missed = walks.items(rosa.app, rosa, address)[0].question.id
    fields = walks.form(rosa, address, wrong=frozenset({missed})) | {"anyway": "yes"}
    page = rosa.read(rosa.post(f"{address}/submit", fields).location)
    assert "You reached 66%" in page, "2 of 3 is 66.67 percent, and the pass mark is 67"
    assert "Not yet" in page


def test_a_saved_answer_is_there_after_coming_back(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    page = rosa.read(address)
    answer = rosa.post(f"{address}/save", {"q-word": "hearing", "seen-word": seen(page, "word")})
    assert answer.status_code == 303
    assert 'value="hearing"' in rosa.read(address)


def test_saving_by_script_says_when_and_what_the_page_shows_now(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    before = seen(rosa.read(address), "word")
    answer = rosa.post(f"{address}/save", {"q-word": "a", "seen-word": before}, headers=JSON)
    assert answer.status_code == 200
    assert answer.json["saved_at_text"]
    assert answer.json["seen"] == {"word": seen(rosa.read(address), "word")}


def test_two_tabs_lose_nothing(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    first = second = rosa.read(address)
    shown = dict(re.findall(r'name="(seen-[^"]+)"\s+value="([^"]+)"', first))
    assert first == second
    rosa.post(f"{address}/save", shown | {"q-word": "from the first tab"})
    rosa.post(f"{address}/save", shown | {"q-ears": "2"})
    page = rosa.read(address)
    assert "from the first tab" in page
    assert re.search(r'name="q-ears"\s+value="2"', page)


def test_an_answer_can_be_taken_back(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    rosa.post(f"{address}/save", {"q-ways": ["1", "2"], "seen-ways": "x"})
    page = rosa.read(address)
    assert page.count(" checked") == 2
    rosa.post(f"{address}/save", {"seen-ways": seen(page, "ways")})
    assert " checked" not in rosa.read(address)


def test_handing_in_twice_gives_the_same_result(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    fields = walks.form(rosa, address)
    first = rosa.post(f"{address}/submit", fields)
    second = rosa.post(f"{address}/submit", {"seen-word": "x", "q-word": "wrong"})
    assert first.location == second.location
    assert "You reached 100%" in rosa.read(second.location)


def test_nothing_is_saved_in_an_attempt_that_was_handed_in(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    rosa.post(f"{address}/submit", {"anyway": "yes"})
    answer = rosa.post(f"{address}/save", {"q-word": "late", "seen-word": "x"}, headers=JSON)
    assert answer.status_code == 409
    assert rosa.get(address).location == f"{address}/result"


def test_a_strangers_attempt_is_missing(rosa: Persona, tomasz: Persona) -> None:
    walks.begin(rosa)
    walks.begin(tomasz)
    address = walks.start(rosa, "hello")
    for path in ("", "/result"):
        assert tomasz.get(f"{address}{path}").status_code == 404
    for path in ("/save", "/submit"):
        assert tomasz.post(f"{address}{path}").status_code == 404


def test_forged_answers_are_left_out_and_the_rest_is_kept(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    forged = {
        "q-first": "99",
        "seen-first": "x",
        "q-match": ["1"],
        "seen-match": "x",
        "q-nothing": "1",
        "seen-nothing": "x",
        "q-word": "kept",
        "seen-word": "x",
        "q-ears": "9" * 5000,
        "seen-ears": "x",
    }
    assert rosa.post(f"{address}/save", forged).status_code == 303
    page = rosa.read(address)
    assert 'value="kept"' in page
    assert " checked" not in page
    assert "999" not in page


def test_an_expired_session_in_the_middle_of_a_quiz_loses_nothing(
    rosa: Persona, nobody: Persona
) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    fields = walks.form(rosa, address)
    answer = nobody.post(f"{address}/save", fields)
    assert answer.status_code == 401
    page = answer.get_data(as_text=True)
    assert "Nothing is lost" in page
    packed = re.search(r'name="held"\s+value="([^"]+)"', page)
    assert packed
    answer = nobody.post(
        "/sign-in",
        {"email": people.ROSA.email, "password": people.PASSWORD, "held": packed[1]},
    )
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "What you wrote is still here" in page
    again = {
        name: [v for n, v in re.findall(r'name="([^"]+)"\s+value="([^"]*)"', page) if n == name]
        for name in {n for n, _ in re.findall(r'name="([^"]+)"\s+value="([^"]*)"', page)}
        if name != "csrf_token"
    }
    assert nobody.post(f"{address}/save", again).status_code == 303
    assert 'value="listening"' in nobody.read(address)


def test_a_script_whose_session_has_expired_is_told_so(rosa: Persona, nobody: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    answer = nobody.post(f"{address}/save", {"q-word": "x"}, headers=JSON)
    assert answer.status_code == 401
    assert answer.json["sign_in"] == "/sign-in"


def test_blank_questions_are_pointed_out_before_they_count(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    fields = walks.form(rosa, address, wrong=frozenset({"word"}))
    answer = rosa.post(f"{address}/submit", fields)
    assert answer.location.startswith(f"{address}?look=again")
    page = rosa.read(answer.location.split("#")[0])
    assert "1 question is not answered yet" in page
    assert "Nothing has been handed in" in page
    assert 'href="#question-word"' in page
    assert 'href="#question-ears"' not in page
    assert rosa.post(f"{address}/submit", {"anyway": "yes"}).location == f"{address}/result"
    assert "You reached 85%" in rosa.read(f"{address}/result")
