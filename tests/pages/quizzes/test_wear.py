"""Starting an exam wears its questions evenly; a result names the lessons to reread."""

import re

from flask import Flask

from course_engine.records import exposures
from course_engine.web.database import db
from tests import walks
from tests.people import Persona


def exam_of(app: Flask, person: Persona) -> set[str]:
    """Come to the exam, start it, and return the questions on its paper."""
    walks.begin(person)
    walks.read_everything(person)
    walks.hand_in(person, "hello")
    address = walks.start(person, "exam")
    return {item.question.id for item in walks.items(app, person, address)}


def counted(app: Flask) -> dict[str, int]:
    with app.app_context():
        return exposures.of_exam(db.session, "first-steps", "exam")


def test_a_second_person_is_asked_what_the_first_was_not(
    app: Flask, rosa: Persona, tomasz: Persona
) -> None:
    first, second = exam_of(app, rosa), exam_of(app, tomasz)
    assert not first & second
    assert {name for name, times in counted(app).items() if times} == first | second


def test_a_second_click_and_a_quiz_count_nothing(app: Flask, rosa: Persona) -> None:
    exam_of(app, rosa)
    before = counted(app)
    walks.start(rosa, "exam")
    walks.start(rosa, "hello")
    assert counted(app) == before
    assert sum(before.values()) == 3


def test_a_result_by_topic_links_the_lessons_that_teach_what_was_missed(rosa: Persona) -> None:
    walks.begin(rosa)
    page = rosa.read(walks.hand_in(rosa, "hello", wrong=frozenset({"dose"})))
    missed = page[page.index("By skill") : page.index("Each question")]
    linked = re.findall(r'href="([^"]+)"', missed)
    assert linked == [f"{walks.COURSE}/hello/asking"]


def test_a_result_without_a_miss_sends_nobody_back(rosa: Persona) -> None:
    walks.begin(rosa)
    page = rosa.read(walks.hand_in(rosa, "hello"))
    assert "By skill" in page
    assert "Read again:" not in page
