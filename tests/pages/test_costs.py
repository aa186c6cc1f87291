"""What the pages that trainees open most may cost: statements and bytes, counted and not timed."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from course_engine.web.database import db
from tests import walks
from tests.people import Persona
from tests.walks import COURSE, LESSONS

MOST_STATEMENTS = 3
MOST_BYTES = 30_000


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Collect every statement that runs meanwhile."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield seen
        finally:
            event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_takes_three_statements_and_thirty_kilobytes(
    app: Flask, rosa: Persona, lesson: str
) -> None:
    walks.begin(rosa)
    rosa.read(f"{COURSE}/{lesson}")
    with statements(app) as seen:
        page = rosa.read(f"{COURSE}/{lesson}")
    assert len(seen) <= MOST_STATEMENTS, seen
    assert len(page.encode()) <= MOST_BYTES


def test_a_quiz_page_takes_three_statements(app: Flask, rosa: Persona) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    rosa.read(address)
    with statements(app) as seen:
        page = rosa.read(address)
    assert len(seen) <= MOST_STATEMENTS, seen
    assert len(page.encode()) <= MOST_BYTES


@pytest.mark.parametrize(("paper", "most"), [("known", 2), ("shown by another process", 3)])
def test_a_draft_of_one_answer_takes_two_statements_where_its_paper_is_known(
    app: Flask, rosa: Persona, paper: str, most: int
) -> None:
    walks.begin(rosa)
    address = walks.start(rosa, "hello")
    filled = walks.form(rosa, address)
    first = next(name for name in filled if name.startswith("seen-"))
    answer = first.replace("seen-", "q-", 1)
    change = {first: filled[first], answer: filled[answer]}
    if paper != "known":
        app.extensions.pop("drawn")
    with statements(app) as seen:
        saved = rosa.post(f"{address}/save", change, headers={"Accept": "application/json"})
    assert saved.status_code == 200
    assert saved.json is not None
    assert saved.json["seen"], "an answer was saved"
    assert len(seen) == most, seen
