"""The personas of the tests, and a browser for each of them."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from course_engine.records import people, sessions
from course_engine.records.people import Role
from course_engine.web import passwords
from course_engine.web.database import db

PASSWORD = "a quiet green bicycle"
RAW_TOKEN = "0" * 40


@dataclass(frozen=True, kw_only=True)
class Known:
    """A persona as the database knows them."""

    email: str
    legal_name: str
    used_name: str
    role: Role

    @property
    def token(self) -> str:
        """The cookie of the session that they have open."""
        return f"session of {self.email}"


ROSA = Known(email="rosa@example.org", legal_name="Rosa Ñandú", used_name="Rosa", role=Role.TRAINEE)
TOMASZ = Known(
    email="tomasz@example.org", legal_name="Tomasz Łuk", used_name="Tomek", role=Role.TRAINEE
)
AMARA = Known(
    email="amara@example.org", legal_name="Amara Obi", used_name="Amara", role=Role.AUTHOR
)
IMANI = Known(
    email="imani@example.org", legal_name="Imani Day", used_name="Imani", role=Role.ASSESSOR
)
DENISE = Known(
    email="denise@example.org", legal_name="Denise Fox", used_name="Denise", role=Role.COORDINATOR
)
HAROLD = Known(
    email="harold@example.org",
    legal_name="Harold Kim",
    used_name="Harold",
    role=Role.ADMINISTRATOR,
)
EVERYBODY = (ROSA, TOMASZ, AMARA, IMANI, DENISE, HAROLD)


def settle() -> None:
    """Put every persona into the database, each with one open session."""
    moment = datetime.now(UTC).replace(microsecond=0)
    stored = passwords.hashed(PASSWORD)
    for known in EVERYBODY:
        person = people.add(
            db.session,
            email=known.email,
            legal_name=known.legal_name,
            used_name=known.used_name,
            roles=frozenset({known.role}),
            password_hash=stored,
            now=moment,
        )
        sessions.open_(
            db.session,
            token_sha256=hashlib.sha256(known.token.encode()).hexdigest(),
            person_id=person.id,
            agent="Tests",
            now=moment,
            expires_at=moment + timedelta(days=14),
        )


class Persona:
    """A person at a browser: signed in as somebody, or as nobody."""

    def __init__(self, app: Flask, known: Known | None) -> None:
        self.app = app
        self.known = known
        self.browser = app.test_client()
        if known is not None:
            self.browser.set_cookie("course_session", known.token)
        with self.browser.session_transaction() as kept:
            kept["csrf_token"] = RAW_TOKEN
        signer = URLSafeTimedSerializer(str(app.secret_key), salt="wtf-csrf-token")
        self.csrf_token = str(signer.dumps(RAW_TOKEN))

    @property
    def id(self) -> int:
        """The id of the person."""
        assert self.known is not None
        with self.app.app_context():
            person = people.by_email(db.session, self.known.email)
        assert person is not None
        return person.id

    def get(self, address: str, **more: Any) -> TestResponse:
        """Ask for a page."""
        return self.browser.get(address, **more)

    def post(self, address: str, fields: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        """Send a form, with the token that its page would have carried."""
        return self.browser.post(
            address, data={"csrf_token": self.csrf_token, **(fields or {})}, **more
        )

    def read(self, address: str) -> str:
        """Return a page that must be there."""
        answer = self.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.get_data(as_text=True)


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field of a page."""
    found = re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', page)
    assert found, name
    return found[1]
