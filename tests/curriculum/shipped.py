"""The course that the program ships with, read once, and its parts."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from course_engine.curriculum import loading, plain
from course_engine.curriculum.course import (
    Check,
    Course,
    Exam,
    Lesson,
    Prose,
)
from course_engine.curriculum.loading import Loaded
from course_engine.curriculum.questions import (
    MultipleChoice,
    Ordering,
    Question,
    Scope,
    ScopeQuestion,
    SingleChoice,
)

FOLDER = Path(__file__).parents[2] / "curriculum" / "understanding-peer-support"
SITUATION = re.compile(r"[\"\u201c]|\b(?:you|your|asks?|says?|tells?)\b", re.IGNORECASE)


@cache
def loaded() -> Loaded:
    (found,) = loading.load(FOLDER)
    return found


def course() -> Course:
    found = loaded().course
    assert found is not None
    return found


def exam() -> Exam:
    found = course().exam
    assert found is not None
    return found


def lessons() -> tuple[Lesson, ...]:
    return tuple(lesson for module in course().modules for lesson in module.lessons)


def bank() -> tuple[Question, ...]:
    return tuple(question for topic in exam().bank for question in topic.questions)


def practiced() -> tuple[Question, ...]:
    return tuple(question for topic in course().practice for question in topic.questions)


def quizzed() -> tuple[Question, ...]:
    return tuple(
        question
        for module in course().modules
        for question in (module.quiz.questions if module.quiz else ())
    )


def checks() -> tuple[Question, ...]:
    return tuple(
        each.question for lesson in lessons() for each in lesson.blocks if isinstance(each, Check)
    )


def every_question() -> Iterator[Question]:
    yield from (*checks(), *quizzed(), *bank(), *practiced())


def prose(lesson: Lesson) -> str:
    return "\n".join(each.html for each in lesson.blocks if isinstance(each, Prose))


def scope_of(question: ScopeQuestion) -> Scope:
    return next(label for label, each in zip(Scope, question.choices, strict=True) if each.right)


def situation(question: Question) -> bool:
    """Whether somebody is to be answered: a judgement, a reply to choose, replies to rank."""
    if isinstance(question, ScopeQuestion):
        return True
    words = plain.text(f"{question.prompt} {question.vignette}")
    replies = isinstance(question, SingleChoice | Ordering) and "\u0022" in plain.text(
        " ".join(options(question))
    )
    return replies and bool(SITUATION.search(words))


def options(question: Question) -> tuple[str, ...]:
    """What is to be chosen or put in order."""
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return tuple(each.text for each in question.choices)
        case Ordering():
            return question.items
        case _:
            return ()
