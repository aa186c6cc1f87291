"""Is it enough? Evidence weighed against what the course demands.

The page that tells a trainee what is left and the function that issues a certificate both ask
``weigh`` and show or obey the same answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, assert_never

from course_engine.curriculum.course import Course
from course_engine.learning.evidence import (
    Evidence,
    LessonDone,
    Observed,
    Proof,
    Result,
    StatementSigned,
)

RequirementKind = Literal["lesson", "quiz", "exam", "roleplay", "statement"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """One requirement against the evidence for it.

    ``module`` is the slug of the module, "" outside of one. ``proof`` is the best there is: an
    attempt that did not pass is shown, and does not meet the requirement. ``met_at`` is when the
    requirement was first met. ``waiting`` says that people are looking at it now.
    """

    kind: RequirementKind
    slug: str
    title: str
    module: str = ""
    proof: Proof | None = None
    met_at: datetime | None = None
    waiting: bool = False

    @property
    def met(self) -> bool:
        """Whether the requirement is met."""
        return self.met_at is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Eligibility:
    """Evidence weighed against requirements: met, or what is outstanding."""

    items: tuple[Weighed, ...]

    @property
    def outstanding(self) -> tuple[Weighed, ...]:
        """What is still to be done, in the order of the course."""
        return tuple(item for item in self.items if not item.met)

    @property
    def met(self) -> bool:
        """Whether every requirement is met; a course that demands nothing gives nothing."""
        return bool(self.items) and not self.outstanding

    @property
    def met_at(self) -> datetime | None:
        """When the last requirement was met, None while one is outstanding."""
        moments = [item.met_at for item in self.items if item.met_at is not None]
        return max(moments) if self.met else None


def weigh(course: Course, evidence: Evidence) -> Eligibility:
    """Weigh every requirement: lessons and quizzes by module, the exam, role-plays, statements.

    More evidence never unmeets a requirement. A requirement that names something the course does
    not have stays outstanding: a fault in a course must not give certificates away.
    """
    return Eligibility(items=tuple(_meet(item, evidence) for item in _demanded(course)))


def best_result(quiz: str, results: Sequence[Result]) -> Result | None:
    """Return the best result of a quiz: passed before not, then the percent, then the earliest."""
    return max(
        (result for result in results if result.quiz == quiz),
        key=lambda result: (result.passed, result.percent, -result.number),
        default=None,
    )


def _demanded(course: Course) -> Iterator[Weighed]:
    wanted = course.requirements
    for module in course.modules:
        for lesson in module.lessons:
            if wanted.lessons == "all" or lesson.slug in wanted.lessons:
                yield Weighed(
                    kind="lesson", slug=lesson.slug, title=lesson.title, module=module.slug
                )
        quiz = module.quiz
        if quiz and (wanted.quizzes == "all" or quiz.slug in wanted.quizzes):
            yield Weighed(kind="quiz", slug=quiz.slug, title=quiz.title, module=module.slug)
    yield from _unknown(course)
    if wanted.exam:
        exam = course.exam
        yield Weighed(
            kind="exam", slug=exam.slug if exam else "exam", title=exam.title if exam else "exam"
        )
    names = {roleplay.slug: roleplay.title for roleplay in course.roleplays}
    for slug in wanted.roleplays:
        yield Weighed(kind="roleplay", slug=slug, title=names.get(slug, slug))
    titles = {statement.slug: statement.title for statement in course.statements}
    for slug in wanted.statements:
        yield Weighed(kind="statement", slug=slug, title=titles.get(slug, slug))


def _unknown(course: Course) -> Iterator[Weighed]:
    wanted = course.requirements
    lessons = {lesson.slug for module in course.modules for lesson in module.lessons}
    quizzes = {module.quiz.slug for module in course.modules if module.quiz}
    if wanted.lessons != "all":
        for slug in wanted.lessons:
            if slug not in lessons:
                yield Weighed(kind="lesson", slug=slug, title=slug)
    if wanted.quizzes != "all":
        for slug in wanted.quizzes:
            if slug not in quizzes:
                yield Weighed(kind="quiz", slug=slug, title=slug)


def _meet(item: Weighed, evidence: Evidence) -> Weighed:
    match item.kind:
        case "lesson":
            return _proven(item, [done for done in evidence.lessons if done.lesson == item.slug])
        case "statement":
            signed = [one for one in evidence.statements if one.statement == item.slug]
            return _proven(item, signed)
        case "quiz" | "exam":
            waits = replace(item, waiting=item.slug in evidence.waiting)
            return _passed(waits, [one for one in evidence.results if one.quiz == item.slug])
        case "roleplay":
            waits = replace(item, waiting=item.slug in evidence.waiting)
            return _seen(waits, [one for one in evidence.observed if one.roleplay == item.slug])
        case _:
            assert_never(item.kind)


def _proven(item: Weighed, proofs: Sequence[LessonDone | StatementSigned]) -> Weighed:
    if not proofs:
        return item
    first = min(proofs, key=lambda proof: proof.at)
    return replace(item, proof=first, met_at=first.at)


def _seen(item: Weighed, sittings: Sequence[Observed]) -> Weighed:
    if not sittings:
        return item
    # The first that was met, or else the latest.
    best = max(sittings, key=lambda one: (one.met, -one.number if one.met else one.number))
    return replace(item, proof=best, met_at=best.at if best.met else None)


def _passed(item: Weighed, results: Sequence[Result]) -> Weighed:
    # A later attempt that did better changes what is shown, and not the day it was met.
    met_at = min((result.at for result in results if result.passed), default=None)
    return replace(item, proof=best_result(item.slug, results), met_at=met_at)
