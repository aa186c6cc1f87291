"""The questions of a course, by the quiz or the topic that they stand in."""

from collections.abc import Iterator
from dataclasses import dataclass

from course_engine.curriculum.course import Course
from course_engine.curriculum.questions import Question


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """One quiz, or one topic of the bank."""

    slug: str
    title: str
    questions: tuple[Question, ...]


def of(course: Course) -> Iterator[Shelf]:
    """Yield every quiz and every topic that has questions, in the order of the course.

    A topic of the bank ends with its practice questions.
    """
    for module in course.modules:
        if module.quiz and module.quiz.questions:
            quiz = module.quiz
            yield Shelf(slug=quiz.slug, title=quiz.title, questions=quiz.questions)
    topics: dict[str, Shelf] = {}
    for topic in (*(course.exam.bank if course.exam else ()), *course.practice):
        before = topics[topic.slug].questions if topic.slug in topics else ()
        questions = (*before, *topic.questions)
        topics[topic.slug] = Shelf(slug=topic.slug, title=topic.title, questions=questions)
    yield from (shelf for shelf in topics.values() if shelf.questions)
