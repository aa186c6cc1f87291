"""Publishing from the browser."""

import shutil
from pathlib import Path

from flask import Flask

from course_engine.records import editions, journal
from course_engine.web.database import db
from tests.pages.authoring.conftest import change
from tests.people import Persona

HERE = "/authoring/first-steps"


def served(app: Flask) -> str:
    with app.app_context():
        return editions.current(db.session)["first-steps"]


def test_publishing_serves_the_files_as_they_are(app: Flask, amara: Persona, files: Path) -> None:
    before = served(app)
    change(files / "course.md", "title: First Steps", "title: First Walk")
    answer = amara.post(f"{HERE}/publish")
    assert (answer.status_code, answer.location) == (303, HERE)
    assert served(app) != before
    assert "First Walk" in amara.read(HERE)
    assert "Earlier" in amara.read(HERE)


def test_publishing_is_written_in_the_journal_once(app: Flask, amara: Persona, files: Path) -> None:
    change(files / "course.md", "title: First Steps", "title: First Walk")
    amara.post(f"{HERE}/publish")
    amara.post(f"{HERE}/publish")
    with app.app_context():
        entries = journal.page(db.session, action="edition.published").rows
    assert [entry.actor_name for entry in entries] == ["Amara"]
    assert entries[0].subject == ("course", "first-steps")


def test_publishing_the_same_again_changes_nothing(app: Flask, amara: Persona) -> None:
    before = served(app)
    assert amara.post(f"{HERE}/publish").status_code == 303
    assert served(app) == before


def test_a_course_with_problems_is_refused_with_its_problems(
    app: Flask, amara: Persona, files: Path
) -> None:
    before = served(app)
    change(files / "01-hello" / "quiz.md", "- (x) Listening", "- ( ) Listening")
    answer = amara.post(f"{HERE}/publish")
    assert answer.status_code == 409
    assert ">10:1<" in answer.get_data(as_text=True)
    assert served(app) == before


def test_a_course_without_files_cannot_be_published(amara: Persona, files: Path) -> None:
    shutil.rmtree(files)
    assert amara.post(f"{HERE}/publish").status_code == 409


def test_a_course_that_nobody_wrote_is_missing(amara: Persona) -> None:
    assert amara.post("/authoring/no-such-course/publish").status_code == 404


def test_only_authors_publish(nobody: Persona, rosa: Persona, denise: Persona) -> None:
    assert nobody.post(f"{HERE}/publish").status_code in {303, 401}
    assert rosa.post(f"{HERE}/publish").status_code == 403
    assert denise.post(f"{HERE}/publish").status_code == 403


def test_looking_does_not_publish(amara: Persona) -> None:
    assert amara.get(f"{HERE}/publish").status_code == 405
