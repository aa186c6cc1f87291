"""A site in the middle of its life: a cohort, certificates, an open quiz, mails that were sent."""

import re
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from course_engine import settings as settings_file
from course_engine.cli import starting
from course_engine.records import people as known_people
from course_engine.records.people import Role
from course_engine.web import analyzing, bulk, clock, passwords, publishing
from course_engine.web.database import db
from tests import people, talks, walks
from tests.people import Known, Persona
from tests.servers import Server

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"/>'
TIRED = "tired@example.org"


@dataclass(frozen=True, kw_only=True)
class Furnished:
    """A running site, and what stands in the addresses of its pages."""

    server: Server
    facts: dict[str, str]
    cookies: dict[Known, str]

    def address(self, path: str) -> str:
        """Return the whole address of a path with names such as ``{serial}`` in it."""
        return self.server.address + path.format(**self.facts)


def furnish(server: Server) -> Furnished:
    """Live through everything that leaves a page behind, then serve the site."""
    server.instance.mkdir(parents=True)
    app = starting.site(settings_file.load(server.environ))
    with app.app_context():
        publishing.publish(app.extensions["settings"].curriculum)
        publishing.publish(talks.SAMPLE)
        people.settle()
        _close_account(app)
        db.session.commit()
    everybody = {known: Persona(app, known) for known in people.EVERYBODY}
    facts = _live(app, everybody, server.instance / "outbox")
    with app.app_context():
        db.session.remove()
        db.close()
    cookies = {known: _cookie(persona) for known, persona in everybody.items()}
    return Furnished(server=server.start(), facts=facts, cookies=cookies)


def _live(app: Flask, everybody: dict[Known, Persona], outbox: Path) -> dict[str, str]:
    rosa, tomasz, denise = (
        everybody[known] for known in (people.ROSA, people.TOMASZ, people.DENISE)
    )
    nobody = Persona(app, None)
    opened = denise.post(
        "/cohorts/new",
        {"name": "Autumn group", "course": "first-steps", "starts_on": "2026-11-02"},
    )
    cohort = opened.location.rpartition("/")[2]
    invitations = f"/cohorts/{cohort}/invitations/one"
    denise.post(invitations, {"email": people.ROSA.email, "name": ""})
    rosa.post(_link(outbox, "invitation"))
    denise.post(invitations, {"email": "new@example.org", "name": "Nia Wu"})

    serial = walks.complete(rosa)
    withdrawn = walks.complete(tomasz)
    denise.post(f"/issued/{withdrawn}/withdraw", {"reason": "issued-in-error"})
    stopped = denise.post(f"/issued/many/issue?cohort={cohort}").location
    denise.post(f"{stopped}/stop")
    approval = (
        everybody[people.HAROLD]
        .post(
            "/approvals",
            {
                "course": "first-steps",
                "authority": "Example State Board",
                "number": "7-1234",
                "valid_from": "2026-01-01",
                "valid_until": "2030-12-31",
                "languages": ["en"],
                "editions": "",
            },
        )
        .location
    )
    job = denise.post(f"/issued/many/issue?cohort={cohort}").location
    with app.app_context():
        while bulk.work():
            pass
    missed = walks.start(tomasz, "hello")
    tomasz.post(f"{missed}/submit", {"anyway": "yes"})
    written = walks.start(rosa, "hello")
    rosa.post(f"{written}/save", walks.form(rosa, written, wrong=frozenset({"word"})))
    practiced = {"question": "hello-practice-1", "times": "0", "q-hello-practice-1": "1"}
    rosa.post("/courses/first-steps/practice/next", practiced)

    granted = {"time": "1.5", "extra_attempts": "1", "cooldown": "none", "break_minutes": "20"}
    more = {"format": "large-print", "arrangement": "A quiet room", "from_day": "2026-01-01"}
    denise.post(f"/accommodations/{rosa.id}/new", granted | more)
    timed, paused = walks.start(tomasz, "exam"), walks.start(rosa, "exam")
    rosa.post(f"{paused}/save", {"do": "break"})

    everybody[people.AMARA].post("/authoring/first-steps/analysis/hello")
    with app.app_context():
        analyzing.make_next()

    mending = {"kind": "accept-any", "rule": "nobody-loses", "reason": "Two answers were right"}
    mended = walks.repair(denise, "/repairs/first-steps/hello/first", mending)

    imani = everybody[people.IMANI]
    waiting = walks.number_of(talks.hand_in(rosa, reply="You have not slept. What would help?"))
    first = talks.waiting(app, "reply")
    talks.rate(imani, first, talks.GOOD | {"comment": "Warm and open.", "private_note": "Calm."})
    marked = walks.number_of(talks.hand_in(tomasz, ask_next="What helps you rest?"))
    second = talks.waiting(app, "ask-next")
    talks.rate(imani, second, talks.WEAK | {"comment": "Try a question first."})
    talks.ask(rosa)

    nobody.post("/password/forgotten", {"email": people.AMARA.email})
    for _ in range(6):
        nobody.post("/sign-in", {"email": TIRED, "password": "not the right one"})
    enrollment = re.search(rf"/cohorts/{cohort}/people/(\d+)", denise.read(f"/cohorts/{cohort}"))
    assert enrollment
    return {
        "cohort": cohort,
        "enrollment": enrollment[1],
        "person": str(rosa.id),
        "closed": str(_id_of(app, "closed@example.org")),
        "serial": serial,
        "withdrawn": withdrawn,
        "code": _code(rosa, serial),
        "withdrawn_code": _code(tomasz, withdrawn),
        "attempt": str(walks.number_of(written)),
        "timed": str(walks.number_of(timed)),
        "paused": str(walks.number_of(paused)),
        "job": job.rpartition("/")[2],
        "approval": approval.rpartition("/")[2],
        "stopped": stopped.rpartition("/")[2],
        "missed": str(walks.number_of(missed)),
        "repair": mended,
        "waiting": str(waiting),
        "marked": str(marked),
        "rated": first.rpartition("/")[2],
        "settled": second.rpartition("/")[2],
        "roleplay": talks.waiting(app, "first-meeting").rpartition("/")[2],
        "invitation": _link(outbox, "invitation").rpartition("/")[2],
        "reset": _link(outbox, "password").rpartition("/")[2],
    }


def _close_account(app: Flask) -> None:
    person = known_people.add(
        db.session,
        email="closed@example.org",
        legal_name="Someone Who Left",
        used_name="",
        roles=frozenset({Role.TRAINEE}),
        password_hash=passwords.hashed(people.PASSWORD),
        now=clock.now(),
    )
    known_people.close(db.session, person.id, now=clock.now())


def _id_of(app: Flask, email: str) -> int:
    with app.app_context():
        return known_people.page(db.session, search=email).rows[0].id


def _cookie(person: Persona) -> str:
    kept = person.browser.get_cookie("course_session")
    assert kept is not None
    return kept.value


def _link(outbox: Path, kind: str) -> str:
    """Return the path that the newest mail of a kind links to."""
    newest = max(outbox.glob(f"{kind}-*.eml"), key=lambda path: path.stat().st_mtime_ns)
    words = newest.read_text(encoding="utf-8").replace("=\n", "")
    found = re.search(r"https?://[^/\s]+(/\S+)", words)
    assert found, words
    return found[1]


def _code(person: Persona, serial: str) -> str:
    found = re.search(rf"/v/{serial}/(\w+)", person.read(f"/certificates/{serial}"))
    assert found
    return found[1]
