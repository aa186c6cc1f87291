"""One course as an author sees it: Problems, outline, editions."""

import shutil
from pathlib import Path

from tests.pages.authoring.conftest import change
from tests.people import Persona

HERE = "/authoring/first-steps"


def test_the_outline_leads_to_every_preview(amara: Persona) -> None:
    page = amara.read(HERE)
    for part in ("hello/listening", "quizzes/hello", "quizzes/exam", "statements/promise"):
        assert f'href="{HERE}/preview/{part}"' in page


def test_the_served_edition_is_marked(amara: Persona) -> None:
    page = amara.read(HERE)
    assert "Served" in page
    assert "Earlier" not in page


def test_a_problem_stands_with_its_file_and_place(amara: Persona, files: Path) -> None:
    change(files / "01-hello" / "quiz.md", "- (x) Listening", "- ( ) Listening")
    page = amara.read(HERE)
    assert "first-steps/01-hello/quiz.md" in page
    assert ">10:1<" in page
    assert "1 Problem," in page


def test_a_broken_course_cannot_be_published_from_its_page(amara: Persona, files: Path) -> None:
    change(files / "course.md", "minutes: 30", "minuts: 30")
    page = amara.read(HERE)
    assert f'action="{HERE}/publish"' not in page
    assert "The edition before is served" in page


def test_what_an_author_wrote_is_shown_as_text(amara: Persona, files: Path) -> None:
    change(files / "course.md", "minutes: 30", '"<script>alert(1)</script>": 30\nminutes: 30')
    page = amara.read(HERE)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_without_files_the_page_shows_what_was_published(amara: Persona, files: Path) -> None:
    shutil.rmtree(files)
    page = amara.read(HERE)
    assert "First Steps" in page
    assert "Served" in page
    assert "not on this machine" in page


def test_a_course_that_nobody_wrote_is_missing(amara: Persona) -> None:
    assert amara.get("/authoring/no-such-course").status_code == 404
    assert amara.get("/authoring/..").status_code == 404
    assert amara.get("/authoring/frameworks").status_code == 404


def test_only_authors_see_it(nobody: Persona, rosa: Persona) -> None:
    assert nobody.get(HERE).status_code == 303
    assert rosa.get(HERE).status_code == 403
