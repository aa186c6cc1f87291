"""The register of a cohort: everybody in it, how far they are, and what they have been given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from typing import cast as typed

from sqlalchemy import Select, Text, case, cast, func, select
from sqlalchemy.orm import Session

from course_engine.records import paging
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.attestations import ATTESTATION
from course_engine.records.certificate_tables import CERTIFICATE, State
from course_engine.records.completions import COMPLETION
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.marking_tables import PIECE
from course_engine.records.people import PERSON
from course_engine.records.results import Best

EXPORTED_AT_ONCE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """The certificate of an enrollment, as far as a register shows it."""

    serial: str
    state: State


class Entry(NamedTuple):
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
    roleplays: frozenset[str]
    certificate: Given | None

    @property
    def lessons_done(self) -> int:
        """How many lessons are done."""
        return len(self.lessons)


# Slugs and serials hold no spaces, so what belongs to a line travels in it as a few words. One
# statement for a page is four times as quick as one for each kind of record.
_LESSONS = (
    select(func.aggregate_strings(COMPLETION.c.lesson, " "))
    .where(COMPLETION.c.enrollment_id == ENROLLMENT.c.id)
    .scalar_subquery()
    .label("lessons")
)
_GRADE = (
    ATTEMPT.c.quiz + " " + cast(ATTEMPT.c.percent, Text) + case((ATTEMPT.c.passed, "+"), else_="")
)
_GRADES = (
    select(func.aggregate_strings(_GRADE, ","))
    .where(ATTEMPT.c.enrollment_id == ENROLLMENT.c.id, ATTEMPT.c.state == "submitted")
    .scalar_subquery()
    .label("grades")
)
_STATEMENTS = (
    select(func.aggregate_strings(ATTESTATION.c.statement, " "))
    .where(ATTESTATION.c.enrollment_id == ENROLLMENT.c.id)
    .scalar_subquery()
    .label("statements")
)
_ROLEPLAYS = (
    select(func.aggregate_strings(PIECE.c.subject, " "))
    .where(PIECE.c.enrollment_id == ENROLLMENT.c.id, PIECE.c.kind == "roleplay", PIECE.c.met)
    .scalar_subquery()
    .label("roleplays")
)
_GIVEN = (
    select(CERTIFICATE.c.serial + " " + CERTIFICATE.c.state)
    .where(CERTIFICATE.c.enrollment_id == ENROLLMENT.c.id, CERTIFICATE.c.state != "superseded")
    .order_by(CERTIFICATE.c.id.desc())
    .limit(1)
    .scalar_subquery()
    .label("given")
)
_LINES: Select[Any] = select(
    ENROLLMENT.c.id,
    ENROLLMENT.c.person_id,
    ENROLLMENT.c.edition_digest,
    ENROLLMENT.c.started_at,
    ENROLLMENT.c.withdrawn_at,
    PERSON.c.legal_name,
    PERSON.c.used_name,
    PERSON.c.email,
    ENROLLMENT.c.sort_name,
    _LESSONS,
    _GRADES,
    _STATEMENTS,
    _ROLEPLAYS,
    _GIVEN,
).join_from(ENROLLMENT, PERSON, ENROLLMENT.c.person_id == PERSON.c.id)
_BY_NAME = (ENROLLMENT.c.sort_name, ENROLLMENT.c.id)


def page(
    session: Session, cohort_id: int, *, after: str | None = None, size: int = paging.PAGE
) -> paging.Page[Entry]:
    """Return a page of a register, by legal name (1 statement, however large the cohort)."""
    lines = _LINES.where(ENROLLMENT.c.cohort_id == cohort_id)
    return paging.turn(session, lines, by=_BY_NAME, after=after, size=size).each(_entry)


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


def _entry(row: Any) -> Entry:
    # In order, as looking up each column by its name takes longer than all the rest.
    enrollment, person, digest, started, withdrawn, legal_name, used_name, email = row[:8]
    lessons, grades, statements, roleplays, given = row[-5:]
    return Entry(
        enrollment_id=enrollment,
        person_id=person,
        legal_name=legal_name,
        used_name=used_name,
        email=email,
        edition_digest=digest,
        started_at=started,
        withdrawn_at=withdrawn,
        lessons=_slugs(lessons),
        best=_best(grades),
        statements=_slugs(statements),
        roleplays=_slugs(roleplays),
        certificate=_given(given),
    )


# Many people have done the same, and a page of a register is looked at again and again.
@lru_cache(maxsize=1024)
def _slugs(words: str | None) -> frozenset[str]:
    return frozenset((words or "").split())


@lru_cache(maxsize=1024)
def _best(grades: str | None) -> Mapping[str, Best]:
    found: dict[str, Best] = {}
    for grade in grades.split(",") if grades else ():
        quiz, percent = grade.split(" ")
        passed, number = percent.endswith("+"), int(percent.removesuffix("+"))
        if (before := found.get(quiz)) is not None:
            passed, number = before.passed or passed, max(before.percent, number)
        found[quiz] = Best(number, passed)
    return found


def _given(words: str | None) -> Given | None:
    if words is None:
        return None
    serial, state = words.rsplit(" ", 1)
    return Given(serial=serial, state=typed("State", state))
