"""Inviting people to a cohort."""

import email
import email.policy
import re
from email.message import EmailMessage

import pytest
from flask import Flask

from course_engine.records import enrollments, invitations, journal, people
from course_engine.web import clock, identity
from course_engine.web.database import db
from tests.pages.cohorts.crowds import crowd, join, open_cohort
from tests.people import PASSWORD, Persona


class Broken:
    """A mail server that reaches nobody at one domain."""

    def __init__(self) -> None:
        self.tries = 0

    def send(self, mail: object) -> None:
        self.tries += 1
        if str(getattr(mail, "to", "")).endswith("@broken.example"):
            raise OSError


def outbox(app: Flask) -> dict[str, EmailMessage]:
    """Return the mails that were sent, by address."""
    found = {}
    for path in sorted(app.extensions["settings"].outbox.glob("*.eml")):
        mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(mail, EmailMessage)
        found[mail["To"]] = mail
    return found


def link_in(mail: EmailMessage) -> str:
    found = re.search(r"http://localhost(/invitations/\S+)", mail.get_content())
    assert found
    return found[1]


def open_ones(app: Flask, cohort: int) -> list[invitations.Invitation]:
    with app.app_context():
        return list(invitations.waiting(db.session, cohort_id=cohort, now=clock.now()).rows)


def test_an_invited_person_gets_a_link_and_a_place(
    app: Flask, denise: Persona, nobody: Persona
) -> None:
    cohort = open_cohort(app)
    address = f"/cohorts/{cohort}/invitations"
    answer = denise.post(f"{address}/one", {"email": "Maya@Example.org", "name": "Maya Lindqvist"})
    assert answer.status_code == 303
    page = denise.read(answer.location)
    assert "1 invitation is sent." in page
    assert "maya@example.org" in page
    mail = outbox(app)["maya@example.org"]
    assert "Hello Maya Lindqvist," in mail.get_content()
    assert "First Steps" in mail["Subject"]
    fields = {"legal_name": "Maya Lindqvist", "password": PASSWORD}
    assert nobody.post(link_in(mail), fields).status_code == 303
    assert "Maya Lindqvist" in denise.read(f"/cohorts/{cohort}")
    assert "Nobody. Whoever accepts is in the register." in denise.read(address)


def test_a_link_lasts_fourteen_days_and_only_its_digest_is_stored(
    app: Flask, denise: Persona
) -> None:
    cohort = open_cohort(app)
    denise.post(f"/cohorts/{cohort}/invitations/one", {"email": "maya@example.org"})
    token = link_in(outbox(app)["maya@example.org"]).rsplit("/", 1)[1]
    (kept,) = open_ones(app, cohort)
    assert (kept.expires_at - kept.created_at).days == 14
    with app.app_context():
        assert invitations.find(db.session, identity.digest(token), now=clock.now()).id == kept.id


def test_a_known_account_is_invited_to_sign_in(app: Flask, denise: Persona, rosa: Persona) -> None:
    cohort = open_cohort(app)
    denise.post(f"/cohorts/{cohort}/invitations/one", {"email": "rosa@example.org"})
    mail = outbox(app)["rosa@example.org"]
    assert "You have an account" in mail.get_content()
    assert rosa.post(link_in(mail)).status_code == 303
    assert "Rosa" in denise.read(f"/cohorts/{cohort}")


def test_a_list_invites_whom_it_helps_and_names_whom_it_skips(app: Flask, denise: Persona) -> None:
    cohort = crowd(app, 1)
    address = f"/cohorts/{cohort}/invitations"
    denise.post(f"{address}/one", {"email": "asked@example.org"})
    pasted = "person0@example.org\nnew@example.org; new@example.org\nasked@example.org"
    answer = denise.post(f"{address}/many", {"addresses": pasted})
    assert answer.status_code == 303
    page = denise.read(answer.location)
    assert "1 invitation is sent." in page
    assert "take this course with a cohort: person0@example.org" in page
    assert "invited already: asked@example.org" in page
    assert "more than once, and invited once: new@example.org" in page
    assert {one.email for one in open_ones(app, cohort)} == {"asked@example.org", "new@example.org"}


def test_somebody_who_began_alone_is_invited_too(app: Flask, denise: Persona) -> None:
    cohort, other = open_cohort(app), open_cohort(app)
    with app.app_context():
        rosa = people.by_email(db.session, "rosa@example.org")
        tomasz = people.by_email(db.session, "tomasz@example.org")
        assert rosa
        assert tomasz
        digest = join(tomasz, other).edition_digest
        enrollments.enroll(
            db.session,
            person_id=rosa.id,
            course_slug="first-steps",
            edition_digest=digest,
            now=clock.now(),
        )
        db.session.commit()
    denise.post(
        f"/cohorts/{cohort}/invitations/many",
        {"addresses": "rosa@example.org, tomasz@example.org"},
    )
    assert set(outbox(app)) == {"rosa@example.org"}


def test_nothing_is_sent_while_one_line_is_bad(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    pasted = "good@example.org\nbad\n<worse>"
    answer = denise.post(f"/cohorts/{cohort}/invitations/many", {"addresses": pasted})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Line 2: “bad”" in page
    assert "Line 3: “&lt;worse&gt;”" in page
    assert "good@example.org\nbad" in page.replace("\r", "")
    assert outbox(app) == {}
    assert open_ones(app, cohort) == []


def test_mail_that_could_not_be_sent_is_named_and_can_be_sent_again(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort = open_cohort(app)
    address = f"/cohorts/{cohort}/invitations"
    with monkeypatch.context() as patch:
        patch.setitem(app.extensions, "mail", Broken())
        answer = denise.post(f"{address}/many", {"addresses": "a@broken.example\nb@fine.example"})
        page = denise.read(answer.location)
    assert "No mail could be sent to: a@broken.example." in page
    assert "1 invitation is sent." in page
    (one,) = (each for each in open_ones(app, cohort) if each.email == "a@broken.example")
    answer = denise.post(f"{address}/{one.id}/again")
    assert "1 invitation is sent." in denise.read(answer.location)
    assert set(outbox(app)) == {"a@broken.example"}
    assert len(open_ones(app, cohort)) == 2


def test_a_mail_server_that_fails_three_times_is_asked_no_more(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    cohort, server = open_cohort(app), Broken()
    monkeypatch.setitem(app.extensions, "mail", server)
    pasted = "\n".join(f"p{number:02}@broken.example" for number in range(20))
    answer = denise.post(f"/cohorts/{cohort}/invitations/many", {"addresses": pasted})
    assert server.tries == 3
    page = denise.read(answer.location)
    assert "p11@broken.example, and 8 more" in page
    assert len(open_ones(app, cohort)) == 20


def test_sending_again_ends_the_link_that_was_sent_before(
    app: Flask, denise: Persona, nobody: Persona
) -> None:
    cohort = open_cohort(app)
    denise.post(f"/cohorts/{cohort}/invitations/one", {"email": "maya@example.org"})
    before = link_in(outbox(app)["maya@example.org"])
    (one,) = open_ones(app, cohort)
    for path in app.extensions["settings"].outbox.glob("*.eml"):
        path.unlink()
    denise.post(f"/cohorts/{cohort}/invitations/{one.id}/again")
    assert nobody.get(before).status_code == 409
    assert nobody.get(link_in(outbox(app)["maya@example.org"])).status_code == 200
    assert denise.post(f"/cohorts/{cohort}/invitations/{one.id}/again").status_code == 404


def test_an_invitation_that_is_taken_back_opens_nothing(
    app: Flask, denise: Persona, nobody: Persona
) -> None:
    cohort, other = open_cohort(app), open_cohort(app)
    denise.post(f"/cohorts/{cohort}/invitations/one", {"email": "maya@example.org"})
    (one,) = open_ones(app, cohort)
    assert denise.post(f"/cohorts/{other}/invitations/{one.id}/end").status_code == 404
    assert denise.post(f"/cohorts/{cohort}/invitations/{one.id}/end").status_code == 303
    assert nobody.get(link_in(outbox(app)["maya@example.org"])).status_code == 409
    assert denise.post(f"/cohorts/{cohort}/invitations/{one.id}/end").status_code == 404


@pytest.mark.parametrize("wrong", ["", "maya", "maya@example", "x" * 250 + "@example.org"])
def test_one_person_needs_an_address(app: Flask, denise: Persona, wrong: str) -> None:
    cohort = open_cohort(app)
    answer = denise.post(f"/cohorts/{cohort}/invitations/one", {"email": wrong})
    assert answer.status_code == 422
    assert outbox(app) == {}


def test_the_journal_says_how_many_were_invited_and_names_nobody(
    app: Flask, denise: Persona
) -> None:
    cohort = open_cohort(app)
    denise.post(f"/cohorts/{cohort}/invitations/many", {"addresses": "a@b.org, c@d.org"})
    with app.app_context():
        (entry,) = journal.page(db.session, subject=("cohort", cohort)).rows
    assert (entry.action, entry.details) == ("cohort.invited", {"invitations": 2})


def test_inviting_is_for_coordinators(app: Flask, nobody: Persona, rosa: Persona) -> None:
    address = f"/cohorts/{open_cohort(app)}/invitations"
    assert nobody.get(address).status_code == 303
    assert rosa.get(address).status_code == 403
    assert rosa.post(f"{address}/one", {"email": "a@b.org"}).status_code == 403
    assert rosa.post(f"{address}/many", {"addresses": "a@b.org"}).status_code == 403
    assert outbox(app) == {}
