"""Links that let somebody choose a new password, once."""

from datetime import datetime

from sqlalchemy import ColumnElement, ForeignKey, Table, Text, delete, insert, select, update
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, optional, required

RESET = Table(
    "password_reset",
    metadata,
    required("token_sha256", Text, primary_key=True),
    required("person_id", Number, ForeignKey("person.id"), index=True),
    required("created_at", Instant),
    required("expires_at", Instant),
    optional("used_at", Instant),
)


def add(
    session: Session, *, token_sha256: str, person_id: int, now: datetime, expires_at: datetime
) -> None:
    """Keep a new link, and forget this person's expired ones (2 statements)."""
    session.execute(delete(RESET).where(RESET.c.person_id == person_id, RESET.c.expires_at <= now))
    session.execute(
        insert(RESET).values(
            token_sha256=token_sha256, person_id=person_id, created_at=now, expires_at=expires_at
        )
    )


def find(session: Session, token_sha256: str, *, now: datetime) -> int:
    """Return the id of the person whose link this is (1 statement).

    :raises Missing: the link is unknown, used or expired.
    """
    person_id: int | None = session.execute(
        select(RESET.c.person_id).where(*_usable(token_sha256, now))
    ).scalar_one_or_none()
    if person_id is None:
        raise Missing
    return person_id


def use(session: Session, token_sha256: str, *, now: datetime) -> int:
    """Use a link up, and every other link of that person; return their id (2 statements).

    :raises Missing: the link is unknown, used or expired. Of two uses at once, one gets this.
    """
    person_id: int | None = session.execute(
        update(RESET)
        .where(*_usable(token_sha256, now))
        .values(used_at=now)
        .returning(RESET.c.person_id)
    ).scalar_one_or_none()
    if person_id is None:
        raise Missing
    others = update(RESET).where(RESET.c.person_id == person_id, RESET.c.used_at.is_(None))
    session.execute(others.values(used_at=now))
    return person_id


def _usable(token_sha256: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        RESET.c.token_sha256 == token_sha256,
        RESET.c.used_at.is_(None),
        RESET.c.expires_at > now,
    )
