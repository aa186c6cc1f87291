"""What holds for every request, whatever it asks for."""

import json
import logging
import sqlite3

import pytest
from flask import Flask

from course_engine.web import database, logs
from course_engine.web.database import db
from tests import people, walks
from tests.people import Persona


def test_a_page_may_run_only_its_own_scripts(rosa: Persona) -> None:
    answer = rosa.get("/courses")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'nonce="{nonce}"' in answer.get_data(as_text=True)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_word_that_lets_scripts_run_is_new_for_each_page(rosa: Persona) -> None:
    policies = {rosa.get("/courses").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_the_crisis_line_is_on_every_page_errors_included(rosa: Persona, nobody: Persona) -> None:
    for person in (rosa, nobody):
        for address in ("/", "/courses", "/sign-in", "/nowhere", "/verify", "/people", "/break"):
            answer = person.get(address, follow_redirects=True)
            assert "Test Line" in answer.get_data(as_text=True), address


def test_a_fault_of_ours_is_a_kind_page_without_a_traceback(
    app: Flask, rosa: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.view_functions, "courses.index", broken)
    answer = rosa.get("/courses")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "This is not your fault" in page
    assert "Traceback" not in page
    assert "a secret inside" not in page


def broken() -> str:
    """Fail as no view should."""
    raise ValueError("a secret inside")


broken.audience = frozenset({"everyone"})  # type: ignore[attr-defined]


def test_a_script_gets_its_errors_as_json(rosa: Persona) -> None:
    answer = rosa.get("/nowhere", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert answer.json["error"] == "There is no page here"


def test_a_request_that_is_too_large_is_refused_kindly(rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    answer = rosa.post(f"{address}/save", {"q-word": "x" * 3_000_000})
    assert answer.status_code == 413
    assert "larger than this page can take" in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "address",
    [
        "/attempts/999999999999999999999999",
        "/attempts/-1",
        "/courses/%00",
        "/courses/" + "x" * 5000,
        "/assets/..%2f..%2fetc%2fpasswd",
        "/courses/first-steps/quizzes/%F0%9F%98%80",
        "/cohorts?after=%00%ff",
    ],
)
def test_odd_addresses_get_a_plain_answer(rosa: Persona, denise: Persona, address: str) -> None:
    for person in (rosa, denise):
        assert person.get(address).status_code in {200, 303, 400, 403, 404}


def test_a_wrong_method_says_so(rosa: Persona) -> None:
    answer = rosa.browser.put("/courses")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_health_says_ok_and_says_when_the_database_is_gone(
    app: Flask, nobody: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert nobody.get("/health").json == {"status": "ok"}
    monkeypatch.setattr("course_engine.records.engine.answers", lambda _session: False)
    assert nobody.get("/health").status_code == 503


def test_every_answer_carries_the_id_of_its_request(nobody: Persona) -> None:
    given = "0123456789abcdef"
    answer = nobody.get("/health", headers={"X-Request-ID": given})
    assert answer.headers["X-Request-ID"] == given
    answer = nobody.get("/health", headers={"X-Request-ID": "forged line"})
    assert answer.headers["X-Request-ID"] != "forged line"


def test_logs_hold_no_names_answers_or_addresses(
    rosa: Persona, nobody: Persona, caplog: pytest.LogCaptureFixture
) -> None:
    logging.getLogger("course_engine").propagate = True
    with caplog.at_level(logging.INFO, logger="course_engine"):
        walks.begin(rosa)
        address = walks.start(rosa, "hello")
        rosa.post(f"{address}/save", {"q-word": "a very private word", "seen-word": "x"})
        nobody.post("/sign-in", {"email": people.ROSA.email, "password": "wrong password"})
        nobody.post("/password/forgotten", {"email": people.ROSA.email})
        nobody.get("/invitations/a-secret-token")
    lines = [logs.JsonLines().format(record) for record in caplog.records]
    assert len(lines) > 5
    for line in lines:
        assert json.loads(line)["request"]
        for secret in ("Rosa", "rosa@", "private word", "wrong password", "a-secret-token"):
            assert secret not in line


def test_a_get_opens_no_writing_transaction(app: Flask, rosa: Persona) -> None:
    with app.test_request_context("/courses"):
        connection = db.session.connection()
        raw = connection.connection.dbapi_connection
        assert raw is not None
        other = app.extensions["settings"].database_url.removeprefix("sqlite:///")
        second = sqlite3.connect(other, timeout=0, isolation_level=None)
        second.execute("BEGIN IMMEDIATE")
        second.execute("ROLLBACK")
        second.close()
        db.session.rollback()
    assert rosa.get("/courses").status_code == 200


def test_when_the_database_fails_the_page_that_says_so_does_not_need_it(
    rosa: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise ConnectionError("the database is gone")

    monkeypatch.setattr("course_engine.records.sessions.find", gone)
    answer = rosa.get("/courses")
    assert answer.status_code == 500
    assert "This is not your fault" in answer.get_data(as_text=True)


def test_what_follows_a_single_statement_is_an_ordinary_transaction(app: Flask) -> None:
    with app.test_request_context(method="POST"):
        with database.write_once():
            assert database._intent() == "write once"
        assert database._intent() == "write"
