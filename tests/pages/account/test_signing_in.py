"""Signing in and out."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from course_engine.web import held
from tests import people
from tests.people import Persona

RIGHT = {"email": people.ROSA.email, "password": people.PASSWORD}


def test_the_right_password_opens_a_session_and_leads_on(nobody: Persona) -> None:
    answer = nobody.post("/sign-in", {**RIGHT, "next": "/courses?x=1"})
    assert (answer.status_code, answer.location) == (303, "/courses?x=1")
    assert "Rosa" in nobody.read("/courses")


def test_capitals_and_spaces_in_the_address_do_not_matter(nobody: Persona) -> None:
    answer = nobody.post("/sign-in", {**RIGHT, "email": "  ROSA@Example.org "})
    assert answer.status_code == 303


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(nobody: Persona) -> None:
    pages = [
        nobody.post("/sign-in", {"email": email, "password": "something else entirely"})
        for email in (people.ROSA.email, "none@example.org")
    ]
    for answer in pages:
        assert answer.status_code == 422
        assert "is not right" in answer.get_data(as_text=True)


def test_trying_many_times_needs_a_pause(nobody: Persona) -> None:
    for _ in range(6):
        assert nobody.post("/sign-in", {**RIGHT, "password": "wrong wrong"}).status_code == 422
    assert nobody.post("/sign-in", RIGHT).status_code == 429


@pytest.mark.parametrize(
    "address", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", ""]
)
def test_signing_in_never_leads_to_another_site(nobody: Persona, address: str) -> None:
    assert nobody.post("/sign-in", {**RIGHT, "next": address}).location == "/"


def test_signing_out_ends_the_session_on_the_server(rosa: Persona) -> None:
    token = people.ROSA.token
    assert rosa.post("/sign-out").status_code == 303
    rosa.browser.set_cookie("course_session", token)
    assert rosa.get("/courses").status_code == 303


def test_signing_out_everywhere_ends_every_session(app: Flask, rosa: Persona) -> None:
    other = Persona(app, None)
    other.post("/sign-in", RIGHT)
    assert other.get("/courses").status_code == 200
    assert rosa.post("/account/sign-out-everywhere").status_code == 303
    assert other.get("/courses").status_code == 303


def test_signing_in_gives_a_new_session_each_time(nobody: Persona) -> None:
    nobody.browser.set_cookie("course_session", "chosen by somebody else")
    nobody.post("/sign-in", RIGHT)
    cookie = nobody.browser.get_cookie("course_session")
    assert cookie
    assert cookie.value != "chosen by somebody else"
    assert cookie.http_only
    assert cookie.same_site == "Lax"


def test_a_second_browser_is_nobody(rosa: Persona, client: FlaskClient) -> None:
    assert rosa.get("/courses").status_code == 200
    assert client.get("/courses").status_code == 303


def test_a_form_without_its_token_is_given_back_and_not_obeyed(rosa: Persona) -> None:
    answer = rosa.browser.post("/account/names", data={"legal_name": "X", "used_name": "Y"})
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "What you wrote is still here" in page
    assert 'name="legal_name" value="X"' in page
    assert "Rosa Ñandú" in rosa.read("/account")


def test_a_form_from_another_site_is_refused_without_a_second_offer(rosa: Persona) -> None:
    answer = rosa.browser.post(
        "/account/names", data={"legal_name": "X"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 400
    assert "What you wrote" not in answer.get_data(as_text=True)


def test_what_is_held_cannot_be_forged(app: Flask, nobody: Persona) -> None:
    with app.test_request_context():
        assert held.unpack("forged.word.here") is None
    answer = nobody.post("/sign-in", {**RIGHT, "held": "forged", "next": "/courses"})
    assert answer.location == "/courses"


def test_what_is_held_outlives_a_change_of_the_key(app: Flask) -> None:
    kept = held.Held(action="/courses", fields=(("text", "words"),))
    with app.test_request_context():
        packed = held.pack(kept)
        before = app.secret_key
        app.config.update(
            SECRET_KEY="another key, just as long as it", SECRET_KEY_FALLBACKS=[before]
        )
        try:
            assert held.unpack(packed) == kept
            app.config["SECRET_KEY_FALLBACKS"] = []
            assert held.unpack(packed) is None
        finally:
            app.config.update(SECRET_KEY=before, SECRET_KEY_FALLBACKS=[])
