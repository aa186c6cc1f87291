"""The courses as authors see them: their files beside what the site is serving."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from course_engine.curriculum.problems import Problem, in_order
from course_engine.pages.authoring import working_copy
from course_engine.pages.authoring.working_copy import WorkingCopy
from course_engine.records import editions
from course_engine.records.editions import PublishedCourse
from course_engine.web.database import db

State = Literal["served", "changed", "new", "broken", "stored"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShelvedCourse:
    """One course: its files, if they are here, and what is known of it in the database.

    ``state``: "served" when the files are what is served, "changed" when they are not yet, "new"
    when nothing is served so far, "broken" while there are Problems, "stored" without files.
    """

    slug: str
    title: str
    state: State
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    digest: str | None
    checked_at: datetime | None
    copy: WorkingCopy | None


def courses() -> tuple[ShelvedCourse, ...]:
    """Return every course that has files here or was ever published, by title."""
    copies = {slug: working_copy.read(slug) for slug in working_copy.slugs()}
    known = {each.slug: each for each in editions.courses(db.session)}
    shelved = [_shelved(copies.get(slug), known.get(slug)) for slug in copies.keys() | known.keys()]
    return tuple(sorted(shelved, key=lambda each: (each.title.casefold(), each.slug)))


def course(slug: str) -> ShelvedCourse:
    """Return one course.

    :raises Missing: there are neither files nor an edition of that name.
    """
    known = next((each for each in editions.courses(db.session) if each.slug == slug), None)
    copy = working_copy.read(slug) if known is None or slug in working_copy.slugs() else None
    return _shelved(copy, known)


def by_file(problems: Iterable[Problem]) -> tuple[tuple[str, tuple[Problem, ...]], ...]:
    """Group faults by their file, in the order of the file."""
    grouped = groupby(in_order(problems), key=lambda problem: problem.path)
    return tuple((path, tuple(found)) for path, found in grouped)


def _shelved(copy: WorkingCopy | None, known: PublishedCourse | None) -> ShelvedCourse:
    either = copy or known
    assert either is not None  # noqa: S101 - a course is only named by one of the two
    found = either.problems
    title = known.title if known else either.slug
    return ShelvedCourse(
        slug=either.slug,
        title=copy.course.title if copy and copy.course else title,
        state=_state(copy, known),
        problems=tuple(each for each in found if each.severity == "problem"),
        warnings=tuple(each for each in found if each.severity == "warning"),
        digest=known.edition_digest if known else None,
        checked_at=known.checked_at if known else None,
        copy=copy,
    )


def _state(copy: WorkingCopy | None, known: PublishedCourse | None) -> State:
    if copy is None:
        return "stored"
    if copy.course is None:
        return "broken"
    if known is None or known.edition_digest is None:
        return "new"
    return "served" if known.edition_digest == copy.digest else "changed"
