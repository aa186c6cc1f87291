"""Topics: of the bank for an exam, by competency for a quiz."""

from dataclasses import replace
from fractions import Fraction

import pytest

from course_engine.assessment import grading, topics
from course_engine.assessment.grading import Grade
from course_engine.curriculum.course import Competency, Framework
from tests import builders

pytestmark = pytest.mark.pure

FRAMEWORK = Framework(
    slug="samhsa",
    title="Core Competencies",
    publisher="SAMHSA",
    year=2015,
    source="",
    competencies=(
        Competency(
            key="samhsa:III.3",
            title="Discusses own recovery",
            category="III",
            category_title="Shares lived experience",
        ),
    ),
)


def graded(**earned: int) -> Grade:
    marks = tuple(
        grading.Mark(question=question, credit=Fraction(credit), points=1)
        for question, credit in earned.items()
    )
    return Grade(percent=0, passed=False, critical_missed=(), marks=marks)


def test_an_exam_is_summed_up_by_the_topics_of_its_bank() -> None:
    exam = builders.exam(draw={"role": 1}, bank={"role": 2, "story": 1})
    assert topics.titles(builders.course(), exam) == {
        "role-0": "About role",
        "role-1": "About role",
        "story-0": "About story",
    }


@pytest.mark.parametrize("cited", ["samhsa:III.3", "samhsa:III"])
def test_a_quiz_is_summed_up_by_the_category_of_the_first_competency(cited: str) -> None:
    course = replace(builders.course(), frameworks=(FRAMEWORK,))
    citing = replace(builders.single("citing"), competencies=(cited,))
    quiz = builders.quiz(citing, builders.single("silent"))
    assert topics.titles(course, quiz) == {"citing": "Shares lived experience"}


def test_every_topic_with_the_lowest_percent_is_weakest() -> None:
    shares = topics.shares(graded(a=1, b=0, c=0), {"a": "One", "b": "Two", "c": "Three"})
    assert [share.title for share in shares if share.weakest] == ["Two", "Three"]


def test_a_topic_that_the_paper_did_not_ask_about_is_left_out() -> None:
    shares = topics.shares(graded(a=1), {"a": "One", "b": "Two"})
    assert [(share.title, share.questions, share.percent) for share in shares] == [("One", 1, 100)]
