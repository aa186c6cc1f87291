"""Which lessons teach a competency, which questions test it, and what falls between the two."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from course_engine.curriculum.course import Course, Framework
from course_engine.curriculum.questions import Question, Reflection

State = Literal["covered", "untested", "untaught", "uncited"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The questions of one quiz or bank file that test something, by id."""

    path: str
    questions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Covered:
    """One competency, or a whole category, with the lessons and the questions that cite it.

    ``lessons`` are paths relative to the course. A check inside a lesson is no test, and neither is
    a practice question: ``practiced`` names those beside the others.
    """

    key: str
    title: str
    lessons: tuple[str, ...]
    asked: tuple[Asked, ...]
    practiced: tuple[Asked, ...]

    @property
    def tests(self) -> int:
        """How many questions test it."""
        return sum(len(each.questions) for each in self.asked)

    @property
    def practices(self) -> int:
        """How many questions practice it."""
        return sum(len(each.questions) for each in self.practiced)

    @property
    def state(self) -> State:
        """Whether it is taught and tested, one of the two, or cited nowhere."""
        if self.lessons:
            return "covered" if self.asked else "untested"
        return "untaught" if self.asked else "uncited"


@dataclass(frozen=True, kw_only=True, slots=True)
class Category(Covered):
    """A category with its competencies: what cites one of them cites the category as well.

    ``as_a_whole`` says that it is cited, and never by one of its competencies.
    """

    competencies: tuple[Covered, ...]
    as_a_whole: bool

    @property
    def all(self) -> tuple[Covered, ...]:
        """The category, then each of its competencies."""
        return (self, *self.competencies)


@dataclass(frozen=True, kw_only=True, slots=True)
class CoveredFramework:
    """One framework that the course cites."""

    slug: str
    title: str
    publisher: str
    year: int
    categories: tuple[Category, ...]

    def keys(self, state: State) -> tuple[str, ...]:
        """Name what is in this state, in the order of the framework.

        A competency that is cited nowhere is not named beside its category when that is not cited
        either.
        """
        return tuple(
            each.key
            for category in self.categories
            for each in category.all
            if each.state == state
            and (each is category or state != "uncited" or category.state != "uncited")
        )

    @property
    def whole_categories(self) -> tuple[str, ...]:
        """Name the categories that are cited as a whole only."""
        return tuple(each.key for each in self.categories if each.as_a_whole)


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """What a course teaches and tests of each framework that it cites."""

    course: str
    title: str
    frameworks: tuple[CoveredFramework, ...]


def coverage(course: Course) -> Coverage:
    """Weigh every competency of the frameworks that the course cites."""
    lessons = [
        (lesson.source, frozenset(lesson.competencies))
        for module in course.modules
        for lesson in module.lessons
    ]
    questions = [(each, frozenset(each.competencies)) for each in _graded(course)]
    practice = [
        (each, frozenset(each.competencies))
        for topic in course.practice
        for each in topic.questions
    ]

    def covered(key: str, title: str, cites: frozenset[str]) -> Covered:
        def citing(found: list[tuple[Question, frozenset[str]]]) -> tuple[Asked, ...]:
            return tuple(_by_file(question for question, cited in found if cited & cites))

        return Covered(
            key=key,
            title=title,
            lessons=tuple(path for path, cited in lessons if cited & cites),
            asked=citing(questions),
            practiced=citing(practice),
        )

    def category(framework: Framework, name: str) -> Category:
        inside = [each for each in framework.competencies if each.category == name]
        key = f"{framework.slug}:{name}"
        whole = covered(key, inside[0].category_title, frozenset(each.key for each in inside))
        competencies = tuple(
            covered(each.key, each.title, frozenset({each.key}))
            for each in inside
            if each.key != key
        )
        return Category(
            key=key,
            title=whole.title,
            lessons=whole.lessons,
            asked=whole.asked,
            practiced=whole.practiced,
            competencies=competencies,
            as_a_whole=whole.state != "uncited"
            and all(each.state == "uncited" for each in competencies),
        )

    return Coverage(
        course=course.slug,
        title=course.title,
        frameworks=tuple(
            CoveredFramework(
                slug=framework.slug,
                title=framework.title,
                publisher=framework.publisher,
                year=framework.year,
                categories=tuple(
                    category(framework, name)
                    for name in dict.fromkeys(each.category for each in framework.competencies)
                ),
            )
            for framework in course.frameworks
        ),
    )


def _graded(course: Course) -> Iterator[Question]:
    """Yield what is marked: the questions of quizzes and of the bank, without reflections."""
    groups = [module.quiz.questions for module in course.modules if module.quiz]
    groups += [topic.questions for topic in course.exam.bank] if course.exam else []
    for group in groups:
        yield from (question for question in group if not isinstance(question, Reflection))


def _by_file(questions: Iterable[Question]) -> Iterator[Asked]:
    for path, group in groupby(questions, key=lambda question: question.source):
        yield Asked(path=path, questions=tuple(question.id for question in group))
