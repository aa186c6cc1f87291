"""The register of a cohort: everybody in it, how far they are, and what they have been given."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Table, func, select
from sqlalchemy.orm import Session

from course_engine.records import paging
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.attestations import ATTESTATION
from course_engine.records.certificate_tables import CERTIFICATE, State
from course_engine.records.completions import COMPLETION
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.people import PERSON
from course_engine.records.results import PASSES, Best

EXPORTED_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """The certificate of an enrollment, as far as a register shows it."""

    serial: str
    state: State


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One person's line in a register."""

    enrollment_id: int
    person_id: int
    legal_name: str
    used_name: str
    email: str
    edition_digest: str
    started_at: datetime
    withdrawn_at: datetime | None
    lessons: frozenset[str]
    best: Mapping[str, Best]
    statements: frozenset[str]
    certificate: Given | None

    @property
    def lessons_done(self) -> int:
        """How many lessons are done."""
        return len(self.lessons)


_PEOPLE: Select[Any] = select(
    ENROLLMENT.c.id,
    ENROLLMENT.c.person_id,
    ENROLLMENT.c.sort_name,
    ENROLLMENT.c.edition_digest,
    ENROLLMENT.c.started_at,
    ENROLLMENT.c.withdrawn_at,
    PERSON.c.legal_name,
    PERSON.c.used_name,
    PERSON.c.email,
).join_from(ENROLLMENT, PERSON, ENROLLMENT.c.person_id == PERSON.c.id)


def page(
    session: Session, cohort_id: int, *, after: str | None = None, size: int = paging.PAGE
) -> paging.Page[Entry]:
    """Return a page of a register, by legal name (5 statements, however large the cohort)."""
    found = _PEOPLE.where(ENROLLMENT.c.cohort_id == cohort_id)
    by = (ENROLLMENT.c.sort_name, ENROLLMENT.c.id)
    turned = paging.turn(session, found, by=by, after=after, size=size)
    return paging.Page(_entries(session, turned.rows), turned.after)


def everyone(session: Session, cohort_id: int) -> Iterator[Entry]:
    """Go through a whole register, 500 people at a time, so that memory stays bounded.

    The session must stay open until the last one is read.
    """
    after = None
    while True:
        found = page(session, cohort_id, after=after, size=EXPORTED_AT_ONCE)
        yield from found.rows
        if (after := found.after) is None:
            return


def sizes(session: Session, cohort_ids: Sequence[int]) -> dict[int, int]:
    """Return cohort -> how many people are in it, those who withdrew left out (1 statement)."""
    counted = (
        select(ENROLLMENT.c.cohort_id, func.count())
        .where(ENROLLMENT.c.cohort_id.in_(cohort_ids), ENROLLMENT.c.withdrawn_at.is_(None))
        .group_by(ENROLLMENT.c.cohort_id)
    )
    return dict(map(tuple, session.execute(counted)))


def editions(session: Session, cohort_id: int) -> tuple[str, ...]:
    """List the digests of the editions that a cohort's people take (1 statement)."""
    taken = select(ENROLLMENT.c.edition_digest).where(ENROLLMENT.c.cohort_id == cohort_id)
    return tuple(session.execute(taken.distinct().order_by("edition_digest")).scalars())


def _entries(session: Session, people: Sequence[Any]) -> tuple[Entry, ...]:
    ids = [row.id for row in people]
    lessons, statements = _lessons(session, ids), _statements(session, ids)
    grades, given = _grades(session, ids), _given(session, ids)
    return tuple(
        Entry(
            enrollment_id=row.id,
            person_id=row.person_id,
            legal_name=row.legal_name,
            used_name=row.used_name,
            email=row.email,
            edition_digest=row.edition_digest,
            started_at=row.started_at,
            withdrawn_at=row.withdrawn_at,
            lessons=lessons.get(row.id, frozenset()),
            best=grades[row.id],
            statements=frozenset(statements[row.id]),
            certificate=given.get(row.id),
        )
        for row in people
    )


def _lessons(session: Session, ids: Sequence[int]) -> dict[int, frozenset[str]]:
    # Slugs hold no spaces, so one row carries all the lessons of an enrollment.
    done = select(COMPLETION.c.enrollment_id, func.aggregate_strings(COMPLETION.c.lesson, " "))
    rows = session.execute(
        done.where(_among(COMPLETION, ids)).group_by(COMPLETION.c.enrollment_id)
    )
    return {enrollment_id: frozenset(lessons.split()) for enrollment_id, lessons in rows}


def _grades(session: Session, ids: Sequence[int]) -> dict[int, dict[str, Best]]:
    best = (
        select(ATTEMPT.c.enrollment_id, ATTEMPT.c.quiz, func.max(ATTEMPT.c.percent), PASSES)
        .where(_among(ATTEMPT, ids), ATTEMPT.c.state == "submitted")
        .group_by(ATTEMPT.c.enrollment_id, ATTEMPT.c.quiz)
    )
    found: dict[int, dict[str, Best]] = defaultdict(dict)
    for enrollment_id, quiz, percent, passes in session.execute(best):
        found[enrollment_id][quiz] = Best(percent, bool(passes))
    return found


def _statements(session: Session, ids: Sequence[int]) -> dict[int, set[str]]:
    signed = select(ATTESTATION.c.enrollment_id, ATTESTATION.c.statement)
    found: dict[int, set[str]] = defaultdict(set)
    for enrollment_id, statement in session.execute(signed.where(_among(ATTESTATION, ids))):
        found[enrollment_id].add(statement)
    return found


def _given(session: Session, ids: Sequence[int]) -> dict[int, Given]:
    certificates = (
        select(CERTIFICATE.c.enrollment_id, CERTIFICATE.c.serial, CERTIFICATE.c.state)
        .where(_among(CERTIFICATE, ids), CERTIFICATE.c.state != "superseded")
        .order_by(CERTIFICATE.c.id)
    )
    return {
        enrollment_id: Given(serial=serial, state=state)
        for enrollment_id, serial, state in session.execute(certificates)
    }


def _among(table: Table, ids: Sequence[int]) -> Any:
    return table.c.enrollment_id.in_(ids)
