"""A name is shown to strangers only when its holder wants so, on every way to ask."""

import json

from flask import Flask

from course_engine.records import journal
from course_engine.web.database import db
from tests import walks
from tests.people import Persona

NAME = "Rosa Ñandú"
JSON = {"Accept": "application/json"}


def test_the_holder_shows_and_hides_the_name(app: Flask, rosa: Persona, nobody: Persona) -> None:
    serial = walks.complete(rosa)
    own = rosa.read(f"/certificates/{serial}")
    address = own[own.index('href="/v/') + 6 :].partition('"')[0]
    hidden = nobody.get(f"{address}/card.png").data

    assert NAME not in nobody.read(address)
    assert "name" not in told(nobody, address)
    assert "Your name is hidden" in own

    choose = f"/certificates/{serial}/sharing"
    assert rosa.post(choose, {"shows_name": "yes"}).location.endswith(f"/{serial}#share")
    page = nobody.read(address)
    assert NAME in page
    assert (
        f'<meta property="og:title" content="Certificate of Completion: First Steps, {NAME}"'
        in page
    )
    assert told(nobody, address)["name"] == NAME
    assert nobody.get(f"{address}/card.png").data != hidden

    rosa.post(choose, {"shows_name": ""})
    rosa.post(choose, {"shows_name": ""})
    assert NAME not in nobody.read(address)
    assert "name" not in told(nobody, address)
    assert nobody.get(f"{address}/card.png").data == hidden
    with app.app_context():
        kept = [entry.action for entry in journal.page(db.session).rows]
    assert kept[:2] == ["certificate.name-hidden", "certificate.name-shown"]


def told(nobody: Persona, address: str) -> dict[str, object]:
    """What a program is told, which must be the same whichever way it asks."""
    answer = nobody.get(f"{address}.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    found: dict[str, object] = json.loads(answer.data)
    asked_by_header = json.loads(nobody.get(address, headers=JSON).data)
    assert asked_by_header | {"checkedAt": ""} == found | {"checkedAt": ""}
    assert (found["verdict"], found["standing"]) == ("genuine", "in force")
    assert (found["course"], found["minutes"]) == ("First Steps", 30)
    return found


def test_a_program_is_told_no_more_than_a_person_about_what_is_unknown(nobody: Persona) -> None:
    answer = nobody.get("/v/CE-0000-0000-0/x.json")
    assert (answer.status_code, answer.json) == (404, {"verdict": "unknown"})
    assert nobody.get("/v/CE-0000-0000-0/x/card.png").status_code == 404


def test_nobody_else_chooses(rosa: Persona, tomasz: Persona, nobody: Persona) -> None:
    choose = f"/certificates/{walks.complete(rosa)}/sharing"
    assert tomasz.post(choose, {"shows_name": "yes"}).status_code == 404
    assert nobody.post(choose, {"shows_name": "yes"}).status_code == 401
    assert rosa.browser.post(choose, data={"shows_name": "yes"}).status_code == 400
    assert rosa.get(choose).status_code == 405


def test_the_holder_adds_it_to_a_profile_elsewhere(rosa: Persona) -> None:
    page = rosa.read(f"/certificates/{walks.complete(rosa)}")
    assert "https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME" in page
    assert "name=Certificate+of+Completion%3A+First+Steps" in page
