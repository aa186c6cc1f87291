"""Who did what, and when. The database itself refuses to change or delete an entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Table, Text, insert, select
from sqlalchemy.orm import Session

from course_engine.records import paging
from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, optional, required
from course_engine.records.people import PERSON

JOURNAL = Table(
    "journal_entry",
    metadata,
    required("id", Number, primary_key=True),
    required("at", Instant),
    optional("actor_id", Number, ForeignKey("person.id")),
    required("action", Text),
    required("subject_kind", Text),
    required("subject_id", Text),
    required("details", Document),
    Index(None, "subject_kind", "subject_id", "id"),
    Index(None, "actor_id", "id"),
    Index(None, "action", "id"),
)

_WRITING = insert(JOURNAL)

Subject = tuple[str, int | str]
"""What an entry is about: a kind and an id, such as ``("person", 7)``."""


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """Who did what, and when; never changed. Without an actor, the site itself did it."""

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str | None
    action: str
    subject: Subject
    details: Mapping[str, Any]


def write(
    session: Session,
    *,
    action: str,
    subject: Subject,
    actor_id: int | None,
    now: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry (1 statement). Details hold no names, answers or addresses."""
    kind, identity = subject
    session.execute(
        _WRITING,
        {
            "at": now,
            "actor_id": actor_id,
            "action": action,
            "subject_kind": kind,
            "subject_id": str(identity),
            "details": dict(details or {}),
        },
    )


def page(
    session: Session,
    *,
    subject: Subject | None = None,
    action: str | None = None,
    actor_id: int | None = None,
    after: str | None = None,
    size: int = paging.PAGE,
) -> paging.Page[JournalEntry]:
    """Return entries, newest first, of one subject, action or actor if asked (1 statement)."""
    found = select(JOURNAL, PERSON.c.used_name).join_from(
        JOURNAL, PERSON, JOURNAL.c.actor_id == PERSON.c.id, isouter=True
    )
    if subject is not None:
        kind, identity = subject
        found = found.where(JOURNAL.c.subject_kind == kind, JOURNAL.c.subject_id == str(identity))
    if action is not None:
        found = found.where(JOURNAL.c.action == action)
    if actor_id is not None:
        found = found.where(JOURNAL.c.actor_id == actor_id)
    turned = paging.turn(
        session, found, by=(JOURNAL.c.id,), after=after, size=size, newest_first=True
    )
    return turned.each(
        lambda row: JournalEntry(
            id=row.id,
            at=row.at,
            actor_id=row.actor_id,
            actor_name=row.used_name,
            action=row.action,
            subject=(row.subject_kind, row.subject_id),
            details=row.details,
        )
    )
