"""Who can sign in, by which names, and in which roles."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Table, Text, UniqueConstraint, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from course_engine.errors import N_, Missing, Refused
from course_engine.records import paging, writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, Words, optional, required, those_of


class Role(StrEnum):
    """What a person does here: studies, writes, observes, runs cohorts, or runs the site."""

    TRAINEE = "trainee"
    AUTHOR = "author"
    ASSESSOR = "assessor"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class RoleSet(TypeDecorator[frozenset[Role]]):
    """Roles, kept as words with spaces between."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Role] | None, dialect: Dialect) -> str:
        return " ".join(sorted(value or ()))

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[Role]:
        return _roles(value or "")


@cache
def _roles(words: str) -> frozenset[Role]:
    """Read roles once for each set of them: every sign-in is looked up with its person's."""
    return frozenset(Role(word) for word in words.split())


PERSON = Table(
    "person",
    metadata,
    required("id", Number, primary_key=True),
    required("email", Words, unique=True),
    required("legal_name", Words),
    required("used_name", Words),
    required("sort_name", Words),
    optional("password_hash", Text),
    required("roles", RoleSet),
    required("created_at", Instant),
    optional("closed_at", Instant),
    # The people page walks this; enrollments refer to both, and so follow a change of name.
    UniqueConstraint("sort_name", "id"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in, as every request looks them up."""

    id: int
    email: str
    legal_name: str
    used_name: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Account(Person):
    """A person and what their account holds; ``closed_at`` is set once it is closed."""

    password_hash: str | None = field(repr=False)
    created_at: datetime
    closed_at: datetime | None


COLUMNS = those_of(Person, PERSON)
_ACCOUNT = those_of(Account, PERSON)


class AddressTaken(Refused):
    """There is already an account with this email address."""

    explanation = N_("There is already an account with this email address.")


def add(
    session: Session,
    *,
    email: str,
    legal_name: str,
    used_name: str,
    roles: Iterable[Role],
    password_hash: str | None,
    now: datetime,
) -> Account:
    """Add a person (1 statement). Addresses are kept without capitals.

    :raises AddressTaken: another account has the address.
    """
    adding = (
        writing.insert(writing.dialect(session), PERSON)
        .values(
            email=plain_address(email),
            **_names(legal_name, used_name),
            password_hash=password_hash,
            roles=frozenset(roles),
            created_at=now,
        )
        .on_conflict_do_nothing(index_elements=["email"])
        .returning(*_ACCOUNT)
    )
    row = session.execute(adding).one_or_none()
    if row is None:
        raise AddressTaken
    return Account(*row)


def find(session: Session, person_id: int) -> Account:
    """Return a person (1 statement).

    :raises Missing: there is no such person.
    """
    return _one(session, PERSON.c.id == person_id)


def by_email(session: Session, email: str) -> Account | None:
    """Return who has this address, in whatever capitals, closed accounts left out (1 statement)."""
    mine = select(*_ACCOUNT).where(PERSON.c.email == plain_address(email))
    row = session.execute(mine.where(PERSON.c.closed_at.is_(None))).one_or_none()
    return None if row is None else Account(*row)


def page(
    session: Session,
    *,
    search: str = "",
    role: Role | None = None,
    after: str | None = None,
    size: int = paging.PAGE,
) -> paging.Page[Account]:
    """Return people by name, found by a part of their name or address (1 statement)."""
    found = select(*_ACCOUNT, PERSON.c.sort_name)
    if term := search.strip():
        found = found.where(
            or_(
                PERSON.c.sort_name.contains(term.casefold(), autoescape=True),
                PERSON.c.email.contains(term.lower(), autoescape=True),
            )
        )
    if role is not None:
        found = found.where(_has(role))
    by = (PERSON.c.sort_name, PERSON.c.id)
    return paging.turn(session, found, by=by, after=after, size=size).each(
        lambda row: Account(*row[: len(_ACCOUNT)])
    )


def rename(session: Session, person_id: int, *, legal_name: str, used_name: str) -> None:
    """Change both names (1 statement); certificates keep the name of their day."""
    _change(session, person_id, **_names(legal_name, used_name))


def set_password(session: Session, person_id: int, password_hash: str) -> None:
    """Store a new password's hash (1 statement); closing sessions is the caller's choice."""
    _change(session, person_id, password_hash=password_hash)


def set_roles(session: Session, person_id: int, roles: Iterable[Role]) -> None:
    """Give exactly these roles (1 statement)."""
    _change(session, person_id, roles=frozenset(roles))


def close(session: Session, person_id: int, *, now: datetime) -> None:
    """Close an account: nobody signs in with it any more, and its records stay (1 statement)."""
    _change(session, person_id, closed_at=now)


def reopen(session: Session, person_id: int) -> None:
    """Open a closed account again (1 statement)."""
    _change(session, person_id, closed_at=None)


def lock_administrators(session: Session) -> frozenset[int]:
    """Return the ids of all administrators with an open account (1 statement).

    Their rows stay locked until the transaction ends, so that of two who take the role from each
    other at once, the second sees what the first did.
    """
    running = select(PERSON.c.id).where(_has(Role.ADMINISTRATOR), PERSON.c.closed_at.is_(None))
    locked = running.order_by(PERSON.c.id).with_for_update()
    return frozenset(session.execute(locked).scalars())


def plain_address(email: str) -> str:
    """Return an address the way it is stored and compared."""
    return email.strip().lower()


def _names(legal_name: str, used_name: str) -> dict[str, str]:
    return {
        "legal_name": legal_name.strip(),
        "used_name": used_name.strip() or legal_name.strip(),
        "sort_name": " ".join(legal_name.casefold().split()),
    }


def _has(role: Role) -> ColumnElement[bool]:
    # No role's name is part of another's.
    return PERSON.c.roles.cast(Text).contains(role.value)


def _one(session: Session, condition: Any) -> Account:
    row = session.execute(select(*_ACCOUNT).where(condition)).one_or_none()
    if row is None:
        raise Missing
    return Account(*row)


def _change(session: Session, person_id: int, **values: Any) -> None:
    changing = update(PERSON).where(PERSON.c.id == person_id).values(**values)
    if not writing.changed(session, changing):
        raise Missing
