"""Where the files of a course are found on a site: lessons by name, pictures by their bytes."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote


@dataclass(frozen=True, kw_only=True, slots=True)
class Addresses:
    """The address of every lesson and picture, by path relative to the course."""

    known: Mapping[str, str]

    def find(self, path: str, target: str) -> str | None:
        """Return the address of what ``target`` means in the file at ``path``, or None."""
        try:
            plain = unquote(target, errors="strict")
        except UnicodeDecodeError:
            return None
        return self.known.get(posixpath.normpath(posixpath.join(posixpath.dirname(path), plain)))


def course(slug: str) -> str:
    """Return the address of a course."""
    return f"/courses/{slug}"


def lesson(course_slug: str, module: str, slug: str) -> str:
    """Return the address of a lesson."""
    return f"/courses/{course_slug}/{module}/{slug}"


def picture(sha256: str) -> str:
    """Return the address of a picture."""
    return f"/assets/{sha256}"
