"""What an edition teaches and asks: worked out once, as an edition never changes."""

from functools import lru_cache

from course_engine.assessment import teaching, topics
from course_engine.assessment.teaching import Teaching
from course_engine.assessment.topics import Topics
from course_engine.web import catalog


@lru_cache(maxsize=64)
def lessons(digest: str) -> Teaching:
    """Return the lessons that teach each competency of an edition."""
    return teaching.of(catalog.edition(digest))


@lru_cache(maxsize=256)
def asked(digest: str, quiz: str) -> Topics:
    """Return the topic of each question of a quiz or an exam of an edition."""
    course = catalog.edition(digest)
    return topics.titles(course, next(one for one in course.quizzes if one.slug == quiz))
