"""One file while it is being read: its faults, its citations, the addresses it asked for."""

from dataclasses import dataclass, field
from typing import NamedTuple

from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.problems import Place, Report


class Citation(NamedTuple):
    """One mention of a competency, and where it stands."""

    key: str
    place: Place


@dataclass(kw_only=True, slots=True)
class Draft:
    """Collects what the reading of one file finds out besides its content.

    ``path`` is relative to the course. ``asked`` keeps every link and picture with the answer that
    it got: as long as the answers stay the same, the file need not be read again.
    """

    path: str
    addresses: Addresses
    report: Report
    citations: list[Citation] = field(default_factory=list)
    rubrics: list[Citation] = field(default_factory=list)
    asked: dict[str, str | None] = field(default_factory=dict)

    def address(self, target: str) -> str | None:
        """Return the address of a file that this one points at, or None when there is none."""
        self.asked[target] = self.addresses.find(self.path, target)
        return self.asked[target]

    @property
    def pictures(self) -> tuple[str, ...]:
        """The digests of the pictures that were found."""
        addresses = (address for address in self.asked.values() if address)
        return tuple(each.removeprefix("/assets/") for each in addresses if each[:8] == "/assets/")

    def cite(self, key: str, place: Place) -> None:
        """Remember that a competency is named here."""
        self.citations.append(Citation(key, place))
