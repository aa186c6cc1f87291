"""The list of courses as an author sees it."""

import shutil
from pathlib import Path

from tests.pages.authoring.conftest import change
from tests.people import Persona


def test_a_course_that_is_served_as_its_files_are_says_so(amara: Persona) -> None:
    page = amara.read("/authoring")
    assert "First Steps" in page
    assert "Published" in page
    assert "Has Problems" not in page


def test_a_changed_file_shows_at_the_next_look(amara: Persona, files: Path) -> None:
    assert "Changed since it was published" not in amara.read("/authoring")
    change(files / "course.md", "A small course", "A short course")
    assert "Changed since it was published" in amara.read("/authoring")


def test_a_course_that_was_never_published_is_listed(amara: Persona, files: Path) -> None:
    shutil.copytree(files, files.parent / "second-steps")
    change(files.parent / "second-steps" / "course.md", "title: First Steps", "title: Second Steps")
    page = amara.read("/authoring")
    assert "Second Steps" in page
    assert "Not published yet" in page


def test_a_broken_course_is_counted_and_the_others_stay_as_they_are(
    amara: Persona, files: Path
) -> None:
    shutil.copytree(files, files.parent / "second-steps")
    change(files.parent / "second-steps" / "course.md", "minutes: 30", "minuts: 30")
    page = amara.read("/authoring")
    assert "Has Problems" in page
    assert "Published" in page


def test_without_the_folder_the_page_says_so_and_shows_what_was_published(
    amara: Persona, files: Path
) -> None:
    shutil.rmtree(files.parent)
    page = amara.read("/authoring")
    assert "not on this machine" in page
    assert "First Steps" in page


def test_somebody_who_is_not_signed_in_is_asked_to(nobody: Persona) -> None:
    assert nobody.get("/authoring").status_code == 303


def test_only_authors_see_it(rosa: Persona, harold: Persona) -> None:
    assert rosa.get("/authoring").status_code == 403
    assert harold.get("/authoring").status_code == 403


def test_nothing_is_sent_to_the_list(amara: Persona) -> None:
    assert amara.post("/authoring").status_code == 405
