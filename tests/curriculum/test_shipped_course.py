"""The course that the program ships with, held to what was promised of it."""

import re

import pytest

from course_engine.curriculum import plain, reading_level
from course_engine.curriculum.course import (
    Lesson,
    Module,
    Policy,
)
from course_engine.curriculum.questions import (
    Reflection,
)
from tests.curriculum.shipped import (
    course,
    exam,
    lessons,
    loaded,
    prose,
)


def test_the_checker_is_silent() -> None:
    assert loaded().problems == ()


def test_it_holds_the_modules_that_were_promised_in_their_order() -> None:
    assert [module.title for module in course().modules] == [
        "Before you begin",
        "What peer support is",
        "Shared experience",
        "How it works",
        "Recovery is not a straight line",
        "Alongside, not instead",
        "What peer support is not",
        "The ripple effect",
        "Looking after yourself",
    ]


def test_the_lessons_hold_ten_to_thirteen_thousand_words() -> None:
    assert 10_000 <= sum(lesson.words for lesson in lessons()) <= 13_000


def test_lessons_quizzes_and_exam_come_to_a_hundred_and_eighty_minutes() -> None:
    quizzes = [module.quiz.minutes for module in course().modules if module.quiz]
    parts = [*(lesson.minutes for lesson in lessons()), *quizzes, exam().minutes]
    assert sum(parts) == course().minutes == 180


def test_the_teaching_reads_at_grade_six_to_eight() -> None:
    grades = {lesson.slug: round(reading_level.grade(teaching(lesson)), 1) for lesson in lessons()}
    assert {slug: grade for slug, grade in grades.items() if not 6 <= grade <= 8} == {}


def teaching(lesson: Lesson) -> str:
    """Return paragraphs and points; people in stories, tables and headings speak their own way."""
    html = prose(lesson)
    for other in ("section", "table", "h[2-4]"):
        html = re.sub(rf"<({other})\b.*?</\1>", "", html, flags=re.DOTALL)
    parts = re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", html, re.DOTALL)
    return "\n".join(" ".join(plain.text(part).split()) for part in parts)


def test_each_module_after_the_first_is_closed_by_a_quiz() -> None:
    first, *rest = course().modules
    assert first.quiz is None
    for module in rest:
        assert module.quiz is not None
        assert sum(not isinstance(each, Reflection) for each in module.quiz.questions) == 6
        assert module.quiz.policy == Policy(pass_mark=80, feedback="full")


@pytest.mark.parametrize("module", course().modules, ids=lambda module: module.slug)
def test_a_module_has_an_aim_and_prompts_for_a_talk(module: Module) -> None:
    assert module.aim
    assert len(module.discussion) >= 3


def test_two_statements_are_signed() -> None:
    assert {each.slug for each in course().statements} == {
        "code-of-conduct",
        "what-the-certificate-is",
    }
    assert set(course().requirements.statements) == {each.slug for each in course().statements}
    assert course().certificate.kind == "completion"


def test_both_frameworks_are_named_with_source_and_year() -> None:
    frameworks = {each.slug: each for each in course().frameworks}
    assert frameworks["samhsa"].year == 2015
    assert frameworks["npg"].year == 2019
    for framework in frameworks.values():
        assert len({each.category for each in framework.competencies}) == 12
        assert framework.source.startswith("https://")


def test_every_picture_is_a_drawing_with_words_for_it() -> None:
    assert len(loaded().assets) >= 4
    assert {asset.media_type for asset in loaded().assets} == {"image/svg+xml"}
    pictures = re.findall(r"<img[^>]*>", "".join(map(prose, lessons())))
    assert len(pictures) == len(loaded().assets)
    for picture in pictures:
        found = re.search(r'alt="([^"]{30,})"', picture)
        assert found, picture


def test_a_lesson_that_names_danger_says_so_before_its_text() -> None:
    grave = re.compile(
        r"suicid|overdose|end (?:his|her|their|your) life|want(?:s|ing)? to die", re.IGNORECASE
    )
    silent = {
        lesson.slug
        for lesson in lessons()
        if grave.search(plain.text(prose(lesson))) and not lesson.content_note
    }
    assert silent == set()
