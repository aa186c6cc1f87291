"""Warnings: what does not stop a course, and what its authors should look at all the same."""

from collections.abc import Iterator
from typing import Any

from course_engine.curriculum import key_bias, plain, reading_level
from course_engine.curriculum.assembling import Files
from course_engine.curriculum.course import Course, Lesson, Prose
from course_engine.curriculum.parsing import Parsed
from course_engine.curriculum.problems import START, Place, Problem, Report, in_order

WORDS_A_MINUTE = 200
"""A quiet pace for grown readers of plain text; many read faster, and many need more time."""

LEAST_READING, MOST_READING = 0.25, 0.9
"""How much of a lesson's minutes its words should fill. The rest is for its question, its
reflection and for thinking. Below a quarter, the hours granted are not earned by reading; above
nine tenths, a person at the pace above has no time left to do more than read."""

HIGHEST_GRADE = 9.0
"""Lessons are written for grade 6 to 8; above 9 they leave readers behind."""

_FEWEST_WORDS = 80
_COURSE_MARGIN = 0.1


def warnings(course: Course, files: Files) -> tuple[Problem, ...]:
    """Return every warning about a course, in order."""
    return in_order(
        (
            *_untested(course, files),
            *_minutes(course, files),
            *_readability(course, files),
            *_keys(files),
        )
    )


def _untested(course: Course, files: Files) -> Iterator[Problem]:
    """Warn of competencies that a lesson teaches and no quiz or exam asks about.

    A question about one competency of a category tests the category as well.
    """
    category = {
        each.key: f"{framework.slug}:{each.category}"
        for framework in course.frameworks
        for each in framework.competencies
    }
    questions = (
        question
        for group in (files.quizzes, files.bank)
        for parsed in group.values()
        if parsed.value
        for question in parsed.value.questions
        if not question.practice
    )
    tested = {key for question in questions for key in question.competencies}
    tested |= {category[key] for key in tested if key in category}
    told: set[str] = set()
    for path, parsed in files.lessons.items():
        for key, place in parsed.citations:
            if parsed.value and key in parsed.value.competencies and key not in tested | told:
                told.add(key)
                message = f"{key} is taught here, and no question tests it. Add one to a quiz."
                yield _warning(path, place, "untested", message)


def _minutes(course: Course, files: Files) -> Iterator[Problem]:
    """Warn of minutes that the words cannot fill or do not fit into, and of a wrong sum."""
    for path, parsed in files.lessons.items():
        lesson = parsed.value
        if lesson is None:
            continue
        reading = lesson.words / WORDS_A_MINUTE
        room = (
            f"{lesson.words} words are {reading:.1f} minutes of reading, and the lesson grants "
            f"{lesson.minutes}."
        )
        if reading > lesson.minutes * MOST_READING:
            message = f"{room} Grant more, or cut words."
            yield _warning(path, _place(parsed, "minutes"), "minutes-too-few", message)
        elif reading < lesson.minutes * LEAST_READING:
            message = f"{room} Grant fewer, or teach more."
            yield _warning(path, _place(parsed, "minutes"), "minutes-too-many", message)
    parts = [
        *(lesson.minutes for module in course.modules for lesson in module.lessons),
        *(module.quiz.minutes for module in course.modules if module.quiz),
        course.exam.minutes if course.exam else 0,
        *(roleplay.minutes for roleplay in course.roleplays),
    ]
    if abs(sum(parts) - course.minutes) > course.minutes * _COURSE_MARGIN:
        message = (
            f"lessons, quizzes and exam come to {sum(parts)} minutes, and the course grants "
            f"{course.minutes}. Make them agree."
        )
        yield _warning("course.md", _place(files.course, "minutes"), "minutes-sum", message)


def _readability(course: Course, files: Files) -> Iterator[Problem]:
    """Warn of lessons that are too hard to read. The formula knows English only."""
    if course.language.split("-")[0] != "en":
        return
    for path, parsed in files.lessons.items():
        if parsed.value is None or parsed.value.words < _FEWEST_WORDS:
            continue
        grade = reading_level.grade(_prose(parsed.value))
        if grade > HIGHEST_GRADE:
            message = (
                f"the text reads at grade {grade:.0f}, and the audience at 6 to 8. "
                f"Use shorter sentences and plainer words."
            )
            yield _warning(path, _place(parsed, "title"), "hard-to-read", message)


def _keys(files: Files) -> Iterator[Problem]:
    for group in (files.quizzes, files.bank):
        for path, parsed in group.items():
            for code, message in key_bias.tells(parsed.value.questions if parsed.value else ()):
                yield _warning(path, START, code, message)


def _prose(lesson: Lesson) -> str:
    return "\n".join(plain.text(block.html) for block in lesson.blocks if isinstance(block, Prose))


def _place(parsed: Parsed[Any], key: str) -> Place:
    return parsed.marked.place((key,)) if parsed.marked else START


def _warning(path: str, place: Place, code: str, message: str) -> Problem:
    report = Report(path)
    report.warning(place, code, message)
    return report.found[0]
