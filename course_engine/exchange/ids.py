"""Ids for imported questions: the file's own where there is one, and none twice."""

import re
import unicodedata

_LONGEST = 60
_WORDS = 6


class Ids:
    """Gives out each id once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._counted: dict[str, int] = {}

    def take(self, wanted: str, words: str) -> str:
        """Return an id made of ``wanted``, else of the first words of the question."""
        first = "-".join(re.findall(r"\w+", words)[:_WORDS]).lower()
        base = _shaped(wanted) or _shaped(first) or "question"
        found = base
        while found.casefold() in self._taken:
            self._counted[base] = self._counted.get(base, 1) + 1
            found = f"{base}-{self._counted[base]}"
        self._taken.add(found.casefold())
        return found


def _shaped(name: str) -> str:
    """Return the name in letters, digits, points, hyphens and underscores, as our ids are."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain)[:_LONGEST].strip("._-")
