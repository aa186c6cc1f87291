"""The next step: always exactly one, and always one that can be done."""

from datetime import UTC, datetime

import pytest

from course_engine.curriculum.course import Requirements
from course_engine.learning.evidence import Evidence, LessonDone, Result, StatementSigned
from course_engine.learning.requirements import weigh
from course_engine.learning.steps import (
    GetCertificate,
    Hold,
    ReadLesson,
    SignStatement,
    Step,
    TakeExam,
    TakeQuiz,
    Waiting,
    before_exam,
    next_step,
)
from tests import builders

pytestmark = pytest.mark.pure

DAY = datetime(2026, 11, 3, tzinfo=UTC)
COURSE = builders.course()


def evidence(lessons: str = "", quizzes: tuple[str, ...] = (), *, signed: bool = False) -> Evidence:
    return Evidence(
        lessons=tuple(LessonDone(lesson=slug, at=DAY) for slug in lessons),
        results=tuple(
            Result(quiz=quiz, number=1, percent=90, passed=True, at=DAY) for quiz in quizzes
        ),
        statements=(StatementSigned(statement="conduct", at=DAY),) if signed else (),
    )


def lesson(slug: str, module: str) -> ReadLesson:
    return ReadLesson(module=module, slug=slug, title=f"Lesson {slug}")


@pytest.mark.parametrize(
    ("done", "step"),
    [
        (evidence(), lesson("a", "one")),
        (evidence("a"), lesson("b", "one")),
        (evidence("b"), lesson("a", "one")),
        (evidence("ab"), TakeQuiz(slug="one", title="Quiz of one")),
        (evidence("ab", ("one",)), lesson("c", "two")),
        (evidence("abc", ("one", "two")), TakeExam(slug="exam", title="Closing exam")),
        (
            evidence("abc", ("one", "two", "exam")),
            SignStatement(slug="conduct", title="Conduct"),
        ),
        (evidence("abc", ("one", "two", "exam"), signed=True), GetCertificate()),
    ],
)
def test_the_next_step_is_the_first_thing_that_is_left(done: Evidence, step: Step) -> None:
    assert next_step(COURSE, done) == step


def test_a_quiz_on_hold_does_not_stop_the_reading() -> None:
    hold = Hold(quiz="one", until=DAY)
    assert next_step(COURSE, evidence("ab"), (hold,)) == lesson("c", "two")


def test_the_exam_is_not_offered_while_a_quiz_is_on_hold() -> None:
    hold = Hold(quiz="one", until=DAY)
    done = evidence("abc", ("two",))
    assert next_step(COURSE, done, (hold,)) == SignStatement(slug="conduct", title="Conduct")


def test_with_nothing_else_to_do_there_is_waiting_and_on_what() -> None:
    hold = Hold(quiz="exam", until=None)
    done = evidence("abc", ("one", "two"), signed=True)
    assert next_step(COURSE, done, (hold,)) == Waiting(on=(hold,))


def test_an_optional_lesson_is_offered_before_there_is_only_waiting() -> None:
    course = builders.course(requirements=Requirements(lessons=("a",), quizzes=("one",)))
    holds = (Hold(quiz="one", until=DAY),)
    assert next_step(course, evidence("a"), holds) == lesson("b", "one")


def test_a_hold_on_what_is_already_passed_changes_nothing() -> None:
    hold = Hold(quiz="one", until=None)
    assert next_step(COURSE, evidence("ab", ("one",)), (hold,)) == lesson("c", "two")


def test_the_exam_opens_when_lessons_and_quizzes_are_done_and_waits_for_no_statement() -> None:
    assert [item.slug for item in before_exam(weigh(COURSE, evidence("ab", ("one",))))] == [
        "c",
        "two",
    ]
    assert before_exam(weigh(COURSE, evidence("abc", ("one", "two")))) == ()
