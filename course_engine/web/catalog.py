"""The courses that the site is serving, read from stored editions and kept in memory."""

from flask import g

from course_engine.curriculum import editions as documents
from course_engine.curriculum.course import Course
from course_engine.errors import Missing
from course_engine.records import editions
from course_engine.web.database import db
from course_engine.web.memory import Memory

_editions: Memory[str, Course] = Memory(most=64)


def edition(digest: str) -> Course:
    """Return a course as it was published under this digest.

    An edition never changes, so each process reads it from the database once.

    :raises Missing: no such edition is stored.
    """
    kept = _editions.get(digest)
    return kept or _editions.put(digest, documents.read(editions.document(db.session, digest)))


def digest_of(course_slug: str) -> str:
    """Return the digest of the edition that new trainees begin with.

    :raises Missing: no course of that name is published.
    """
    digest = current().get(course_slug)
    if digest is None:
        raise Missing
    return digest


def course(course_slug: str) -> Course:
    """Return the edition of a course that new trainees begin with.

    :raises Missing: no course of that name is published.
    """
    return edition(digest_of(course_slug))


def courses() -> tuple[Course, ...]:
    """Return what is published, by title."""
    found = (edition(digest) for digest in current().values())
    return tuple(sorted(found, key=lambda course: course.title))


def current() -> dict[str, str]:
    """Return course slug -> digest for everything published, asked once a request."""
    if "current_editions" not in g:
        g.current_editions = editions.current(db.session)
    found: dict[str, str] = g.current_editions
    return found
