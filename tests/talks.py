"""Walking through the course that people mark: answers in own words, a role-play, ratings."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask

from course_engine.records import people, pieces, sessions
from course_engine.records.people import Role
from course_engine.web import identity, publishing
from course_engine.web.database import db
from tests.people import IMANI, Known, Persona

SAMPLE = Path(__file__).parent / "sample_marking"
COURSE = "/courses/first-talk"
ROLEPLAY = f"{COURSE}/roleplays/first-meeting"

NOOR = replace(IMANI, email="noor@example.org", legal_name="Noor Haddad", used_name="Noor")
LEAH = replace(IMANI, email="leah@example.org", legal_name="Leah Stone", used_name="Leah")

GOOD = {"level_0": "2", "level_1": "1"}
WEAK = {"level_0": "0", "level_1": "1", "flag_0": "y"}
SKILLED = {"level_0": "3", "level_1": "3", "level_2": "3"}
HARMFUL = SKILLED | {"flag_0": "y"}


def open_course(app: Flask) -> None:
    """Publish the course, and let two more assessors in."""
    with app.app_context():
        outcomes = publishing.publish(SAMPLE)
        assert [outcome.result for outcome in outcomes] == ["published"], outcomes
        for known in (NOOR, LEAH):
            settle(known)
        db.session.commit()


def settle(known: Known, *more: Role) -> None:
    """Put somebody into the database, with one open session."""
    moment = datetime.now(UTC).replace(microsecond=0)
    person = people.add(
        db.session,
        email=known.email,
        legal_name=known.legal_name,
        used_name=known.used_name,
        roles={known.role, *more},
        password_hash=None,
        now=moment,
    )
    sessions.open_(
        db.session,
        token_sha256=identity.digest(known.token),
        person_id=person.id,
        agent="Tests",
        now=moment,
        expires_at=moment.replace(year=moment.year + 1),
    )


def hand_in(person: Persona, **words: str) -> str:
    """Take the quiz with these words and hand it in; return the address of the result."""
    person.post(COURSE)
    address = person.post(f"{COURSE}/quizzes/listening").location
    page = person.read(address)
    fields: dict[str, object] = dict(re.findall(r'name="(seen-[^"]+)"\s+value="([^"]+)"', page))
    right = re.search(r'name="q-what-first"\s+value="(\d)"[^>]*>\s*<span[^>]*>Listening', page)
    assert right
    fields |= {"q-what-first": right[1], "q-reply": "", "q-ask-next": "", "anyway": "yes"}
    fields |= {f"q-{name.replace('_', '-')}": text for name, text in words.items()}
    answer = person.post(f"{address}/submit", fields)
    assert answer.status_code == 303
    return answer.location


def ask(person: Persona) -> None:
    """Ask to be observed."""
    person.post(COURSE)
    assert person.post(ROLEPLAY).status_code == 303


def waiting(app: Flask, subject: str) -> str:
    """Return the address at which the newest piece of this subject is rated."""
    with app.app_context():
        rows = pieces.queue(db.session, 0).rows
    return next(f"/marking/{one.id}" for one in reversed(rows) if one.subject == subject)


def rate(person: Persona, address: str, fields: dict[str, str]) -> None:
    """Rate a piece."""
    answer = person.post(address, fields)
    assert answer.status_code == 303, answer.get_data(as_text=True)
