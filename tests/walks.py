"""Walking through the sample course, as far as a test needs it."""

import re
from typing import assert_never

from flask import Flask

from course_engine.assessment import papers
from course_engine.assessment.papers import Item
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.records import attempts
from course_engine.web import catalog
from course_engine.web.database import db
from tests.people import Persona

COURSE = "/courses/first-steps"
LESSONS = ("hello/listening", "hello/asking", "goodbye/leaving")


def begin(person: Persona) -> None:
    """Enroll somebody in the sample course."""
    assert person.post(COURSE).status_code == 303


def read_everything(person: Persona) -> None:
    """Finish every lesson."""
    for lesson in LESSONS:
        assert person.post(f"{COURSE}/{lesson}/done").status_code == 303


def start(person: Persona, quiz: str) -> str:
    """Start an attempt and return its address."""
    answer = person.post(f"{COURSE}/quizzes/{quiz}")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def number_of(address: str) -> int:
    """Return the id of an attempt from its address."""
    found = re.search(r"/attempts/(\d+)", address)
    assert found
    return int(found[1])


def items(app: Flask, person: Persona, address: str) -> tuple[Item, ...]:
    """Return the questions of an attempt as they were laid out."""
    with app.app_context():
        sitting = attempts.find(db.session, number_of(address), for_person=person.id)
        course = catalog.edition(sitting.edition_digest)
        quizzes = [module.quiz for module in course.modules if module.quiz] + [course.exam]
        asked = next(each for each in quizzes if each and each.slug == sitting.quiz)
        paper = papers.from_document(sitting.paper, papers.questions_by_id(asked))
        db.session.rollback()
    return paper.items


def right(item: Item) -> list[str]:
    """Return the values that a form must send for full marks."""
    question = item.question
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return [
                str(number)
                for number, index in enumerate(item.order, start=1)
                if question.choices[index].right
            ]
        case Matching():
            return [str(item.order.index(index) + 1) for index in range(len(question.pairs))]
        case Ordering():
            return [str(index + 1) for index in item.order]
        case ShortAnswer():
            return [question.accepted[0]]
        case NumberAnswer():
            return [question.low]
        case Reflection() | Written():
            return [""]
        case _:
            assert_never(question)


def form(
    person: Persona, address: str, *, wrong: frozenset[str] = frozenset()
) -> dict[str, object]:
    """Fill in the form of an attempt: everything right, but for the questions named."""
    page = person.read(address)
    fields: dict[str, object] = dict(re.findall(r'name="(seen-[^"]+)"\s+value="([^"]+)"', page))
    for item in items(person.app, person, address):
        if item.question.id not in wrong:
            fields[f"q-{item.question.id}"] = right(item)
    return fields


def hand_in(person: Persona, quiz: str, *, wrong: frozenset[str] = frozenset()) -> str:
    """Take a quiz and hand it in; return the address of the result."""
    address = start(person, quiz)
    fields = form(person, address, wrong=wrong) | {"anyway": "yes"}
    answer = person.post(f"{address}/submit", fields)
    assert answer.status_code == 303
    return answer.location


def sign(person: Persona) -> None:
    """Sign the statement of the sample course."""
    answer = person.post(
        f"{COURSE}/statements/promise", {"signed_name": "Rosa Ñandú", "agreed": "y"}
    )
    assert answer.status_code == 303


def complete(person: Persona) -> str:
    """Do everything the sample course asks for; return the serial of the certificate."""
    begin(person)
    read_everything(person)
    hand_in(person, "hello")
    hand_in(person, "exam")
    sign(person)
    found = re.search(r"/certificates/(CE-[0-9A-Z-]+)", person.read(f"{COURSE}/left"))
    assert found
    return found[1]


def repair(person: Persona, address: str, fields: dict[str, object]) -> str:
    """Look at what a repair would change, then do it; return its number."""
    looked = person.post(address, fields)
    assert looked.status_code == 200, looked.get_data(as_text=True)
    shown = re.search(r'name="looked_at"[^>]*value="(\w{64})"', looked.get_data(as_text=True))
    assert shown
    done = person.post(address, fields | {"looked_at": shown[1], "do": "apply"})
    assert done.status_code == 303, done.get_data(as_text=True)
    return str(done.location.rpartition("/")[2])
