"""What a course teaches and tests, as its authors see it."""

import re
from pathlib import Path

from tests.pages.authoring.conftest import change
from tests.people import Persona

HERE = "/authoring/first-steps/coverage"


def test_every_competency_stands_with_its_lessons_and_questions(amara: Persona) -> None:
    page = amara.read(HERE)
    assert "Asks before sharing" in page
    assert 'href="/authoring/first-steps/preview/hello/asking"' in page
    assert "exam/bank/hello.md" in page
    assert "17 questions" in page


def test_the_page_of_the_course_leads_here(amara: Persona) -> None:
    assert f'href="{HERE}"' in amara.read("/authoring/first-steps")


def test_what_is_taught_and_not_tested_is_named(amara: Persona, files: Path) -> None:
    skills = files.parent / "frameworks" / "skills.yml"
    change(
        skills,
        "        title: Asks before sharing",
        "        title: Asks before sharing\n      - {id: A.3, title: Rests}",
    )
    change(files / "02-goodbye" / "01-leaving.md", "[skills:A.1]", "[skills:A.3]")
    page = amara.read(HERE)
    assert page.count("Taught, not tested") == 2
    assert re.search(r"<dd>\s*skills:A\.3\s*</dd>", page)


def test_a_course_with_problems_shows_them_instead(amara: Persona, files: Path) -> None:
    change(files / "course.md", "minutes: 30", "minuts: 30")
    answer = amara.get(HERE)
    assert answer.status_code == 409
    assert "minuts" in answer.get_data(as_text=True)


def test_a_course_without_files_is_missing(amara: Persona) -> None:
    assert amara.get("/authoring/no-steps/coverage").status_code == 404


def test_a_trainee_may_not_look(rosa: Persona) -> None:
    assert rosa.get(HERE).status_code == 403


def test_a_stranger_is_asked_to_sign_in(nobody: Persona) -> None:
    assert nobody.get(HERE).status_code == 303


def test_the_report_cannot_be_posted_to(amara: Persona) -> None:
    assert amara.post(HERE, {}).status_code == 405
