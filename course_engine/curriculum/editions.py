"""Editions: a course as one canonical document, known by the digest of its bytes."""

import hashlib
import json
from functools import cache

from pydantic import TypeAdapter

from course_engine.curriculum.course import Course


def document(course: Course) -> bytes:
    """Return the course as canonical JSON: keys sorted, no spaces, UTF-8.

    The same values give the same bytes on every machine.
    """
    values = _adapter().dump_python(course, mode="json")
    return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def read(content: bytes) -> Course:
    """Return the course that a document holds. Raises ``ValueError`` when it holds none."""
    return _adapter().validate_json(content)


def digest(content: bytes) -> str:
    """Return the SHA-256 of a document: the name of its edition."""
    return hashlib.sha256(content).hexdigest()


@cache
def _adapter() -> TypeAdapter[Course]:
    """Work out how a course is written and read: with the first one, for a start need not wait."""
    return TypeAdapter(Course)
