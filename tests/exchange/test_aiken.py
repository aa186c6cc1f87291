"""Aiken: questions with lettered choices, and every mistake with its line."""

import pytest

from course_engine.curriculum.questions import SingleChoice
from course_engine.exchange import aiken

pytestmark = pytest.mark.pure

GOOD = "Who is there?\nA. Nobody\nB) A friend\nANSWER: B\n"


def told(text: str) -> list[tuple[int, str]]:
    found = aiken.read(text.encode(), name="a.txt").problems
    return [(each.line, each.code) for each in found if each.severity == "problem"]


def test_a_question_is_read_with_points_or_brackets() -> None:
    (question,) = aiken.read(GOOD.encode(), name="a.txt").questions
    assert isinstance(question, SingleChoice)
    assert question.prompt == "Who is there?"
    assert [(each.text, each.right) for each in question.choices] == [
        ("Nobody", False),
        ("A friend", True),
    ]


def test_lines_above_the_choices_tell_the_situation() -> None:
    (question,) = aiken.read(f"Somebody knocks.\n{GOOD}".encode(), name="a.txt").questions
    assert (question.vignette, question.prompt) == ("<p>Somebody knocks.</p>", "Who is there?")


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("Q\nA. x\nB. y\n\n" + GOOD, 1, "no-answer"),
        ("Q\nA. x\nB. y\n", 1, "no-answer"),
        (GOOD + "\nQ\nA. x\nB. y\nANSWER: C", 9, "bad-answer"),
        (GOOD + "\nQ\nA. x\nB. y\nANSWER:", 9, "bad-answer"),
        ("Q\nA. x\nANSWER: A\n", 1, "too-few"),
        ("Q\nA. x\nC. y\nANSWER: A\n", 3, "letters"),
        ("Q\nA. x\nA. y\nANSWER: A\n", 3, "letters"),
        ("Q\nA. x\nb. y\nANSWER: A\n", 3, "bad-choice"),
        ("Q\nA.x\nB. y\nANSWER: A\n", 2, "bad-choice"),
        ("ANSWER: A\n", 1, "no-question"),
        ("A. x\nB. y\nANSWER: A\n", 1, "no-question"),
    ],
)
def test_every_mistake_is_told_with_its_line(text: str, line: int, code: str) -> None:
    assert told(text) == [(line, code)]


def test_a_mistake_does_not_lose_the_questions_around_it() -> None:
    found = aiken.read(f"{GOOD}\nQ\nA. x\nANSWER: A\n\n{GOOD}".encode(), name="a.txt")
    assert len(found.questions) == 2
