"""Reading the journal."""

import re
from pathlib import Path

from flask import Flask

from course_engine.pages.journal import sentences
from course_engine.records import journal
from course_engine.web.clock import now
from course_engine.web.database import db
from tests.people import Persona

PROGRAM = Path(__file__).parents[3] / "course_engine"
WRITTEN = re.compile(r'(?:action ?= ?|_(?:journal|note)\(\s*|_done\(\s*\w+,\s*)"([\w-]+\.[\w-]+)"')
OR_ELSE = re.compile(r'action="[\w.-]+" if [^"]+ else "([\w-]+\.[\w-]+)"')


def write(
    app: Flask, action: str, actor_id: int | None, *, subject: int = 1, **more: object
) -> None:
    with app.app_context():
        journal.write(
            db.session,
            action=action,
            subject=("person", subject),
            actor_id=actor_id,
            now=now(),
            details=more,
        )
        db.session.commit()


def test_entries_are_plain_sentences_newest_first(app: Flask, harold: Persona) -> None:
    write(app, "person.closed", harold.id)
    write(app, "person.reopened", harold.id)
    page = harold.read("/journal")
    rows = page[page.index("<tbody>") :]
    assert rows.index("Opened a closed account again") < rows.index("Closed an account")


def test_an_action_without_a_sentence_is_shown_as_it_is_kept(app: Flask, harold: Persona) -> None:
    write(app, "moon.landed", None, speed=3, safe=True, crew=["one", "two"], cause="<b>")
    page = harold.read("/journal")
    assert "moon.landed" in page
    assert "The site itself" in page
    assert "speed: 3; safe: yes; crew: one, two; cause: &lt;b&gt;" in page


def test_the_journal_is_narrowed_to_an_action(app: Flask, harold: Persona) -> None:
    write(app, "person.closed", harold.id, subject=11)
    write(app, "person.reopened", harold.id, subject=12)
    page = harold.read("/journal?action=person.closed")
    assert "person 11" in page
    assert "person 12" not in page


def test_the_journal_is_narrowed_to_who_did_it(
    app: Flask, harold: Persona, denise: Persona
) -> None:
    write(app, "person.closed", harold.id, subject=11)
    write(app, "person.closed", denise.id, subject=12)
    for address in ("/journal?q=denise", f"/journal?actor={denise.id}"):
        page = harold.read(address)
        assert "person 12" in page
        assert "person 11" not in page


def test_the_journal_is_narrowed_to_one_subject(app: Flask, harold: Persona) -> None:
    write(app, "person.closed", harold.id, subject=11)
    write(app, "person.closed", harold.id, subject=12)
    page = harold.read("/journal?kind=person&id=11")
    assert "person 11" in page
    assert "person 12" not in page


def test_a_name_that_fits_several_people_asks_which(app: Flask, harold: Persona) -> None:
    write(app, "person.closed", harold.id, subject=11)
    page = harold.read("/journal?q=example.org")
    assert "More than one person fits" in page
    assert f"/journal?actor={harold.id}" in page
    assert "person 11" not in page


def test_a_name_that_fits_nobody_finds_nothing(app: Flask, harold: Persona) -> None:
    write(app, "person.closed", harold.id)
    assert "Nothing was found" in harold.read("/journal?q=zebra")


def test_a_long_journal_comes_in_pages_that_keep_what_was_chosen(
    app: Flask, harold: Persona
) -> None:
    harold_id = harold.id
    with app.app_context():
        for number in range(130):
            journal.write(
                db.session,
                action=("person.closed", "person.reopened")[number % 2],
                subject=("person", number),
                actor_id=harold_id,
                now=now(),
            )
        db.session.commit()
    address, seen = "/journal?action=person.closed", []
    while address:
        page = harold.read(address)
        seen += re.findall(r">person (\d+)</a>", page)
        onward = re.search(r'rel="next"\s+href="([^"]+)"', page)
        address = onward[1].replace("&amp;", "&") if onward else ""
    assert seen == [str(number) for number in range(128, -1, -2)]


def test_what_nobody_can_mean_is_missing_or_empty(harold: Persona) -> None:
    assert harold.get("/journal?actor=999999").status_code == 404
    assert harold.get("/journal?after=forged").status_code == 404
    assert harold.get("/journal?actor=x&kind=person&action=no.such").status_code == 200


def test_every_action_of_the_program_has_its_sentence() -> None:
    written = {
        action
        for path in PROGRAM.rglob("*.py")
        for pattern in (WRITTEN, OR_ELSE)
        for action in pattern.findall(path.read_text(encoding="utf-8"))
    }
    assert written == sentences.SENTENCES.keys()


def test_only_administrators_read_the_journal(
    nobody: Persona, rosa: Persona, denise: Persona
) -> None:
    assert nobody.get("/journal").status_code == 303
    assert rosa.get("/journal").status_code == 403
    assert denise.get("/journal").status_code == 403


def test_nobody_writes_into_the_journal_by_hand(harold: Persona) -> None:
    assert harold.post("/journal").status_code == 405
