"""Jobs for many certificates: asked for by a coordinator, done line by line by the clerk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    case,
    cast,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import issued, paging, writing
from course_engine.records.bulk_tables import JOB, LINE
from course_engine.records.certificate_events import Reason
from course_engine.records.certificate_tables import CERTIFICATE
from course_engine.records.columns import those_of
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.issued import Filters
from course_engine.records.people import PERSON

Kind = Literal["issue", "reissue"]
Outcome = Literal["issued", "present", "unfinished", "unprintable", "failed"]


@dataclass(frozen=True, slots=True)
class Job:
    """What a coordinator asked to have done for many people; ``filters`` says for whom."""

    id: int
    kind: Kind
    asked_by: int
    asked_at: datetime
    filters: Mapping[str, Any]
    reason: Mapping[str, Any]
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Line:
    """One enrollment of a job, not done yet; a reissue names the certificate to replace."""

    id: int
    job_id: int
    enrollment_id: int
    certificate_id: int | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one person's line: an outcome, None before it is done, and why."""

    id: int
    legal_name: str
    outcome: Outcome | None
    detail: tuple[str, ...]
    serial: str | None


PLAIN = "plain"
"""The detail of a certificate that was issued and took the slow way of printing."""

_JOB = those_of(Job, JOB)
_LINE = those_of(Line, LINE)


def ask_to_issue(
    session: Session, *, cohort_id: int | None, course_slug: str, asked_by: int, now: datetime
) -> Job:
    """Ask for certificates for everybody in a course, or in one cohort of it (2 statements).

    Whoever has one is done from the start, so that the work is that of the new ones alone.
    """
    filters = {"course": course_slug, "cohort": cohort_id}
    job = _open(session, kind="issue", filters=filters, reason=Reason(), asked_by=asked_by, now=now)
    theirs = (ENROLLMENT.c.id == CERTIFICATE.c.enrollment_id) & (
        CERTIFICATE.c.state != "superseded"
    )
    there = case((CERTIFICATE.c.id.is_not(None), "present"))
    wanted = (
        select(literal(job.id), ENROLLMENT.c.id, CERTIFICATE.c.id, there, literal("[]"))
        .join_from(ENROLLMENT, CERTIFICATE, theirs, isouter=True)
        .where(ENROLLMENT.c.course_slug == course_slug, ENROLLMENT.c.withdrawn_at.is_(None))
        .order_by(ENROLLMENT.c.sort_name, ENROLLMENT.c.id)
    )
    if cohort_id is not None:
        wanted = wanted.where(ENROLLMENT.c.cohort_id == cohort_id)
    _fill(session, wanted)
    return job


def ask_to_reissue(
    session: Session, filters: Filters, *, reason: Reason, asked_by: int, now: datetime
) -> Job:
    """Ask for new certificates in place of those in force that filters find (2 statements)."""
    job = _open(
        session,
        kind="reissue",
        filters=filters.as_document(),
        reason=reason,
        asked_by=asked_by,
        now=now,
    )
    found = issued.matching(filters, state="issued")
    _fill(
        session,
        select(
            literal(job.id),
            CERTIFICATE.c.enrollment_id,
            CERTIFICATE.c.id,
            literal(None, Text),
            literal("[]"),
        )
        .where(*found)
        .order_by(CERTIFICATE.c.search_name, CERTIFICATE.c.id),
    )
    return job


def find(session: Session, job_id: int) -> Job:
    """Return a job (1 statement).

    :raises Missing: there is no such job.
    """
    return _one(session, JOB.c.id == job_id)


def waiting(session: Session) -> Job | None:
    """Return the job that was asked for first and is not finished (1 statement)."""
    unfinished = select(*_JOB).where(JOB.c.finished_at.is_(None)).order_by(JOB.c.id).limit(1)
    row = session.execute(unfinished).one_or_none()
    return None if row is None else Job(*row)


def page(session: Session, *, after: str | None = None) -> paging.Page[Job]:
    """Return jobs, newest first (1 statement)."""
    turned = paging.turn(session, select(*_JOB), by=(JOB.c.id,), after=after, newest_first=True)
    return turned.each(_job)


def lines_to_do(session: Session, job_id: int, *, most: int) -> tuple[Line, ...]:
    """Return the next lines of a job (1 statement)."""
    open_ones = select(*_LINE).where(LINE.c.job_id == job_id, LINE.c.outcome.is_(None))
    return tuple(Line(*row) for row in session.execute(open_ones.order_by(LINE.c.id).limit(most)))


def done(
    session: Session,
    line_id: int,
    outcome: Outcome,
    *,
    certificate_id: int | None = None,
    detail: tuple[str, ...] = (),
) -> None:
    """Note what became of a line, in the transaction in which it came to be (1 statement)."""
    mine = update(LINE).where(LINE.c.id == line_id, LINE.c.outcome.is_(None))
    session.execute(
        mine.values(outcome=outcome, certificate_id=certificate_id, detail=list(detail))
    )


def finish(session: Session, job_id: int, *, now: datetime) -> bool:
    """End a job, also before its last line; say whether it was open (1 statement)."""
    ending = update(JOB).where(JOB.c.id == job_id, JOB.c.finished_at.is_(None))
    return writing.changed(session, ending.values(finished_at=now)) == 1


def counts(session: Session, job_id: int) -> dict[Outcome | None, int]:
    """Count the lines of a job by outcome, None for those to be done (1 statement)."""
    counted = select(LINE.c.outcome, func.count().label("number")).where(LINE.c.job_id == job_id)
    rows = session.execute(counted.group_by(LINE.c.outcome))
    return {row.outcome: row.number for row in rows}


def printed_plainly(session: Session, job_id: int) -> int:
    """Count the certificates of a job that were printed the plain way (1 statement)."""
    theirs = (LINE.c.job_id == job_id, LINE.c.outcome == "issued")
    plain = cast(LINE.c.detail, Text).contains(PLAIN)
    return session.scalar(select(func.count()).select_from(LINE).where(*theirs, plain)) or 0


def results(
    session: Session, job_id: int, *, outcome: Outcome | None = None, after: str | None = None
) -> paging.Page[Result]:
    """Return the lines of a job with the names of their people, by one outcome if asked."""
    found = (
        select(LINE.c.id, PERSON.c.legal_name, LINE.c.outcome, LINE.c.detail, CERTIFICATE.c.serial)
        .join_from(LINE, ENROLLMENT, LINE.c.enrollment_id == ENROLLMENT.c.id)
        .join(PERSON, ENROLLMENT.c.person_id == PERSON.c.id)
        .join(CERTIFICATE, LINE.c.certificate_id == CERTIFICATE.c.id, isouter=True)
        .where(LINE.c.job_id == job_id)
    )
    if outcome is not None:
        found = found.where(LINE.c.outcome == outcome)
    return paging.turn(session, found, by=(LINE.c.id,), after=after).each(
        lambda row: Result(row.id, row.legal_name, row.outcome, tuple(row.detail), row.serial)
    )


def _open(
    session: Session,
    *,
    kind: Kind,
    filters: Mapping[str, Any],
    reason: Reason,
    asked_by: int,
    now: datetime,
) -> Job:
    values = {"filters": filters, "reason": reason.as_document(), "asked_by": asked_by}
    adding = insert(JOB).values(kind=kind, asked_at=now, **values).returning(*_JOB)
    return Job(*session.execute(adding).one())


def _fill(session: Session, wanted: Select[Any]) -> None:
    names = ["job_id", "enrollment_id", "certificate_id", "outcome", "detail"]
    filling = writing.insert(writing.dialect(session), LINE).from_select(names, wanted)
    session.execute(filling.on_conflict_do_nothing())


def _job(row: Any) -> Job:
    return Job(*row)


def _one(session: Session, condition: ColumnElement[bool]) -> Job:
    row = session.execute(select(*_JOB).where(condition)).one_or_none()
    if row is None:
        raise Missing
    return Job(*row)
