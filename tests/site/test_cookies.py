"""The signed cookie and the token of forms: looked at once, and refused as ever."""

from datetime import timedelta

import pytest
from flask import Flask, session

from tests import walks
from tests.people import RAW_TOKEN, Persona
from tests.walks import COURSE


def said_by(app: Flask, cookie: str) -> dict[str, object]:
    with app.test_request_context("/", headers={"Cookie": f"course_forms={cookie}"}):
        return dict(session)


@pytest.fixture
def cookie(app: Flask, rosa: Persona) -> str:
    kept = rosa.browser.get_cookie("course_forms")
    assert kept is not None
    assert said_by(app, kept.value) == {"csrf_token": RAW_TOKEN}
    return kept.value


def test_a_cookie_says_the_same_each_time(app: Flask, cookie: str) -> None:
    assert said_by(app, cookie) == said_by(app, cookie) == {"csrf_token": RAW_TOKEN}


def test_a_changed_cookie_says_nothing_although_the_genuine_one_was_read(
    app: Flask, cookie: str
) -> None:
    for changed in (cookie[1:], f"{cookie}x", cookie.swapcase()):
        assert said_by(app, changed) == {}


def test_a_cookie_that_was_read_before_still_grows_too_old(
    app: Flask, cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "permanent_session_lifetime", timedelta(seconds=-1))
    assert said_by(app, cookie) == {}


def test_a_cookie_that_was_read_before_says_nothing_under_another_key(
    app: Flask, cookie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "secret_key", "another secret, as long as the first one")
    assert said_by(app, cookie) == {}


def test_what_one_request_changes_in_its_cookie_another_does_not_see(
    app: Flask, rosa: Persona
) -> None:
    with rosa.browser.session_transaction() as own:
        own["words"] = ["one"]
    kept = rosa.browser.get_cookie("course_forms")
    assert kept is not None
    with app.test_request_context("/", headers={"Cookie": f"course_forms={kept.value}"}):
        session["words"].append("two")
    assert said_by(app, kept.value)["words"] == ["one"]


def test_a_token_that_served_its_own_browser_is_refused_from_another(
    rosa: Persona, tomasz: Persona
) -> None:
    for person in (rosa, tomasz):
        walks.begin(person)
    assert rosa.post(f"{COURSE}/quizzes/hello").status_code == 303
    with tomasz.browser.session_transaction() as own:
        own["csrf_token"] = "1" * 40
    assert tomasz.post(f"{COURSE}/quizzes/hello").status_code == 400


def test_a_browser_without_a_token_of_its_own_is_refused_one_that_served_another(
    rosa: Persona, tomasz: Persona
) -> None:
    for person in (rosa, tomasz):
        walks.begin(person)
    assert rosa.post(f"{COURSE}/quizzes/hello").status_code == 303
    with tomasz.browser.session_transaction() as own:
        own.clear()
    assert tomasz.post(f"{COURSE}/quizzes/hello").status_code == 400
