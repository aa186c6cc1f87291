"""The files of the courses on this machine, read again only when one of them changes."""

import os
from dataclasses import dataclass
from pathlib import Path

from flask import current_app

from course_engine.curriculum import editions as documents
from course_engine.curriculum.course import Asset, Course
from course_engine.curriculum.problems import Problem
from course_engine.errors import Missing

State = tuple[tuple[str, int, int], ...]
"""Path, size and time of change of every file that a course is made from."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkingCopy:
    """A course as its files are now. Without a course and a digest while it has Problems."""

    slug: str
    course: Course | None
    digest: str | None
    assets: tuple[Asset, ...]
    problems: tuple[Problem, ...]


_kept: dict[Path, tuple[State, WorkingCopy]] = {}


def folder() -> Path:
    """Return where the files of the courses are, or would be."""
    found: Path = current_app.extensions["settings"].curriculum
    return found


def is_here() -> bool:
    """Say whether the files are on this machine; a site serves its editions without them."""
    return folder().is_dir()


def slugs() -> tuple[str, ...]:
    """Name the courses that have files here: each folder that holds a course.md."""
    if not is_here():
        return ()
    return tuple(sorted(each.parent.name for each in folder().glob("*/course.md")))


def read(slug: str) -> WorkingCopy:
    """Return a course as its files are at this moment.

    :raises Missing: no files of that course are on this machine.
    """
    if slug not in slugs():
        raise Missing
    place = folder() / slug
    # Looked at before the files are read: a change in between is then seen the next time.
    state = _state(place, folder() / "frameworks")
    kept = _kept.get(place)
    if kept is None or kept[0] != state:
        kept = _kept[place] = (state, _read(slug))
    return kept[1]


def _read(slug: str) -> WorkingCopy:
    # Only authors need what reads Markdown: it is loaded with the first course of theirs.
    from course_engine.curriculum import loading  # noqa: PLC0415

    loaded = next((each for each in loading.load(folder(), only=slug) if each.slug == slug), None)
    if loaded is None:
        raise Missing
    document = documents.document(loaded.course) if loaded.course else None
    return WorkingCopy(
        slug=slug,
        course=loaded.course,
        digest=documents.digest(document) if document else None,
        assets=tuple(loaded.assets),
        problems=tuple(loaded.problems),
    )


def _state(*places: Path) -> State:
    found = []
    for place in places:
        for parent, _, names in os.walk(place):
            for name in names:
                path = f"{parent}/{name}"
                try:
                    file = os.lstat(path)
                except OSError:
                    continue  # It was removed a moment ago; the next look will not meet it.
                found.append((path, file.st_size, file.st_mtime_ns))
    return tuple(sorted(found))
