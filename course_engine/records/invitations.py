"""Links by which a coordinator or administrator asks somebody in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Table, Text, insert, select, update
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import paging, writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, Words, optional, required, those_of
from course_engine.records.people import Role, RoleSet, plain_address

INVITATION = Table(
    "invitation",
    metadata,
    required("id", Number, primary_key=True),
    required("token_sha256", Text, unique=True),
    required("email", Words, index=True),
    required("name", Words),
    optional("cohort_id", Number, ForeignKey("cohort.id"), index=True),
    required("roles", RoleSet),
    required("created_by", Number, ForeignKey("person.id")),
    required("created_at", Instant),
    required("expires_at", Instant),
    optional("used_at", Instant),
)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A link that was sent to one address; of its token only the SHA-256 is known."""

    id: int
    email: str
    name: str
    cohort_id: int | None
    roles: frozenset[Role]
    created_by: int
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


_COLUMNS = those_of(Invitation, INVITATION)


def add(
    session: Session,
    *,
    token_sha256: str,
    email: str,
    name: str = "",
    cohort_id: int | None = None,
    roles: Iterable[Role] = (Role.TRAINEE,),
    created_by: int,
    now: datetime,
    expires_at: datetime,
) -> Invitation:
    """Keep a new invitation; older ones to the same address and cohort end (2 statements)."""
    address = plain_address(email)
    same = INVITATION.c.email == address, INVITATION.c.cohort_id.is_not_distinct_from(cohort_id)
    older = update(INVITATION).where(*same, *_open(now))
    session.execute(older.values(expires_at=now))
    adding = insert(INVITATION).values(
        token_sha256=token_sha256,
        email=address,
        name=name.strip(),
        cohort_id=cohort_id,
        roles=frozenset(roles),
        created_by=created_by,
        created_at=now,
        expires_at=expires_at,
    )
    return Invitation(*session.execute(adding.returning(*_COLUMNS)).one())


def find(session: Session, token_sha256: str, *, now: datetime) -> Invitation:
    """Return the invitation that a link stands for (1 statement).

    :raises Missing: the link is unknown, used or expired.
    """
    found = select(*_COLUMNS).where(INVITATION.c.token_sha256 == token_sha256, *_open(now))
    row = session.execute(found).one_or_none()
    if row is None:
        raise Missing
    return Invitation(*row)


def for_staff(session: Session, invitation_id: int, *, now: datetime) -> Invitation:
    """Return an open invitation, for a page that only staff may open (1 statement).

    :raises Missing: there is none, or it was used or has expired.
    """
    found = select(*_COLUMNS).where(INVITATION.c.id == invitation_id, *_open(now))
    row = session.execute(found).one_or_none()
    if row is None:
        raise Missing
    return Invitation(*row)


def use(session: Session, token_sha256: str, *, now: datetime) -> Invitation:
    """Use an invitation up and return it (1 statement).

    :raises Missing: the link is unknown, used or expired. Of two uses at once, one gets this.
    """
    using = update(INVITATION).where(INVITATION.c.token_sha256 == token_sha256, *_open(now))
    row = session.execute(using.values(used_at=now).returning(*_COLUMNS)).one_or_none()
    if row is None:
        raise Missing
    return Invitation(*row)


def end(session: Session, invitation_id: int, *, now: datetime) -> None:
    """Take an invitation back: its link opens nothing from now on (1 statement)."""
    one = update(INVITATION).where(INVITATION.c.id == invitation_id, *_open(now))
    if not writing.changed(session, one.values(expires_at=now)):
        raise Missing


def end_all(session: Session, cohort_id: int, *, now: datetime) -> None:
    """Take back every open invitation to a cohort (1 statement)."""
    theirs = update(INVITATION).where(INVITATION.c.cohort_id == cohort_id, *_open(now))
    session.execute(theirs.values(expires_at=now))


def waiting(
    session: Session,
    *,
    cohort_id: int | None = None,
    now: datetime,
    after: str | None = None,
    size: int = paging.PAGE,
) -> paging.Page[Invitation]:
    """Return invitations not yet used, of one cohort if asked, newest first (1 statement)."""
    found = select(*_COLUMNS).where(*_open(now))
    if cohort_id is not None:
        found = found.where(INVITATION.c.cohort_id == cohort_id)
    turned = paging.turn(
        session, found, by=(INVITATION.c.id,), after=after, size=size, newest_first=True
    )
    return turned.each(_invitation)


def _invitation(row: Any) -> Invitation:
    return Invitation(*row)


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return INVITATION.c.used_at.is_(None), INVITATION.c.expires_at > now
