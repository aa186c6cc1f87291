"""Signed-in browsers, kept on the server so that they can be ended there."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, Table, Text, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, Words, required, those_of
from course_engine.records.people import COLUMNS as PERSON_COLUMNS
from course_engine.records.people import PERSON, Person

WEB_SESSION = Table(
    "web_session",
    metadata,
    required("token_sha256", Text, primary_key=True),
    required("person_id", Number, ForeignKey("person.id"), index=True),
    required("created_at", Instant),
    required("last_seen_at", Instant),
    required("expires_at", Instant, index=True),
    required("agent", Words),
)


@dataclass(frozen=True, slots=True)
class WebSession:
    """One browser in which a person is signed in; of its token only the SHA-256 is known."""

    token_sha256: str
    person_id: int
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    agent: str


@dataclass(frozen=True, slots=True)
class Found:
    """A session that is in force, and whose it is."""

    person: Person
    token_sha256: str
    last_seen_at: datetime


_COLUMNS = those_of(WebSession, WEB_SESSION)
# Every request of a signed-in person begins with this; it is built once.
_FIND = (
    select(*PERSON_COLUMNS, WEB_SESSION.c.last_seen_at)
    .join_from(WEB_SESSION, PERSON, WEB_SESSION.c.person_id == PERSON.c.id)
    .where(
        WEB_SESSION.c.token_sha256 == bindparam("token"),
        WEB_SESSION.c.expires_at > bindparam("now"),
        PERSON.c.closed_at.is_(None),
    )
)


def open_(
    session: Session,
    *,
    token_sha256: str,
    person_id: int,
    agent: str,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Sign a browser in, and forget sessions that have expired (2 statements)."""
    session.execute(delete(WEB_SESSION).where(WEB_SESSION.c.expires_at <= now))
    session.execute(
        insert(WEB_SESSION).values(
            token_sha256=token_sha256,
            person_id=person_id,
            created_at=now,
            last_seen_at=now,
            expires_at=expires_at,
            agent=agent,
        )
    )


def find(session: Session, token_sha256: str, *, now: datetime) -> Found | None:
    """Return the session and its person, or None once either is over (1 statement)."""
    row = session.execute(_FIND, {"token": token_sha256, "now": now}).one_or_none()
    if row is None:
        return None
    *person, last_seen_at = row
    return Found(Person(*person), token_sha256, last_seen_at)


def touch(session: Session, token_sha256: str, *, now: datetime, expires_at: datetime) -> None:
    """Note that a session was used, and let it last longer (1 statement)."""
    session.execute(
        update(WEB_SESSION)
        .where(WEB_SESSION.c.token_sha256 == token_sha256)
        .values(last_seen_at=now, expires_at=expires_at)
    )


def close(session: Session, token_sha256: str) -> None:
    """Sign one browser out (1 statement)."""
    session.execute(delete(WEB_SESSION).where(WEB_SESSION.c.token_sha256 == token_sha256))


def close_all(session: Session, person_id: int, *, but: str | None = None) -> int:
    """Sign a person out everywhere, but for one session if it is named; say how many ended."""
    theirs = delete(WEB_SESSION).where(WEB_SESSION.c.person_id == person_id)
    if but is not None:
        theirs = theirs.where(WEB_SESSION.c.token_sha256 != but)
    return writing.changed(session, theirs)


def of_person(session: Session, person_id: int, *, now: datetime) -> tuple[WebSession, ...]:
    """List where a person is signed in, the one used last first (1 statement)."""
    theirs = (
        select(*_COLUMNS)
        .where(WEB_SESSION.c.person_id == person_id, WEB_SESSION.c.expires_at > now)
        .order_by(WEB_SESSION.c.last_seen_at.desc())
    )
    return tuple(WebSession(*row) for row in session.execute(theirs))
