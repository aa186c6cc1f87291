"""The path through a course: its stops in order, each with its address."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flask import url_for

from course_engine.web import catalog


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A lesson, quiz, exam or statement on the way. ``key`` is "module/lesson" or a slug."""

    kind: Literal["lesson", "quiz", "exam", "statement"]
    key: str
    title: str
    url: str


@lru_cache(maxsize=64)
def stops(digest: str) -> tuple[Stop, ...]:
    """List the stops of an edition, in the order in which they are walked."""
    course = catalog.edition(digest)
    found: list[Stop] = []
    for module in course.modules:
        found += [
            Stop(
                kind="lesson",
                key=f"{module.slug}/{lesson.slug}",
                title=lesson.title,
                url=lesson_url(course.slug, module.slug, lesson.slug),
            )
            for lesson in module.lessons
        ]
        if module.quiz:
            found.append(_quiz(course.slug, "quiz", module.quiz.slug, module.quiz.title))
    if course.exam:
        found.append(_quiz(course.slug, "exam", course.exam.slug, course.exam.title))
    found += [
        Stop(
            kind="statement",
            key=statement.slug,
            title=statement.title,
            url=url_for("attestations.show", course=course.slug, statement=statement.slug),
        )
        for statement in course.statements
    ]
    return tuple(found)


def after(digest: str, key: str) -> Stop | None:
    """Return the stop after a lesson, quiz, exam or statement; None after the last."""
    path = stops(digest)
    here = next(at for at, stop in enumerate(path) if stop.key == key)
    return path[here + 1] if here + 1 < len(path) else None


def lesson_url(course: str, module: str, lesson: str) -> str:
    """Return the address of a lesson."""
    return url_for("lessons.show", course=course, module=module, lesson=lesson)


def _quiz(course: str, kind: Literal["quiz", "exam"], slug: str, title: str) -> Stop:
    return Stop(
        kind=kind,
        key=slug,
        title=title,
        url=url_for("quizzes.show", course=course, quiz=slug),
    )
