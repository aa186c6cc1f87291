"""What to read again: the lessons that teach what was missed, in course order."""

from dataclasses import replace

import pytest

from course_engine.assessment import grading, teaching
from course_engine.assessment.papers import Item, Paper
from course_engine.assessment.teaching import CompetencyShare
from course_engine.curriculum.course import Competency, Course, Framework, Policy
from tests import builders

pytestmark = pytest.mark.pure


def course(**cited: str) -> Course:
    """A course whose lessons cite these competencies, in one module."""
    lessons = tuple(
        replace(builders.lesson(slug), competencies=tuple(keys.split()))
        for slug, keys in cited.items()
    )
    competencies = tuple(
        Competency(key=f"f:{name}", title=title, category=name[0], category_title=name[0])
        for name, title in (("A", "Meets"), ("A.1", "Greets"), ("A.2", "Asks"), ("B", "Knows"))
    )
    framework = Framework(
        slug="f", title="F", publisher="P", year=2020, source="", competencies=competencies
    )
    module = replace(builders.module("one"), lessons=lessons)
    return replace(builders.course(module), frameworks=(framework,))


def test_the_lessons_that_cite_a_competency_teach_it_in_course_order() -> None:
    taught = teaching.of(course(later="f:A.1", sooner="f:A.1 f:B", other="f:A.2"))
    assert taught["f:A.1"].lessons == ("later", "sooner")
    assert taught["f:B"].lessons == ("sooner",)


def test_a_competency_that_no_lesson_cites_is_taught_by_those_of_its_category() -> None:
    taught = teaching.of(course(first="f:A", second="f:A.2", third="f:B"))
    assert taught["f:A.1"].lessons == ("first", "second")
    assert taught["f:A"].lessons == ("first",)


def test_a_competency_that_nothing_teaches_names_no_lesson() -> None:
    assert teaching.of(course(only="f:A"))["f:B"].lessons == ()


def test_what_was_missed_comes_first_with_its_lessons() -> None:
    made = course(one="f:A.1", two="f:B")
    questions = (
        replace(builders.single("a", rights="x-"), competencies=("f:A.1", "f:B")),
        replace(builders.single("b", rights="x-"), competencies=("f:B",)),
    )
    paper = Paper(edition="e", items=tuple(Item(question=each, order=(0, 1)) for each in questions))
    grade = grading.grade(paper, {"b": ("1",)}, Policy())
    assert teaching.shares(paper, grade, teaching.of(made)) == (
        CompetencyShare(key="f:A.1", title="Greets", questions=1, percent=0, reread=("one",)),
        CompetencyShare(key="f:B", title="Knows", questions=2, percent=50, reread=("two",)),
    )


def test_nothing_is_to_be_read_again_when_nothing_was_missed() -> None:
    question = replace(builders.single("a", rights="x-"), competencies=("f:A.1",))
    paper = Paper(edition="e", items=(Item(question=question, order=(0, 1)),))
    grade = grading.grade(paper, {"a": ("1",)}, Policy())
    (share,) = teaching.shares(paper, grade, teaching.of(course(one="f:A.1")))
    assert (share.percent, share.reread) == (100, ())


def test_of_several_lessons_those_that_teach_the_most_of_what_was_missed_are_named() -> None:
    made = teaching.of(course(one="f:A.1", two="f:A.1 f:B", three="f:B"))
    assert teaching.best([("f:A.1", "f:B")], made, ("one", "two", "three")) == ("two",)


def test_three_at_most_are_named_in_course_order() -> None:
    made = teaching.of(course(a="f:B", b="f:B", c="f:B", d="f:B"))
    assert teaching.best([("f:B",)], made, "abcd") == ("a", "b", "c")
    assert teaching.best([], made, "abcd") == ()
