"""Who takes which edition of which course."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Table,
    Text,
    bindparam,
    select,
    update,
)
from sqlalchemy.orm import Session

from course_engine.errors import N_, Missing, Refused
from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import (
    Instant,
    Number,
    Words,
    optional,
    partial,
    required,
    those_of,
)
from course_engine.records.people import PERSON

ENROLLMENT = Table(
    "enrollment",
    metadata,
    required("id", Number, primary_key=True),
    required("person_id", Number),
    # A copy of the person's: an index that begins with the cohort can then hold a register in the
    # order of names. The database keeps the copy right, by the foreign key below.
    required("sort_name", Words),
    required("course_slug", Text),
    required("edition_digest", Text, ForeignKey("edition.digest")),
    optional("cohort_id", Number, ForeignKey("cohort.id")),
    required("started_at", Instant),
    optional("withdrawn_at", Instant),
    ForeignKeyConstraint(
        ["person_id", "sort_name"], ["person.id", "person.sort_name"], onupdate="CASCADE"
    ),
    Index(None, "cohort_id", "sort_name", "id"),
    Index(None, "cohort_id", "withdrawn_at"),
    Index(None, "person_id", "sort_name"),
)

ONE_AT_A_TIME = partial(
    "one_enrollment_at_a_time",
    ENROLLMENT.c.person_id,
    ENROLLMENT.c.course_slug,
    unique=True,
    where=ENROLLMENT.c.withdrawn_at.is_(None),
)


@dataclass(frozen=True, slots=True)
class Enrollment:
    """One person taking one edition of one course, alone or with a cohort."""

    id: int
    person_id: int
    course_slug: str
    edition_digest: str
    cohort_id: int | None
    started_at: datetime
    withdrawn_at: datetime | None


COLUMNS = those_of(Enrollment, ENROLLMENT)
_CURRENT = select(*COLUMNS).where(
    ENROLLMENT.c.person_id == bindparam("person"),
    ENROLLMENT.c.course_slug == bindparam("course"),
    ENROLLMENT.c.withdrawn_at.is_(None),
)


class AlreadyWithdrawn(Refused):
    """The enrollment has ended already."""

    explanation = N_("This enrollment has ended already.")


def enroll(
    session: Session,
    *,
    person_id: int,
    course_slug: str,
    edition_digest: str,
    cohort_id: int | None = None,
    now: datetime,
) -> Enrollment:
    """Enroll a person; who is enrolled already stays so, on the edition they began (2 statements).

    Somebody who began alone joins the cohort that is named (3 statements).

    :raises Missing: there is no such person.
    """
    whose = select(
        PERSON.c.id,
        PERSON.c.sort_name,
        *(
            bindparam(None, value, ENROLLMENT.c[name].type)
            for name, value in (
                ("course_slug", course_slug),
                ("edition_digest", edition_digest),
                ("cohort_id", cohort_id),
                ("started_at", now),
            )
        ),
    ).where(PERSON.c.id == person_id)
    session.execute(
        writing.insert(writing.dialect(session), ENROLLMENT)
        .from_select(
            ["person_id", "sort_name", "course_slug", "edition_digest", "cohort_id", "started_at"],
            whose,
        )
        .on_conflict_do_nothing()
    )
    enrollment = current(session, person_id, course_slug)
    if cohort_id is not None and enrollment.cohort_id is None:
        joining = update(ENROLLMENT).where(ENROLLMENT.c.id == enrollment.id)
        row = session.execute(joining.values(cohort_id=cohort_id).returning(*COLUMNS)).one()
        enrollment = Enrollment(*row)
    return enrollment


def current(session: Session, person_id: int, course_slug: str) -> Enrollment:
    """Return a person's enrollment in a course (1 statement).

    :raises Missing: they are not enrolled in it.
    """
    asked = {"person": person_id, "course": course_slug}
    row = session.execute(_CURRENT, asked).one_or_none()
    if row is None:
        raise Missing
    return Enrollment(*row)


def find(session: Session, enrollment_id: int, *, for_person: int) -> Enrollment:
    """Return one of a person's own enrollments, ended ones too (1 statement).

    :raises Missing: there is none, or it is somebody else's.
    """
    enrollment = for_staff(session, enrollment_id)
    if enrollment.person_id != for_person:
        raise Missing
    return enrollment


def for_staff(session: Session, enrollment_id: int) -> Enrollment:
    """Return anybody's enrollment, for a page that only staff may open (1 statement).

    :raises Missing: there is none.
    """
    found = select(*COLUMNS).where(ENROLLMENT.c.id == enrollment_id)
    row = session.execute(found).one_or_none()
    if row is None:
        raise Missing
    return Enrollment(*row)


def of_person(session: Session, person_id: int) -> tuple[Enrollment, ...]:
    """List what a person is taking, the latest first (1 statement)."""
    theirs = select(*COLUMNS).where(
        ENROLLMENT.c.person_id == person_id, ENROLLMENT.c.withdrawn_at.is_(None)
    )
    ordered = theirs.order_by(ENROLLMENT.c.started_at.desc(), ENROLLMENT.c.id.desc())
    return tuple(Enrollment(*row) for row in session.execute(ordered))


def withdraw(session: Session, enrollment_id: int, *, now: datetime) -> None:
    """End an enrollment; its records stay, and the person may begin anew (1 statement).

    :raises AlreadyWithdrawn: it has ended before.
    """
    ending = update(ENROLLMENT).where(
        ENROLLMENT.c.id == enrollment_id, ENROLLMENT.c.withdrawn_at.is_(None)
    )
    if not writing.changed(session, ending.values(withdrawn_at=now)):
        raise AlreadyWithdrawn
