"""Inviting a person with roles."""

import email
import email.policy
import re
from pathlib import Path

from flask import Flask

from course_engine.records.people import Role
from tests.pages.people.conftest import Entries, Known
from tests.people import Persona

SENT = {"email": "Mei@Example.org", "name": "Mei Tan", "roles": ["coordinator", "author"]}


def mails(app: Flask) -> list[str]:
    outbox: Path = app.extensions["settings"].outbox
    messages = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(outbox.glob("invitation-*.eml"))
    ]
    return [str(message["To"]) + "\n" + message.get_content() for message in messages]


def link_in(text: str) -> str:
    found = re.search(r"http://localhost(/invitations/[\w-]+)", text)
    assert found
    return found[1]


def test_the_link_is_mailed_and_shown_once(app: Flask, harold: Persona) -> None:
    answer = harold.post("/people/invite", SENT)
    assert (answer.status_code, answer.location) == (303, "/people/invite")
    (mail,) = mails(app)
    assert mail.startswith("mei@example.org")
    assert link_in(mail) in harold.read("/people/invite")
    assert link_in(mail) not in harold.read("/people/invite")


def test_whoever_has_the_link_gets_the_account_with_its_roles(
    app: Flask, harold: Persona, nobody: Persona
) -> None:
    harold.post("/people/invite", SENT)
    link = link_in(mails(app)[0])
    nobody.read(link)
    sent = {"legal_name": "Mei Tan", "used_name": "", "password": "seven small blue boats"}
    assert nobody.post(link, sent).status_code == 303
    assert nobody.get("/authoring").status_code == 200
    assert nobody.get("/people").status_code == 403


def test_inviting_is_journaled_without_the_address(harold: Persona, entries: Entries) -> None:
    harold.post("/people/invite", SENT)
    (entry,) = entries("invitation.sent")
    assert entry.details == {"roles": ["author", "coordinator"]}


def test_an_invitation_that_was_taken_back_opens_nothing(
    app: Flask, harold: Persona, nobody: Persona, entries: Entries
) -> None:
    harold.post("/people/invite", SENT)
    harold.read("/people/invite")
    (sent,) = entries("invitation.sent")
    answer = harold.post(f"/people/invite/{sent.subject[1]}/end")
    assert answer.status_code == 303
    assert nobody.get(link_in(mails(app)[0])).status_code == 409
    assert "mei@example.org" not in harold.read("/people/invite")
    assert harold.post(f"/people/invite/{sent.subject[1]}/end").status_code == 404


def test_a_mail_that_cannot_be_sent_leaves_the_link_to_be_passed_on(
    app: Flask, harold: Persona
) -> None:
    class Broken:
        def send(self, _mail: object) -> None:
            raise OSError

    kept = app.extensions["mail"]
    app.extensions["mail"] = Broken()
    try:
        harold.post("/people/invite", SENT)
    finally:
        app.extensions["mail"] = kept
    page = harold.read("/people/invite")
    assert "The mail could not be sent" in page
    assert "http://localhost/invitations/" in page


def test_an_address_that_has_an_account_is_not_invited(
    app: Flask, harold: Persona, rosa: Persona, person: Known
) -> None:
    answer = harold.post("/people/invite", {"email": "ROSA@example.org", "roles": ["author"]})
    assert answer.status_code == 422
    assert mails(app) == []
    assert person(rosa).roles == {Role.TRAINEE}


def test_a_form_that_cannot_be_used_sends_nothing(app: Flask, harold: Persona) -> None:
    for change in (
        {"email": ""},
        {"email": "mei"},
        {"email": "mei@example.org, rosa@example.org"},
        {"email": "Mei <mei@example.org>"},
        {"email": "x" * 250 + "@example.org"},
        {"roles": []},
        {"roles": ["queen"]},
    ):
        assert harold.post("/people/invite", {**SENT, **change}).status_code == 422
    assert mails(app) == []


def test_only_administrators_invite_here(app: Flask, nobody: Persona, denise: Persona) -> None:
    assert nobody.get("/people/invite").status_code == 303
    assert denise.get("/people/invite").status_code == 403
    assert denise.post("/people/invite", SENT).status_code == 403
    assert mails(app) == []


def test_an_invitation_is_not_taken_back_by_looking(harold: Persona) -> None:
    assert harold.get("/people/invite/1/end").status_code == 405
