"""Nothing on the site depends on what is right before, and no more than may be said after."""

import re
import secrets
import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from werkzeug.test import TestResponse

from course_engine.curriculum.course import Course, FeedbackPolicy
from course_engine.curriculum.questions import Html, Question, SingleChoice
from tests import builders, people, walks
from tests.conftest import renew
from tests.pages.quizzes import keys
from tests.people import Persona

JSON = {"Accept": "application/json"}
Answer = tuple[str, int, tuple[tuple[str, str], ...], bytes]


@pytest.fixture
def _no_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chance and the stamps of forms come out the same, so that bytes can be compared."""
    stamp = int(time.time())
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: stamp)
    monkeypatch.setattr(secrets, "token_hex", lambda size=32: "7" * 2 * size)
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size=32: "N" * size)
    monkeypatch.setattr(uuid, "uuid4", lambda: uuid.UUID(int=7))


def heard(name: str, answer: TestResponse) -> Answer:
    headers = tuple(sorted(each for each in answer.headers.items() if each[0] != "Date"))
    return name, answer.status_code, headers, answer.get_data()


def sat(app: Flask) -> list[Answer]:
    """Everything that a trainee hears who sits a quiz and the exam and hands nothing in."""
    rosa = Persona(app, people.ROSA)
    course = keys.served(app)
    found = [heard("begin", rosa.post(walks.COURSE))]
    for quiz in [each.slug for each in course.quizzes]:
        there = walks.start(rosa, quiz)
        number = str(walks.number_of(there))
        page = rosa.read(there)
        fields = _filled(page)
        found += [
            heard("save", rosa.post(f"{there}/save", fields)),
            heard("save", rosa.post(f"{there}/save", fields, headers=JSON)),
            heard("blank", rosa.post(f"{there}/submit", _blanks(page))),
            heard("look", rosa.get(f"{there}?look=again")),
        ]
        for address in keys.addresses(app, course, attempt=number):
            if there in address:
                found.append(heard(address, rosa.get(address, headers=JSON)))
            if there in address or quiz == course.quizzes[-1].slug:
                found.append(heard(address, rosa.get(address)))
    return found


def _filled(page: str) -> dict[str, str]:
    """Choose the first option of every question."""
    return _blanks(page) | {name.replace("seen-", "q-", 1): "1" for name in _blanks(page)}


def _blanks(page: str) -> dict[str, str]:
    return dict.fromkeys(re.findall(r'name="(seen-[^"]+)"', page), "")


@pytest.mark.usefixtures("_no_chance")
def test_another_key_changes_no_byte_of_any_answer_before_submission(
    app: Flask, template: Path
) -> None:
    course = keys.open_to_all(keys.served(app))
    other = keys.changed(course, keys.rekeyed)
    assert other != course

    def walk(serve: Callable[[], None]) -> list[Answer]:
        renew(app, template)
        serve()
        return sat(app)

    for _ in range(3):
        minute = time.time() // 60
        first = walk(lambda: keys.publish(app, course))
        second = walk(lambda: keys.publish(app, other))
        if minute == time.time() // 60:
            break
    assert len(first) > 40
    assert [one[0] for one, two in zip(first, second, strict=True) if one != two] == []


QUESTIONS = ("right-one", "wrong-one")


def quizzed(course: Course, policy: FeedbackPolicy, *, pass_mark: int) -> Course:
    """A course whose only quiz asks two questions, each word of which can be told apart."""
    first, *rest = course.modules
    assert first.quiz is not None
    quiz = replace(
        first.quiz,
        questions=tuple(map(_marked, QUESTIONS)),
        policy=replace(first.quiz.policy, feedback=policy, pass_mark=pass_mark),
    )
    return replace(course, modules=(replace(first, quiz=quiz), *rest))


def _marked(name: str) -> Question:
    asked = builders.single(name, rights="x--")
    assert isinstance(asked, SingleChoice)
    return replace(
        asked,
        explanation=Html(f"WHY-{name}"),
        choices=tuple(
            replace(choice, text=Html(f"choice {at}"), feedback=Html(f"SAID-{name}-{at}"))
            for at, choice in enumerate(asked.choices)
        ),
    )


def handed_in(app: Flask) -> tuple[Persona, str]:
    """Hand in the first choice of one question and the second of the other."""
    rosa = Persona(app, people.ROSA)
    walks.begin(rosa)
    there = walks.start(rosa, "hello")
    page = rosa.read(there)
    fields = {"anyway": "yes", **_blanks(page)}
    for name, at in (("right-one", 0), ("wrong-one", 1)):
        asked = page[page.index(f'id="question-{name}"') :]
        shown = rf'value="(\d)"[^>]*>\s*<span class="option__words">choice {at}<'
        chosen = re.search(shown, asked)
        assert chosen is not None
        fields[f"q-{name}"] = chosen[1]
    assert rosa.post(f"{there}/submit", fields).status_code == 303
    return rosa, there


CHOSEN = {"SAID-right-one-0", "SAID-wrong-one-1"}
EVERYTHING = {
    *(f"WHY-{each}" for each in QUESTIONS),
    *(f"SAID-{each}-{at}" for each in QUESTIONS for at in range(3)),
}


@pytest.mark.parametrize(
    ("policy", "pass_mark", "words"),
    [
        ("never", 50, set()),
        ("by-topic", 50, set()),
        ("per-choice", 50, CHOSEN),
        ("after-pass", 80, set()),
        ("after-pass", 50, EVERYTHING),
        ("full", 80, EVERYTHING),
    ],
)
def test_after_submission_the_site_says_what_the_policy_allows_and_no_word_more(
    app: Flask, policy: FeedbackPolicy, pass_mark: int, words: set[str]
) -> None:
    keys.publish(app, quizzed(keys.served(app), policy, pass_mark=pass_mark))
    rosa, there = handed_in(app)
    number = str(walks.number_of(there))
    pages = b"".join(
        rosa.get(address).get_data()
        for address in keys.addresses(app, keys.served(app), attempt=number)
    ).decode("utf-8", "replace")
    assert "50%" in pages
    assert set(re.findall(r"(?:SAID|WHY)-[a-z]+-one(?:-\d)?", pages)) == words


@pytest.mark.usefixtures("_no_chance")
@pytest.mark.parametrize("policy", ["never", "by-topic", "after-pass"])
def test_a_result_that_shows_no_question_does_not_tell_which_one_was_right(
    app: Flask, template: Path, policy: FeedbackPolicy
) -> None:
    course = quizzed(keys.served(app), policy, pass_mark=80)
    # The same answers: what was right is now wrong, and the other way round.
    swapped = keys.changed(course, _other_choice)
    results = []
    for one in (course, swapped):
        renew(app, template)
        keys.publish(app, one)
        rosa, there = handed_in(app)
        page = rosa.read(f"{there}/result")
        results.append(re.sub(r"Handed in on[^<]*", "", page))
    assert "50%" in results[0]
    assert results[0] == results[1]


def _other_choice(question: Question) -> Question:
    if not isinstance(question, SingleChoice):
        return question
    first, second, *rest = question.choices
    return replace(
        question,
        choices=(
            replace(first, right=second.right),
            replace(second, right=first.right),
            *rest,
        ),
    )
