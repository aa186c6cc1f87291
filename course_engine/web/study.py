"""Where somebody stands in a course: their enrollment, with the edition that they began."""

from dataclasses import dataclass

from course_engine.curriculum.course import Course
from course_engine.errors import Missing
from course_engine.records import completions
from course_engine.records.enrollments import Enrollment
from course_engine.web import catalog, identity
from course_engine.web.database import db


@dataclass(frozen=True, kw_only=True, slots=True)
class Study:
    """One person taking one course. ``done`` holds the slugs of the lessons done."""

    enrollment: Enrollment
    course: Course
    done: frozenset[str]


def find(course_slug: str) -> Study | None:
    """Return where the signed-in person stands in a course, None when not enrolled in it."""
    place = completions.place(db.session, identity.me().id, course_slug)
    if place is None:
        return None
    return Study(
        enrollment=place.enrollment,
        course=catalog.edition(place.enrollment.edition_digest),
        done=place.done,
    )


def mine(course_slug: str) -> Study:
    """Return where the signed-in person stands in a course.

    :raises Missing: they are not enrolled in it.
    """
    found = find(course_slug)
    if found is None:
        raise Missing
    return found
