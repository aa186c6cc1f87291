"""Books to look at in tests: bound and printed once, and everything a key says about a course."""

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf

from course_engine.curriculum import loading, plain
from course_engine.curriculum.course import Asset, Check, Course, Prose
from course_engine.curriculum.questions import Question
from course_engine.workbooks import binding, composing, printing
from course_engine.workbooks.book import Audience
from course_engine.workbooks.composing import Help, Imprint, PageSize

SAMPLE = Path(__file__).parents[1] / "sample" / "first-steps"
SHIPPED = Path(__file__).parents[2] / "curriculum" / "understanding-peer-support"

HELP = Help(short="Testland: call 100", full=("Testland, Test Line: call 100.",))
IMPRINT = Imprint(organization="Test Organization", contact="help@example.org", edition="0123abcd")


@cache
def loaded(folder: Path) -> tuple[Course, tuple[Asset, ...]]:
    (found,) = loading.load(folder)
    assert found.course is not None
    return found.course, found.assets


@cache
def written(folder: Path, audience: Audience, size: PageSize = "A4") -> str:
    """The book as HTML: everything that its pages, its outline and its metadata are made from."""
    book = binding.bind(loaded(folder)[0], audience)
    return composing.compose(book, size, HELP, IMPRINT)


def printed(folder: Path, audience: Audience, size: PageSize = "A4") -> bytes:
    # With every argument in its place: a cache takes a default that is left out for another call.
    return _printed(folder, audience, size)


@cache
def _printed(folder: Path, audience: Audience, size: PageSize) -> bytes:
    course, pictures = loaded(folder)
    return printing.print_book(
        binding.bind(course, audience), pictures, size=size, help_line=HELP, imprint=IMPRINT
    )


@cache
def opened(folder: Path, audience: Audience, size: PageSize = "A4") -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(printed(folder, audience, size)))


def checks(course: Course) -> Iterator[Question]:
    for module in course.modules:
        for lesson in module.lessons:
            yield from (each.question for each in lesson.blocks if isinstance(each, Check))


def quizzed(course: Course) -> Iterator[Question]:
    for module in course.modules:
        yield from module.quiz.questions if module.quiz else ()


def banked(course: Course) -> Iterator[Question]:
    for topic in course.exam.bank if course.exam else ():
        yield from topic.questions


def told_afterwards(question: Question) -> set[str]:
    """Every text that an answer is needed to see."""
    texts = {choice.feedback for choice in getattr(question, "choices", ())}
    return {plain.text(text) for text in {*texts, question.explanation} if text}


def lesson_prose(course: Course) -> str:
    """What the lessons say outside of their questions."""
    lessons = [lesson for module in course.modules for lesson in module.lessons]
    prose = [each.html for lesson in lessons for each in lesson.blocks if isinstance(each, Prose)]
    return " ".join(plain.text("\n".join(prose)).split())


def spoken(html: str) -> str:
    """The words of a book, each run of white space as one space."""
    return " ".join(plain.text(html.partition("<body")[2]).split())
