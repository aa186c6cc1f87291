"""Questions with everything an author wants beside them: the key, the weight, the place."""

from dataclasses import dataclass
from typing import assert_never

from course_engine.assessment import marking
from course_engine.assessment.answers import BLANK, Answer
from course_engine.assessment.papers import Item
from course_engine.curriculum.course import Course, Exam, Quiz, Topic
from course_engine.curriculum.questions import (
    Level,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeyedQuestion:
    """A question laid open. ``critical`` counts a NOW too; ``place`` is its file and line."""

    number: int
    question: Question
    critical: bool
    graded: bool
    competencies: tuple[tuple[str, str], ...]
    place: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The questions under one heading: a topic of a bank, or a whole quiz without a title.

    ``levels`` tells how many of those that are drawn are of which level, where the exam says so.
    """

    title: str
    drawn: int
    levels: tuple[tuple[Level, int], ...] = ()
    questions: tuple[KeyedQuestion, ...]


def parts(course: Course, asked: Quiz | Exam) -> tuple[Part, ...]:
    """Lay every question open, in the order of the files."""
    if isinstance(asked, Quiz):
        opened = tuple(keyed(course, each, at) for at, each in enumerate(asked.questions, start=1))
        return (Part(title="", drawn=len(opened), questions=opened),)
    draw = dict(asked.draw)
    return tuple(
        Part(
            title=topic.title,
            drawn=draw.get(topic.slug, 0),
            levels=tuple((level, n) for slug, level, n in asked.levels if slug == topic.slug),
            questions=_opened(course, topic),
        )
        for topic in asked.bank
    )


def practice_parts(course: Course) -> tuple[Part, ...]:
    """Lay every practice question open, topic by topic."""
    return tuple(
        Part(title=topic.title, drawn=0, questions=_opened(course, topic, counts=False))
        for topic in course.practice
    )


def _opened(course: Course, topic: Topic, *, counts: bool = True) -> tuple[KeyedQuestion, ...]:
    return tuple(
        keyed(course, each, at, counts=counts) for at, each in enumerate(topic.questions, start=1)
    )


def keyed(course: Course, question: Question, number: int, *, counts: bool = True) -> KeyedQuestion:
    """Lay one question open; the check of a lesson does not count, nor does practice."""
    titles = {
        competency.key: competency.title
        for framework in course.frameworks
        for competency in framework.competencies
    }
    item = Item(question=question)
    return KeyedQuestion(
        number=number,
        question=question,
        critical=counts and marking.critical(item),
        graded=counts and marking.graded(item),
        competencies=tuple((key, titles.get(key, "")) for key in question.competencies),
        place=f"{course.slug}/{question.source}:{question.line}",
    )


def right_answer(item: Item) -> Answer:
    """Return an answer that earns everything, in terms of what the page shows."""
    question = item.question
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            rights = [question.choices[index].right for index in item.order]
            return tuple(str(number) for number, right in enumerate(rights, start=1) if right)
        case Matching():
            offered = [question.pairs[index].right for index in item.order]
            return tuple(str(offered.index(pair.right) + 1) for pair in question.pairs)
        case Ordering():
            return tuple(str(index + 1) for index in item.order)
        case ShortAnswer():
            return question.accepted[:1]
        case NumberAnswer():
            return (question.low,)
        case Reflection() | Written():
            return BLANK
        case _:
            assert_never(question)
