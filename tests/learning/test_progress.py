"""Progress: the outline of a course with the state of everything in it."""

import pytest
from hypothesis import given

from course_engine.learning.evidence import Evidence
from course_engine.learning.progress import Progress, progress
from course_engine.learning.steps import TakeExam
from tests import builders
from tests.learning.sampling import EVERYTHING, evidences, failed, passed

pytestmark = pytest.mark.pure

COURSE = builders.course()


def states(outline: Progress) -> dict[str, str]:
    lines = [
        line
        for module in outline.modules
        for line in (*module.lessons, *((module.quiz,) if module.quiz else ()))
    ]
    return {line.slug: line.state for line in (*lines, *((outline.exam,) if outline.exam else ()))}


def test_at_the_start_the_first_lesson_is_next_and_only_the_exam_is_closed() -> None:
    outline = progress(COURSE, Evidence())
    assert states(outline) == {
        "a": "next",
        "b": "open",
        "one": "open",
        "c": "open",
        "two": "open",
        "exam": "closed",
    }
    assert (outline.done, outline.total) == (0, 7)


def test_the_exam_says_what_it_waits_for() -> None:
    outline = progress(COURSE, Evidence(lessons=EVERYTHING.lessons, results=(passed("one"),)))
    assert outline.exam is not None
    assert [item.slug for item in outline.exam.waits_for] == ["two"]


def test_with_everything_before_it_done_the_exam_is_next() -> None:
    outline = progress(
        COURSE, Evidence(lessons=EVERYTHING.lessons, results=(passed("one"), passed("two")))
    )
    assert isinstance(outline.step, TakeExam)
    assert states(outline)["exam"] == "next"


def test_of_two_open_quizzes_only_the_first_is_next() -> None:
    found = states(progress(COURSE, Evidence(lessons=EVERYTHING.lessons)))
    assert (found["one"], found["two"]) == ("next", "open")


def test_a_quiz_that_was_not_passed_shows_its_best_result_and_stays_open() -> None:
    tries = (failed("one", number=1, percent=70), failed("one", number=2, percent=50))
    quiz = progress(COURSE, Evidence(results=tries)).modules[0].quiz
    assert quiz is not None
    assert (quiz.state, quiz.best) == ("open", tries[0])


def test_with_everything_done_everything_is_done() -> None:
    outline = progress(COURSE, EVERYTHING)
    assert set(states(outline).values()) == {"done"}
    assert (outline.done, outline.total) == (7, 7)


@given(evidences)
def test_at_most_one_thing_is_next_and_only_the_exam_is_ever_closed(evidence: Evidence) -> None:
    found = states(progress(COURSE, evidence))
    assert list(found.values()).count("next") <= 1
    assert "closed" not in {state for slug, state in found.items() if slug != "exam"}
