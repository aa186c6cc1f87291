"""What there is to practice in a course, and how well its reader knows it."""

from dataclasses import dataclass

from course_engine.assessment import papers, practice
from course_engine.assessment.papers import Item
from course_engine.assessment.practice import Card
from course_engine.curriculum.course import Course
from course_engine.curriculum.questions import Question
from course_engine.errors import Missing
from course_engine.records import practicing
from course_engine.records.practicing import Practiced
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.study import Study


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """One topic to practice: how many of its questions are new, known, or to be seen again.

    ``due`` of those to be seen again are waiting now.
    """

    slug: str
    title: str
    questions: int
    new: int
    again: int
    known: int
    due: int


def of(mine: Study) -> tuple[Shelf, ...]:
    """Return the topics in the order of the bank (1 statement)."""
    found, moment = cards(mine), now()
    shelves = []
    for topic in mine.course.practice:
        theirs = [found.get(question.id) for question in topic.questions]
        stands = [practice.standing(card) for card in theirs]
        shelves.append(
            Shelf(
                slug=topic.slug,
                title=topic.title,
                questions=len(stands),
                new=stands.count("new"),
                again=stands.count("again"),
                known=stands.count("known"),
                due=sum(card is not None and card.due_at <= moment for card in theirs),
            )
        )
    return tuple(shelves)


def questions(course: Course, topic: str) -> dict[str, Question]:
    """Return the questions of one topic by id, or of all when it is "".

    :raises Missing: there is nothing to practice under that name.
    """
    found = {
        question.id: question
        for each in course.practice
        if topic in {"", each.slug}
        for question in each.questions
    }
    if not found:
        raise Missing
    return found


def question(course: Course, question_id: str) -> Question:
    """Return a question to practice.

    :raises Missing: the course has none of that name, or it is not for practice.
    """
    found = questions(course, "").get(question_id)
    if found is None:
        raise Missing
    return found


def title_of(course: Course, question_id: str) -> str:
    """Return the title of the topic in which a question stands."""
    return next(
        topic.title
        for topic in course.practice
        if any(each.id == question_id for each in topic.questions)
    )


def kept(mine: Study) -> dict[str, Practiced]:
    """Return how each question stands that was answered before (1 statement)."""
    enrollment = mine.enrollment
    return practicing.of_enrollment(db.session, enrollment.id, for_person=enrollment.person_id)


def cards(mine: Study) -> dict[str, Card]:
    """Return the boxes of the questions answered before (1 statement)."""
    return {question_id: each.card for question_id, each in kept(mine).items()}


def item(mine: Study, asked: Question, *, times: int) -> Item:
    """Lay out a question that was answered so many times: each time in another order."""
    return papers.item(asked, seed=f"practice {mine.enrollment.id} {times}")
