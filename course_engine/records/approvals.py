"""Approvals by which a course may give a credential: recorded once, from then on only ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Date,
    ForeignKey,
    Index,
    Select,
    Table,
    Text,
    and_,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from course_engine.errors import N_, Missing, Refused
from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.certificate_tables import CERTIFICATE
from course_engine.records.columns import Document, Instant, Number, Words, optional, required
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.people import PERSON

APPROVAL = Table(
    "approval",
    metadata,
    required("id", Number, primary_key=True),
    required("course_slug", Text),
    required("authority", Words),
    required("number", Words),
    # Digests of editions; none stands for every edition of the course.
    required("editions", Document),
    required("languages", Document),
    required("valid_from", Date),
    required("valid_until", Date),
    required("recorded_at", Instant),
    required("recorded_by", Number, ForeignKey("person.id")),
    optional("ended_on", Date),
    optional("ended_at", Instant),
    optional("ended_by", Number, ForeignKey("person.id")),
    Index(None, "course_slug", "id"),
)

# Who finished a course that gives a credential while no approval was recorded for it.
WAITING = Table(
    "approval_wait",
    metadata,
    required("enrollment_id", Number, ForeignKey("enrollment.id"), primary_key=True),
    required("since", Instant),
)


@dataclass(frozen=True, slots=True)
class Approval:
    """An authority's approval of a course; ``ended_on`` is the first day it holds no more."""

    id: int
    course_slug: str
    authority: str
    number: str
    editions: Sequence[str]
    languages: Sequence[str]
    valid_from: date
    valid_until: date
    recorded_at: datetime
    recorded_by: str
    ended_on: date | None

    def covers(self, *, edition: str, language: str) -> bool:
        """Say whether it stands for this edition of its course in this language."""
        return language in self.languages and (not self.editions or edition in self.editions)

    def holds_on(self, day: date) -> bool:
        """Say whether it was in force on a day."""
        ended = self.ended_on is not None and day >= self.ended_on
        return self.valid_from <= day <= self.valid_until and not ended


class AlreadyEnded(Refused):
    """An approval is ended once."""

    explanation = N_("This approval has ended already.")


def add(
    session: Session,
    *,
    course_slug: str,
    authority: str,
    number: str,
    editions: Sequence[str],
    languages: Sequence[str],
    valid_from: date,
    valid_until: date,
    actor_id: int,
    now: datetime,
) -> int:
    """Record an approval and return its id (1 statement)."""
    adding = insert(APPROVAL).values(
        course_slug=course_slug,
        authority=authority,
        number=number,
        editions=list(editions),
        languages=list(languages),
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_by=actor_id,
        recorded_at=now,
    )
    made: int = session.execute(adding.returning(APPROVAL.c.id)).scalar_one()
    return made


def end(
    session: Session, approval_id: int, *, ended_on: date, actor_id: int, now: datetime
) -> None:
    """End an approval before its time; what was granted under it stays (1 statement).

    :raises AlreadyEnded: it was ended before, or there is none.
    """
    ending = (
        update(APPROVAL)
        .where(APPROVAL.c.id == approval_id, APPROVAL.c.ended_on.is_(None))
        .values(ended_on=ended_on, ended_at=now, ended_by=actor_id)
    )
    if writing.changed(session, ending) != 1:
        raise AlreadyEnded


def find(session: Session, approval_id: int) -> Approval:
    """Return an approval, for pages that only staff may open (1 statement).

    :raises Missing: there is none.
    """
    row = session.execute(_all().where(APPROVAL.c.id == approval_id)).one_or_none()
    if row is None:
        raise Missing
    return Approval(*row)


def listed(session: Session) -> tuple[Approval, ...]:
    """List every approval, the latest first (1 statement); a site has a handful."""
    return tuple(Approval(*row) for row in session.execute(_all().order_by(APPROVAL.c.id.desc())))


def in_force(
    session: Session, *, course_slug: str, edition: str, language: str, day: date
) -> Approval | None:
    """Return the approval of a course that held on a day, the latest of several (1 statement)."""
    rows = session.execute(
        _all()
        .where(
            APPROVAL.c.course_slug == course_slug,
            APPROVAL.c.valid_from <= day,
            APPROVAL.c.valid_until >= day,
            or_(APPROVAL.c.ended_on.is_(None), APPROVAL.c.ended_on > day),
        )
        .order_by(APPROVAL.c.id.desc())
    )
    found = (Approval(*row) for row in rows)
    return next((one for one in found if one.covers(edition=edition, language=language)), None)


def wait(session: Session, enrollment_id: int, *, now: datetime) -> bool:
    """Note that a finished course waits for an approval; say whether that is new (1 statement)."""
    adding = writing.insert(writing.dialect(session), WAITING).values(
        enrollment_id=enrollment_id, since=now
    )
    noted = adding.on_conflict_do_nothing(index_elements=["enrollment_id"])
    return session.execute(noted.returning(WAITING.c.enrollment_id)).one_or_none() is not None


def waits(session: Session, enrollment_id: int) -> bool:
    """Say whether a finished course was noted as waiting for an approval (1 statement)."""
    noted = select(WAITING.c.enrollment_id).where(WAITING.c.enrollment_id == enrollment_id)
    return session.execute(noted).one_or_none() is not None


def waiting(session: Session) -> tuple[tuple[int, str], ...]:
    """List (enrollment, course) of those who still wait for an approval (1 statement)."""
    given = and_(
        CERTIFICATE.c.enrollment_id == WAITING.c.enrollment_id,
        CERTIFICATE.c.kind == "credential",
    )
    rows = session.execute(
        select(ENROLLMENT.c.id, ENROLLMENT.c.course_slug)
        .join_from(WAITING, ENROLLMENT, WAITING.c.enrollment_id == ENROLLMENT.c.id)
        .join(CERTIFICATE, given, isouter=True)
        .where(CERTIFICATE.c.id.is_(None), ENROLLMENT.c.withdrawn_at.is_(None))
        .order_by(WAITING.c.since, ENROLLMENT.c.id)
    )
    return tuple((row.id, row.course_slug) for row in rows)


def _all() -> Select[Any]:
    return select(
        APPROVAL.c.id,
        APPROVAL.c.course_slug,
        APPROVAL.c.authority,
        APPROVAL.c.number,
        APPROVAL.c.editions,
        APPROVAL.c.languages,
        APPROVAL.c.valid_from,
        APPROVAL.c.valid_until,
        APPROVAL.c.recorded_at,
        PERSON.c.used_name,
        APPROVAL.c.ended_on,
    ).join_from(APPROVAL, PERSON, APPROVAL.c.recorded_by == PERSON.c.id)
