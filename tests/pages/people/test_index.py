"""Finding people."""

import re

from flask import Flask

from course_engine.records import people
from course_engine.records.people import Role
from course_engine.web.clock import now
from course_engine.web.database import db
from tests.people import EVERYBODY, Persona


def add_many(app: Flask, count: int) -> None:
    with app.app_context():
        for number in range(count):
            people.add(
                db.session,
                email=f"trainee-{number}@example.org",
                legal_name=f"Trainee {number:03}",
                used_name="",
                roles={Role.TRAINEE},
                password_hash=None,
                now=now(),
            )
        db.session.commit()


def test_everybody_is_listed_by_name(harold: Persona) -> None:
    page = harold.read("/people")
    places = [page.index(name) for name in sorted(known.legal_name for known in EVERYBODY)]
    assert places == sorted(places)


def test_a_part_of_a_name_or_address_finds_people(harold: Persona) -> None:
    assert "Tomasz Łuk" in harold.read("/people?q=łu")
    page = harold.read("/people?q=ROSA@")
    assert "Rosa Ñandú" in page
    assert "Tomasz" not in page


def test_a_role_narrows_the_list(harold: Persona) -> None:
    page = harold.read("/people?role=assessor")
    assert "Imani Day" in page
    assert "Rosa" not in page


def test_a_role_that_does_not_exist_narrows_nothing(harold: Persona) -> None:
    assert "Rosa" in harold.read("/people?role=queen")


def test_a_long_list_comes_in_pages_that_leave_nobody_out(app: Flask, harold: Persona) -> None:
    add_many(app, 120)
    address, seen = "/people?role=trainee", []
    while address:
        page = harold.read(address)
        seen += re.findall(r">(Trainee \d{3})<", page)
        onward = re.search(r'rel="next"\s+href="([^"]+)"', page)
        address = onward[1].replace("&amp;", "&") if onward else ""
    assert seen == [f"Trainee {number:03}" for number in range(120)]


def test_a_forged_place_in_the_list_is_missing(harold: Persona) -> None:
    assert harold.get("/people?after=forged").status_code == 404


def test_only_administrators_see_people(
    nobody: Persona, rosa: Persona, amara: Persona, denise: Persona
) -> None:
    assert nobody.get("/people").status_code == 303
    for persona in (rosa, amara, denise):
        assert persona.get("/people").status_code == 403


def test_nothing_is_sent_to_the_list(harold: Persona) -> None:
    assert harold.post("/people").status_code == 405
