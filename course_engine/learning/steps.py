"""What to do next: always exactly one thing."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from course_engine.curriculum.course import Course
from course_engine.learning.evidence import Evidence
from course_engine.learning.requirements import Eligibility, Weighed, weigh


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """A quiz or exam that cannot be started now; ``until`` None means that somebody must help."""

    quiz: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadLesson:
    """Read this lesson."""

    module: str
    slug: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeQuiz:
    """Take this quiz of a module."""

    slug: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TakeExam:
    """Take the exam."""

    slug: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SignStatement:
    """Read and sign this statement."""

    slug: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AskForRolePlay:
    """Ask to be observed in this role-play."""

    slug: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class GetCertificate:
    """Everything is done: the certificate is there to be had."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """Nothing can be done now; the holds say on what it waits, and until when.

    ``people`` says that people are marking or observing what was handed in.
    """

    on: tuple[Hold, ...]
    people: bool = False


Step = ReadLesson | TakeQuiz | TakeExam | AskForRolePlay | SignStatement | GetCertificate | Waiting


def next_step(course: Course, evidence: Evidence, holds: tuple[Hold, ...] = ()) -> Step:
    """Return the first outstanding requirement that can be worked on now.

    A quiz on hold is passed over, so that a wait never stops the reading. When nothing that is
    required can be done, a lesson that is optional is offered before there is only waiting.
    """
    eligibility = weigh(course, evidence)
    if eligibility.met:
        return GetCertificate()
    held = {hold.quiz for hold in holds}
    for item in eligibility.outstanding:
        if item.waiting or (item.kind == "exam" and before_exam(eligibility)):
            continue
        if item.kind in {"quiz", "exam"} and item.slug in held:
            continue
        return _step(item)
    people = any(item.waiting for item in eligibility.outstanding)
    return _optional_lesson(course, evidence) or Waiting(on=holds, people=people)


def before_exam(eligibility: Eligibility) -> tuple[Weighed, ...]:
    """Return the lessons and quizzes to be done before the exam opens; empty when it is open.

    Nothing else in a course is locked: adults may read ahead, and each lesson is there for whoever
    needs it today. The exam waits, as its attempts are few and its questions should stay fresh.
    """
    return tuple(item for item in eligibility.outstanding if item.kind in {"lesson", "quiz"})


def _step(item: Weighed) -> Step:
    match item.kind:
        case "lesson":
            return ReadLesson(module=item.module, slug=item.slug, title=item.title)
        case "quiz":
            return TakeQuiz(slug=item.slug, title=item.title)
        case "exam":
            return TakeExam(slug=item.slug, title=item.title)
        case "roleplay":
            return AskForRolePlay(slug=item.slug, title=item.title)
        case "statement":
            return SignStatement(slug=item.slug, title=item.title)
        case _:
            assert_never(item.kind)


def _optional_lesson(course: Course, evidence: Evidence) -> ReadLesson | None:
    done = {proof.lesson for proof in evidence.lessons}
    for module in course.modules:
        for lesson in module.lessons:
            if lesson.slug not in done:
                return ReadLesson(module=module.slug, slug=lesson.slug, title=lesson.title)
    return None
