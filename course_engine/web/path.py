"""The path through a course: its stops in order, each with its address."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flask import url_for

from course_engine.web import catalog

Kind = Literal["lesson", "quiz", "exam", "roleplay", "statement"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """A lesson, quiz, exam, role-play or statement on the way."""

    kind: Kind
    slug: str
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
                slug=lesson.slug,
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
            kind="roleplay",
            slug=roleplay.slug,
            title=roleplay.title,
            url=url_for("roleplays.show", course=course.slug, roleplay=roleplay.slug),
        )
        for roleplay in course.roleplays
    ]
    found += [
        Stop(
            kind="statement",
            slug=statement.slug,
            title=statement.title,
            url=url_for("attestations.show", course=course.slug, statement=statement.slug),
        )
        for statement in course.statements
    ]
    return tuple(found)


def addresses(digest: str) -> dict[str, str]:
    """Return the address of each stop by "kind/slug", for pages that link to many."""
    return {f"{stop.kind}/{stop.slug}": stop.url for stop in stops(digest)}


def lessons(digest: str) -> dict[str, tuple[str, str]]:
    """Return the title and address of each lesson by its slug."""
    return {stop.slug: (stop.title, stop.url) for stop in stops(digest) if stop.kind == "lesson"}


def after(digest: str, kind: Kind, slug: str) -> Stop | None:
    """Return the stop after a lesson, quiz, exam or statement; None after the last."""
    path = stops(digest)
    here = next(at for at, stop in enumerate(path) if (stop.kind, stop.slug) == (kind, slug))
    return path[here + 1] if here + 1 < len(path) else None


def lesson_url(course: str, module: str, lesson: str) -> str:
    """Return the address of a lesson."""
    return url_for("lessons.show", course=course, module=module, lesson=lesson)


def _quiz(course: str, kind: Literal["quiz", "exam"], slug: str, title: str) -> Stop:
    return Stop(
        kind=kind,
        slug=slug,
        title=title,
        url=url_for("quizzes.show", course=course, quiz=slug),
    )
