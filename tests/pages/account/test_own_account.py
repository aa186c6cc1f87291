"""Names, passwords, invitations and forgotten passwords."""

import re
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

from flask import Flask

from course_engine.records import cohorts, invitations
from course_engine.records import people as records
from course_engine.records.people import Role
from course_engine.web import identity
from course_engine.web.clock import now
from course_engine.web.database import db
from tests import people
from tests.people import Persona


def mails(app: Flask) -> list[str]:
    """Return the bodies of the mails in the outbox."""
    outbox: Path = app.extensions["settings"].outbox
    return [
        message_from_bytes(path.read_bytes()).get_payload(decode=True).decode()
        for path in sorted(outbox.glob("*.eml"))
    ]


def invite(app: Flask, email: str, *, cohort: bool = False) -> str:
    """Invite somebody and return the address of the link."""
    token = identity.new_token()
    with app.app_context():
        coordinator = records.by_email(db.session, people.DENISE.email)
        assert coordinator
        group = None
        if cohort:
            group = cohorts.add(
                db.session,
                name="Spring",
                course_slug="first-steps",
                starts_on=now().date(),
                now=now(),
            ).id
        invitations.add(
            db.session,
            token_sha256=identity.digest(token),
            email=email,
            name="Ngọc Trần",
            cohort_id=group,
            roles=[Role.TRAINEE],
            created_by=coordinator.id,
            now=now(),
            expires_at=now() + timedelta(days=1),
        )
        db.session.commit()
    return f"/invitations/{token}"


def test_names_are_changed_by_their_owner(rosa: Persona) -> None:
    answer = rosa.post("/account/names", {"legal_name": "Rosa  María Ñandú", "used_name": "Ro"})
    assert answer.status_code == 303
    assert 'value="Rosa María Ñandú"' in rosa.read("/account")


def test_a_name_that_cannot_be_printed_is_refused_with_its_characters(rosa: Persona) -> None:
    answer = rosa.post("/account/names", {"legal_name": "Rosa \ue000", "used_name": "Ro"})
    assert answer.status_code == 422
    assert "cannot be printed" in answer.get_data(as_text=True)


def test_a_new_password_needs_the_old_one_and_closes_other_sessions(
    app: Flask, rosa: Persona
) -> None:
    other = Persona(app, None)
    other.post("/sign-in", {"email": people.ROSA.email, "password": people.PASSWORD})
    fields = {"password": "not this one at all", "new_password": "five calm river stones"}
    assert rosa.post("/account/password", fields).status_code == 422
    assert rosa.post("/account/password", fields | {"password": people.PASSWORD}).status_code == 303
    assert rosa.get("/account").status_code == 200
    assert other.get("/account").status_code == 303


def test_a_short_password_is_refused(rosa: Persona) -> None:
    answer = rosa.post("/account/password", {"password": people.PASSWORD, "new_password": "short"})
    assert answer.status_code == 422
    assert "at least 12 characters" in answer.get_data(as_text=True)


def test_an_invitation_makes_an_account_and_a_place_in_the_cohort(
    app: Flask, nobody: Persona
) -> None:
    address = invite(app, "new@example.org", cohort=True)
    page = nobody.read(address)
    assert "First Steps" in page
    assert 'value="Ngọc Trần"' in page
    answer = nobody.post(address, {"legal_name": "Ngọc Trần", "password": "five calm river stones"})
    assert answer.status_code == 303
    assert "Your courses" in nobody.read("/courses")


def test_an_invitation_works_once(app: Flask, nobody: Persona) -> None:
    address = invite(app, "new@example.org")
    fields = {"legal_name": "Ngọc Trần", "password": "five calm river stones"}
    assert nobody.post(address, fields).status_code == 303
    assert Persona(app, None).post(address, fields).status_code == 409


def test_an_invitation_to_a_known_address_opens_nothing_by_itself(
    app: Flask, nobody: Persona
) -> None:
    address = invite(app, people.ROSA.email, cohort=True)
    answer = nobody.post(address)
    assert answer.status_code == 303
    assert answer.location.startswith("/sign-in")


def test_an_invitation_with_faults_in_the_form_is_still_open(app: Flask, nobody: Persona) -> None:
    address = invite(app, "new@example.org")
    assert nobody.post(address, {"legal_name": "", "password": "x"}).status_code == 422
    assert nobody.get(address).status_code == 200


def test_an_unknown_invitation_is_refused_with_what_to_do(nobody: Persona) -> None:
    answer = nobody.get("/invitations/unknown")
    assert answer.status_code == 409
    assert "ask your coordinator" in answer.get_data(as_text=True)


def test_a_forgotten_password_is_replaced_by_a_link_in_a_mail(app: Flask, nobody: Persona) -> None:
    assert nobody.post("/password/forgotten", {"email": people.ROSA.email}).status_code == 303
    found = re.search(r"http://localhost(/password/new/\S+)", mails(app)[0])
    assert found
    assert nobody.get(found[1]).status_code == 200
    fields = {"new_password": "five calm river stones"}
    assert nobody.post(found[1], fields).status_code == 303
    assert nobody.post(found[1], fields).status_code == 409, "a link works once"
    answer = nobody.post(
        "/sign-in", {"email": people.ROSA.email, "password": fields["new_password"]}
    )
    assert answer.status_code == 303


def test_asking_for_an_unknown_address_sends_nothing_and_says_the_same(
    app: Flask, nobody: Persona
) -> None:
    answer = nobody.post("/password/forgotten", {"email": "none@example.org"})
    assert answer.status_code == 303
    assert "If that address has an account" in nobody.read("/sign-in")
    assert mails(app) == []


def test_a_new_password_by_link_closes_every_session(
    app: Flask, rosa: Persona, nobody: Persona
) -> None:
    nobody.post("/password/forgotten", {"email": people.ROSA.email})
    found = re.search(r"http://localhost(/password/new/\S+)", mails(app)[0])
    assert found
    nobody.post(found[1], {"new_password": "five calm river stones"})
    assert rosa.get("/courses").status_code == 303
