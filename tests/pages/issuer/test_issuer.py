"""Anybody reads who issues certificates here, the public keys, and the standing of all of them."""

import json
import re

from flask import Flask

from course_engine.certificates.credentials import did_documents, reading, status_lists, strict_json
from course_engine.records import certificate_events, certificates, people, status_places
from course_engine.records.certificate_events import Reason
from course_engine.web import issuer, keyring
from course_engine.web.clock import now
from course_engine.web.database import db
from tests import walks
from tests.people import DENISE, Persona

LIST = "/status/suspension/0"


def test_the_profile_names_the_organization_and_every_key(app: Flask, nobody: Persona) -> None:
    page = nobody.read("/issuer")
    assert "Test Organization" in page
    with app.app_context():
        for key in issuer.public_keys():
            assert key.fingerprint in page


def test_a_program_gets_the_profile_as_json(nobody: Persona) -> None:
    answer = nobody.get("/issuer", headers={"Accept": "application/json"})
    assert answer.json is not None
    assert answer.json["type"] == ["Profile"]
    assert answer.json["name"] == "Test Organization"


def test_public_keys_stay_when_they_are_retired(app: Flask, nobody: Persona) -> None:
    with app.app_context():
        keyring.current()
        keyring.rotate("credentials")
    answer = nobody.get("/.well-known/did.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.content_type == "application/did+json"
    keys = did_documents.keys_in(json.loads(answer.data))
    assert [key.purpose for key in keys] == ["credentials", "credentials", "documents"]
    assert nobody.get("/did.json").data == answer.data
    assert b"PRIVATE" not in answer.data


def test_a_withdrawn_certificate_is_on_the_list_until_it_is_restored(
    app: Flask, rosa: Persona, nobody: Persona
) -> None:
    serial = walks.complete(rosa)

    def act(what: str) -> None:
        with app.app_context():
            coordinator = people.by_email(db.session, DENISE.email)
            assert coordinator
            found = certificates.for_staff(db.session, serial)
            getattr(certificate_events, what)(
                db.session, found.id, reason=Reason(), actor_id=coordinator.id, now=now()
            )
            db.session.commit()

    with app.app_context():
        place = status_places.find(db.session, serial)
    assert place is not None

    def bit() -> bool:
        document = json.loads(nobody.get(LIST).data)
        return status_lists.is_set(document["credentialSubject"]["encodedList"], place)

    assert not bit()
    act("withdraw")
    assert bit()
    act("restore")
    assert not bit()


def test_a_list_that_has_not_changed_is_not_sent_again(nobody: Persona) -> None:
    answer = nobody.get(LIST)
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    tag = answer.headers["ETag"]
    again = nobody.get(LIST, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_there_is_no_other_list(nobody: Persona) -> None:
    assert nobody.get("/status/revocation/1").status_code == 404
    assert nobody.get("/status/other/0").status_code == 404
    assert nobody.post(LIST).status_code == 405


def test_the_certificate_carries_a_credential_with_its_place(
    app: Flask, rosa: Persona, nobody: Persona
) -> None:
    serial = walks.complete(rosa)
    content = rosa.get(f"/certificates/{serial}.json").data
    facts, credential = reading.read(strict_json.parsed(content))
    assert facts.serial == serial
    listed = credential.credentialStatus[0].id
    assert re.fullmatch(r"http://localhost/status/revocation/0#\d+", listed)
