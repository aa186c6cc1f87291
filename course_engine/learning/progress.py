"""How far somebody is in a course: every lesson and quiz with its state, and what comes next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from course_engine.curriculum.course import Course, Module
from course_engine.learning.evidence import Evidence, Result
from course_engine.learning.requirements import Eligibility, Weighed, best_result, weigh
from course_engine.learning.steps import (
    Hold,
    ReadLesson,
    Step,
    TakeExam,
    TakeQuiz,
    before_exam,
    next_step,
)

State = Literal["done", "next", "open", "closed"]
"""``closed`` is only ever an exam that waits for the lessons and quizzes before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LessonProgress:
    """One lesson in the outline of a course."""

    slug: str
    title: str
    minutes: int
    state: State


@dataclass(frozen=True, kw_only=True, slots=True)
class QuizProgress:
    """A quiz or the exam in the outline; done means passed. ``best`` is the best result so far."""

    slug: str
    title: str
    state: State
    best: Result | None
    waits_for: tuple[Weighed, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ModuleProgress:
    """One module in the outline."""

    slug: str
    title: str
    lessons: tuple[LessonProgress, ...]
    quiz: QuizProgress | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """Which lessons are done, open and next. At most one thing in it has the state ``next``."""

    modules: tuple[ModuleProgress, ...]
    exam: QuizProgress | None
    eligibility: Eligibility
    step: Step

    @property
    def done(self) -> int:
        """How many requirements are met."""
        return len(self.eligibility.items) - len(self.eligibility.outstanding)

    @property
    def total(self) -> int:
        """How many requirements there are."""
        return len(self.eligibility.items)


def progress(course: Course, evidence: Evidence, holds: tuple[Hold, ...] = ()) -> Progress:
    """Lay the evidence over the outline of the course."""
    step = next_step(course, evidence, holds)
    eligibility = weigh(course, evidence)
    exam = None
    if course.exam:
        waits_for = before_exam(eligibility)
        exam = _quiz(course.exam.slug, course.exam.title, evidence.results, step, waits_for)
    return Progress(
        modules=tuple(_module(module, evidence, step) for module in course.modules),
        exam=exam,
        eligibility=eligibility,
        step=step,
    )


def _module(module: Module, evidence: Evidence, step: Step) -> ModuleProgress:
    done = {proof.lesson for proof in evidence.lessons}
    quiz = module.quiz
    return ModuleProgress(
        slug=module.slug,
        title=module.title,
        lessons=tuple(
            LessonProgress(
                slug=lesson.slug,
                title=lesson.title,
                minutes=lesson.minutes,
                state=_lesson_state(lesson.slug, done, step),
            )
            for lesson in module.lessons
        ),
        quiz=_quiz(quiz.slug, quiz.title, evidence.results, step) if quiz else None,
    )


def _lesson_state(slug: str, done: set[str], step: Step) -> State:
    if slug in done:
        return "done"
    return "next" if isinstance(step, ReadLesson) and step.slug == slug else "open"


def _quiz(
    slug: str,
    title: str,
    results: Sequence[Result],
    step: Step,
    waits_for: tuple[Weighed, ...] = (),
) -> QuizProgress:
    best = best_result(slug, results)
    state: State = "open"
    if best and best.passed:
        state = "done"
    elif waits_for:
        state = "closed"
    elif isinstance(step, TakeQuiz | TakeExam) and step.slug == slug:
        state = "next"
    return QuizProgress(slug=slug, title=title, state=state, best=best, waits_for=waits_for)
