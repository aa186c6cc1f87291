"""The ledger's arithmetic: what each entry says, how it is chained, and the head to keep on paper.

An entry's hash is the SHA-256 of its canonical text, in UTF-8, where each line ends in a line feed:

    course-engine ledger 1
    number: 2
    serial: CE-7K3M-9QXW-4
    event: withdrawn
    facts: <SHA-256 of the facts as canonical JSON>
    pdf: <SHA-256 of the PDF>
    circumstances: <SHA-256 of who, whose, when and why as canonical JSON>
    at: 2026-11-22T14:17:03.250000Z
    previous: <the hash of the entry before; 64 zeros before the first>

Canonical JSON has its keys in order, no spaces, and everything outside ASCII escaped.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from course_engine.errors import Refused

BEFORE_THE_FIRST = "0" * 64
SLACK = timedelta(hours=1)
"""How far clocks of several machines may be apart before an entry counts as backdated."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that happened to one certificate, as the chain holds it."""

    number: int
    serial: str
    event: str
    facts_sha256: str
    pdf_sha256: str
    circumstances_sha256: str
    at: datetime
    previous: str

    @property
    def sha256(self) -> str:
        """The entry's own hash, which the next entry repeats."""
        return hashlib.sha256(canonical_text(self).encode()).hexdigest()


def canonical_text(entry: Entry) -> str:
    """Write an entry the one way that its hash is taken of."""
    return (
        "course-engine ledger 1\n"
        f"number: {entry.number}\n"
        f"serial: {entry.serial}\n"
        f"event: {entry.event}\n"
        f"facts: {entry.facts_sha256}\n"
        f"pdf: {entry.pdf_sha256}\n"
        f"circumstances: {entry.circumstances_sha256}\n"
        f"at: {written_moment(entry.at)}\n"
        f"previous: {entry.previous}\n"
    )


def written_moment(moment: datetime) -> str:
    """Write a moment in UTC with microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def sha256_of(document: Any) -> str:
    """Return the SHA-256 of plain JSON values in their canonical form."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class NotAHead(Refused):
    """A text that holds no number, hash and time of a head."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The last entry of a ledger at some moment: whoever keeps it can tell what was changed."""

    number: int
    sha256: str
    taken_at: datetime


def written_head(head: Head, *, site: str) -> str:
    """Write a head as a short text to print, mail or copy by hand."""
    pieces = [head.sha256[start : start + 8] for start in range(0, 64, 8)]
    return (
        f"Head of the certificate ledger of {site}\n\n"
        f"Number: {head.number}\n"
        f"Hash:   {' '.join(pieces[:4])}\n"
        f"        {' '.join(pieces[4:])}\n"
        f"Taken:  {head.taken_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC\n"
    )


_HEAD = re.compile(
    r"^\W*number:\s*(\d{1,18})\s+hash:\s*([0-9a-f\s>]+?)\s*"
    r"taken:\s*(\d{4}-\d\d-\d\d \d\d:\d\d) utc",
    re.IGNORECASE | re.MULTILINE,
)


def read_head(text: str) -> Head:
    """Read what ``written_head`` wrote, also with other words around it, as in a mail.

    :raises NotAHead: number, hash or time is missing or cannot be read.
    """
    found = _HEAD.search(text)
    digest = re.sub(r"[^0-9a-f]", "", found[2].lower()) if found else ""
    if found is None or len(digest) != len(BEFORE_THE_FIRST):
        raise NotAHead("This file holds no head of a ledger: Number, Hash and Taken.")
    try:
        taken = datetime.strptime(found[3], "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        raise NotAHead("The time of this head cannot be read.") from None
    return Head(number=int(found[1]), sha256=digest, taken_at=taken)
