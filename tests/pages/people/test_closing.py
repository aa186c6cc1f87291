"""Closing an account, opening it again, and ending sessions."""

from flask import Flask

from course_engine.records import people
from course_engine.records.people import Role
from course_engine.web.database import db
from tests.pages.people.conftest import Entries, Known
from tests.people import Persona


def test_closing_signs_the_person_out_everywhere(
    harold: Persona, rosa: Persona, person: Known, entries: Entries
) -> None:
    assert rosa.get("/account").status_code == 200
    answer = harold.post(f"/people/{rosa.id}/close")
    assert (answer.status_code, answer.location) == (303, f"/people/{person(rosa).id}")
    assert rosa.get("/account").status_code == 303
    assert person(rosa).closed_at is not None
    (entry,) = entries("person.closed")
    assert entry.details == {"sessions": 1}


def test_a_reopened_account_has_no_old_sessions(
    harold: Persona, rosa: Persona, person: Known
) -> None:
    harold.post(f"/people/{rosa.id}/close")
    assert "Closed" in harold.read(f"/people/{person(rosa).id}")
    assert harold.post(f"/people/{person(rosa).id}/reopen").status_code == 303
    assert person(rosa).closed_at is None
    assert rosa.get("/account").status_code == 303


def test_closing_or_reopening_twice_is_one_entry(
    harold: Persona, rosa: Persona, person: Known, entries: Entries
) -> None:
    rosa_id = person(rosa).id
    for act in ("close", "close", "reopen", "reopen"):
        assert harold.post(f"/people/{rosa_id}/{act}").status_code == 303
    assert len(entries("person.closed")) == len(entries("person.reopened")) == 1


def test_nobody_closes_their_own_account_here(harold: Persona, person: Known) -> None:
    assert harold.post(f"/people/{harold.id}/close").status_code == 409
    assert person(harold).closed_at is None


def test_another_administrator_may_be_closed(
    app: Flask, harold: Persona, denise: Persona, person: Known
) -> None:
    with app.app_context():
        people.set_roles(db.session, denise.id, {Role.ADMINISTRATOR})
        db.session.commit()
    assert harold.post(f"/people/{denise.id}/close").status_code == 303
    assert person(denise).closed_at is not None


def test_signing_out_ends_every_session_of_the_person_alone(
    harold: Persona, rosa: Persona, tomasz: Persona
) -> None:
    assert harold.post(f"/people/{rosa.id}/sign-out").status_code == 303
    assert rosa.get("/account").status_code == 303
    assert tomasz.get("/account").status_code == 200


def test_administrators_who_sign_themselves_out_stay_in_this_browser(harold: Persona) -> None:
    assert harold.post(f"/people/{harold.id}/sign-out").status_code == 303
    assert harold.get("/people").status_code == 200


def test_a_person_who_does_not_exist_is_missing(harold: Persona) -> None:
    for act in ("close", "reopen", "sign-out"):
        assert harold.post(f"/people/999999/{act}").status_code == 404


def test_only_administrators_close_accounts(
    nobody: Persona, denise: Persona, rosa: Persona, person: Known
) -> None:
    for act in ("close", "reopen", "sign-out"):
        assert nobody.post(f"/people/{rosa.id}/{act}").status_code in {303, 401}
        assert denise.post(f"/people/{rosa.id}/{act}").status_code == 403
    assert person(rosa).closed_at is None


def test_nothing_is_closed_by_looking(harold: Persona, rosa: Persona) -> None:
    for act in ("close", "reopen", "sign-out"):
        assert harold.get(f"/people/{rosa.id}/{act}").status_code == 405
