"""Giving and taking roles."""

import threading

from flask import Flask

from course_engine.records import people
from course_engine.records.people import Role
from course_engine.web.database import db
from tests.pages.people.conftest import Entries, Known
from tests.people import Persona


def make_administrator(app: Flask, persona: Persona) -> None:
    with app.app_context():
        people.set_roles(db.session, persona.id, {Role.ADMINISTRATOR})
        db.session.commit()


def test_a_person_has_exactly_the_roles_that_were_ticked(
    harold: Persona, rosa: Persona, person: Known, entries: Entries
) -> None:
    answer = harold.post(f"/people/{rosa.id}/roles", {"roles": ["author", "assessor"]})
    assert (answer.status_code, answer.location) == (303, f"/people/{rosa.id}")
    assert person(rosa).roles == {Role.AUTHOR, Role.ASSESSOR}
    (entry,) = entries("person.roles-changed")
    assert entry.actor_name == "Harold"
    assert entry.details == {"given": ["assessor", "author"], "taken": ["trainee"]}


def test_new_roles_count_at_once(harold: Persona, rosa: Persona) -> None:
    assert rosa.get("/authoring").status_code == 403
    harold.post(f"/people/{rosa.id}/roles", {"roles": ["author"]})
    assert rosa.get("/authoring").status_code == 200


def test_every_role_may_be_taken_away(harold: Persona, rosa: Persona, person: Known) -> None:
    assert harold.post(f"/people/{rosa.id}/roles").status_code == 303
    assert person(rosa).roles == frozenset()


def test_saving_the_same_roles_again_is_no_entry(
    harold: Persona, rosa: Persona, entries: Entries
) -> None:
    assert harold.post(f"/people/{rosa.id}/roles", {"roles": ["trainee"]}).status_code == 303
    assert entries("person.roles-changed") == ()


def test_nobody_takes_the_administrator_role_from_themselves(
    app: Flask, harold: Persona, denise: Persona, person: Known
) -> None:
    make_administrator(app, denise)
    answer = harold.post(f"/people/{harold.id}/roles", {"roles": ["trainee"]})
    assert answer.status_code == 409
    assert person(harold).roles == {Role.ADMINISTRATOR}


def test_another_administrator_may_lose_the_role(
    app: Flask, harold: Persona, denise: Persona, person: Known
) -> None:
    make_administrator(app, denise)
    answer = harold.post(f"/people/{denise.id}/roles", {"roles": ["coordinator"]})
    assert answer.status_code == 303
    assert person(denise).roles == {Role.COORDINATOR}


def test_two_administrators_who_remove_each_other_leave_one(
    app: Flask, harold: Persona, denise: Persona, person: Known
) -> None:
    make_administrator(app, denise)
    ids = {harold: denise.id, denise: harold.id}
    gate = threading.Barrier(2)
    answers = []

    def remove(persona: Persona) -> None:
        gate.wait()
        answers.append(persona.post(f"/people/{ids[persona]}/roles").status_code)

    threads = [threading.Thread(target=remove, args=(persona,)) for persona in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) in ([303, 403], [303, 409])
    left = [each for each in (harold, denise) if Role.ADMINISTRATOR in person(each).roles]
    assert len(left) == 1


def test_a_role_that_does_not_exist_is_not_given(
    harold: Persona, rosa: Persona, person: Known
) -> None:
    answer = harold.post(f"/people/{rosa.id}/roles", {"roles": ["queen"]})
    assert answer.status_code == 422
    assert person(rosa).roles == {Role.TRAINEE}


def test_a_person_who_does_not_exist_is_missing(harold: Persona) -> None:
    assert harold.post("/people/999999/roles", {"roles": ["author"]}).status_code == 404
    assert harold.post(f"/people/{10**30}/roles", {"roles": ["author"]}).status_code == 404


def test_only_administrators_give_roles(
    nobody: Persona, rosa: Persona, denise: Persona, person: Known
) -> None:
    for persona in (rosa, denise):
        answer = persona.post(f"/people/{persona.id}/roles", {"roles": ["administrator"]})
        assert answer.status_code == 403
    assert nobody.post(f"/people/{rosa.id}/roles", {"roles": ["author"]}).status_code in {303, 401}
    assert person(rosa).roles == {Role.TRAINEE}


def test_a_role_is_not_given_by_looking(harold: Persona, rosa: Persona) -> None:
    assert harold.get(f"/people/{rosa.id}/roles").status_code == 405
