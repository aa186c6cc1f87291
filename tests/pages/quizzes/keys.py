"""Courses that differ in nothing but what is right, and in what is said about it."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from flask import Flask

from course_engine.curriculum import editions as documents
from course_engine.curriculum.course import Check, Course, Exam, Quiz, Requirements, Topic
from course_engine.curriculum.questions import (
    Html,
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
from course_engine.records import editions
from course_engine.web import catalog
from course_engine.web.clock import now
from course_engine.web.database import db

Change = Callable[[Question], Question]


def rekeyed(question: Question) -> Question:
    """The same question where something else is right and something else is said about it."""
    said = Html("<p>Said about another key.</p>")
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            rights = [choice.right for choice in question.choices]
            turned = tuple(
                replace(choice, right=rights[at - 1], feedback=said)
                for at, choice in enumerate(question.choices)
            )
            return replace(question, choices=turned, explanation=said)
        case Matching():
            rights = [pair.right for pair in question.pairs]
            pairs = tuple(
                replace(pair, right=rights[at - 1]) for at, pair in enumerate(question.pairs)
            )
            return replace(question, pairs=pairs, explanation=said)
        case Ordering():
            return replace(question, items=question.items[::-1], explanation=said)
        case ShortAnswer():
            return replace(question, accepted=("another word",), explanation=said)
        case NumberAnswer():
            return replace(question, low="700", high="701", explanation=said)
        case Reflection() | Written():
            return question


def changed(course: Course, change: Change) -> Course:
    """The same course with every question changed, wherever it stands."""
    modules = tuple(
        replace(
            module,
            quiz=_quiz(module.quiz, change) if module.quiz else None,
            lessons=tuple(
                replace(
                    lesson,
                    blocks=tuple(
                        replace(block, question=change(block.question))
                        if isinstance(block, Check)
                        else block
                        for block in lesson.blocks
                    ),
                )
                for lesson in module.lessons
            ),
        )
        for module in course.modules
    )
    exam = course.exam
    return replace(
        course,
        modules=modules,
        exam=replace(exam, bank=_topics(exam.bank, change)) if isinstance(exam, Exam) else None,
        practice=_topics(course.practice, change),
    )


def _quiz(quiz: Quiz, change: Change) -> Quiz:
    return replace(quiz, questions=tuple(map(change, quiz.questions)))


def _topics(topics: tuple[Topic, ...], change: Change) -> tuple[Topic, ...]:
    return tuple(replace(each, questions=tuple(map(change, each.questions))) for each in topics)


def open_to_all(course: Course) -> Course:
    """The same course with an exam that waits for nothing."""
    nothing = Requirements(lessons=(), quizzes=(), exam=True, statements=())
    return replace(course, requirements=nothing)


def publish(app: Flask, course: Course) -> None:
    """Serve this course from now on."""
    document = documents.document(course)
    with app.app_context():
        editions.publish(
            db.session,
            course=course,
            digest=documents.digest(document),
            document=document,
            assets=(),
            now=now(),
        )
        db.session.commit()


def served(app: Flask) -> Course:
    """The sample course as it is served."""
    with app.test_request_context():
        return catalog.course("first-steps")


def addresses(app: Flask, course: Course, *, attempt: str) -> Iterator[str]:
    """Every address that can be asked for with what a trainee knows."""
    first = course.modules[0]
    checks = [each for each in first.lessons[0].blocks if isinstance(each, Check)]
    known = {
        "course": [course.slug],
        "module": [first.slug],
        "lesson": [lesson.slug for lesson in first.lessons],
        "quiz": [quiz.slug for quiz in course.quizzes],
        "attempt": [attempt],
        "statement": [statement.slug for statement in course.statements],
        "key": [check.key for check in checks],
        "question": [each.id for topic in course.practice for each in topic.questions],
    }
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= known.keys():
            several = [{}]
            for name in sorted(rule.arguments):
                several = [{**one, name: each} for one in several for each in known[name]]
            yield from (adapter.build(rule.endpoint, one) for one in several)
