"""Which topic each question belongs to: the ground on which results are summed up for a trainee."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from course_engine.assessment.grading import Grade, percent_of
from course_engine.curriculum.course import Course, Exam, Quiz

Topics = Mapping[str, str]
"""The title of a topic by the id of a question; questions of no topic are left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TopicShare:
    """How a paper went in one topic.

    ``weakest`` marks those with the lowest percent of all, unless that is 100: where to read again.
    """

    title: str
    questions: int
    percent: int
    weakest: bool


def titles(course: Course, asked: Quiz | Exam) -> Topics:
    """Name the topic of every question: of the bank for an exam, by competency for a quiz.

    A quiz question belongs to the category of the first competency that it cites.
    """
    match asked:
        case Exam():
            return {
                question.id: topic.title for topic in asked.bank for question in topic.questions
            }
        case Quiz():
            categories = {
                key: competency.category_title
                for framework in course.frameworks
                for competency in framework.competencies
                for key in (competency.key, f"{framework.slug}:{competency.category}")
            }
            return {
                question.id: categories[question.competencies[0]]
                for question in asked.questions
                if question.competencies and question.competencies[0] in categories
            }
        case _:
            assert_never(asked)


def shares(grade: Grade, topics: Topics) -> tuple[TopicShare, ...]:
    """Sum up the marks by topic, in the order in which ``topics`` first names them."""
    percents = {}
    counts = {}
    for title in dict.fromkeys(topics.values()):
        marks = tuple(mark for mark in grade.marks if topics.get(mark.question) == title)
        if marks:
            percents[title], counts[title] = percent_of(marks), len(marks)
    lowest = min(percents.values(), default=100)
    return tuple(
        TopicShare(
            title=title,
            questions=counts[title],
            percent=percent,
            weakest=percent == lowest < 100,  # noqa: PLR2004 - a percent has one end.
        )
        for title, percent in percents.items()
    )
