"""The register of a cohort, on its page and as a file."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from course_engine.records import reflections, registers
from course_engine.web.database import db
from tests.pages.cohorts import crowds
from tests.pages.cohorts.crowds import crowd, go_on, join, next_page, open_cohort, settle, sit
from tests.people import Persona


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect the statements that run meanwhile."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def table_of(answer: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.decode("utf-8-sig"))))


def test_a_line_says_how_far_somebody_is_and_what_they_still_lack(
    app: Flask, denise: Persona
) -> None:
    cohort = open_cohort(app)
    with app.app_context():
        beginner, other = (
            settle("Maya Lindqvist", "maya@example.org", "May"),
            settle("Zoe Ek", "zoe@example.org"),
        )
        enrollment = join(beginner, cohort)
        sit(beginner, enrollment, "hello", percent=40)
        go_on(other, join(other, cohort), steps=5)
        db.session.commit()
    said = text_of(denise.read(f"/cohorts/{cohort}"))
    lacks = "3 lessons, 1 quiz, exam, 1 statement"
    assert f"May Maya Lindqvist {lacks} 0/3 40% ✗ not passed yet" in said
    assert "Zoe Ek 1 statement 3/3 90% ✓ passed 85% ✓ passed 0/1 Not yet" in said


def test_a_register_costs_the_same_statements_for_three_people_and_for_sixty(
    app: Flask, denise: Persona
) -> None:
    few, many = crowd(app, 3), open_cohort(app)
    with app.app_context():
        for number in range(60):
            person = settle(f"Other {number:02}", f"other{number}@example.org")
            go_on(person, join(person, many), steps=number % 7)
        db.session.commit()
    denise.read(f"/cohorts/{few}")  # The edition is read once a process.
    with statements(app) as for_few:
        denise.read(f"/cohorts/{few}")
    with statements(app) as for_many:
        page = denise.read(f"/cohorts/{many}")
    assert len(for_few) == len(for_many) == 4
    assert page.count("<tr>") == 1 + 50


def test_a_long_register_goes_on_after_fifty_people(app: Flask, denise: Persona) -> None:
    cohort = crowd(app, 53)
    first = denise.read(f"/cohorts/{cohort}")
    assert "Person 49" in first
    assert "Person 50" not in first
    second = denise.read(next_page(first))
    assert "Person 50" in second
    assert "Person 49" not in second


def test_an_ended_enrollment_says_so(app: Flask, denise: Persona) -> None:
    cohort = crowd(app, 1)
    denise.post(f"/cohorts/{cohort}/people/1/end")
    assert "Ended on" in denise.read(f"/cohorts/{cohort}")


def test_the_export_has_a_line_for_everybody_under_one_header(
    app: Flask, denise: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "EXPORTED_AT_ONCE", 5)
    cohort = crowd(app, 12)
    answer = denise.get(f"/cohorts/{cohort}/register.csv")
    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.data.startswith(b"\xef\xbb\xbf")
    header, *lines = table_of(answer.data)
    assert len(lines) == 12
    by_name = {line[0]: dict(zip(header, line, strict=True)) for line in lines}
    assert by_name["Person 00"]["Still lacks"] == "3 lessons, 1 quiz, exam, 1 statement"
    done = by_name["Person 06"]
    assert (done["Lessons done"], done["Lessons in all"], done["Still lacks"]) == ("3", "3", "")
    assert (done["Exam, best percent: Closing exam"], done["Exam passed"]) == ("85", "yes")
    assert by_name["Person 00"]["Exam passed"] == ""


def test_an_empty_cohort_exports_its_header(app: Flask, denise: Persona) -> None:
    answer = denise.get(f"/cohorts/{open_cohort(app)}/register.csv")
    assert [line[0] for line in table_of(answer.data)] == ["Legal name"]


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@"])
def test_no_cell_of_the_export_is_a_formula(app: Flask, denise: Persona, beginning: str) -> None:
    cohort = open_cohort(app)
    with app.app_context():
        join(settle(f"{beginning}1+1", "sly@example.org"), cohort)
        db.session.commit()
    cells = table_of(denise.get(f"/cohorts/{cohort}/register.csv").data)[1]
    assert cells[0] == cells[1] == f"'{beginning}1+1"


def test_what_somebody_wrote_for_themselves_is_nowhere(app: Flask, denise: Persona) -> None:
    cohort = open_cohort(app)
    with app.app_context():
        person = settle("Maya Lindqvist", "maya@example.org")
        enrollment = join(person, cohort)
        reflections.save(
            db.session,
            enrollment.id,
            "key",
            "A private thought",
            for_person=person.id,
            now=crowds.NOW,
        )
        db.session.commit()
    for address in ("", "/register.csv", f"/people/{enrollment.id}"):
        assert "private thought" not in denise.read(f"/cohorts/{cohort}{address}")


def test_the_export_is_for_coordinators(app: Flask, nobody: Persona, rosa: Persona) -> None:
    address = f"/cohorts/{crowd(app, 1)}/register.csv"
    assert nobody.get(address).status_code == 303
    assert rosa.get(address).status_code == 403
    assert rosa.post(address).status_code == 405
