"""Repairs of wrong keys: written down when they are applied, and marked when taken back."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from course_engine.assessment import repairs as core
from course_engine.assessment.repairs import Repair, Rule
from course_engine.errors import N_, Missing, Refused
from course_engine.records import writing
from course_engine.records.repair_tables import REPAIR


@dataclass(frozen=True, slots=True)
class KeptRepair:
    """A repair that was applied: to what, by whom, why, and whether it was taken back."""

    id: int
    course_slug: str
    quiz: str
    repair: Repair
    rule: Rule
    reason: str
    applied_at: datetime
    applied_by: int
    reversed_at: datetime | None


class AlreadyReversed(Refused):
    """A repair is taken back once."""

    explanation = N_("This repair was taken back before.")


_KEPT = select(REPAIR)
_OF_QUIZ = _KEPT.where(
    REPAIR.c.course_slug == bindparam("course"), REPAIR.c.quiz == bindparam("quiz")
).order_by(REPAIR.c.id)


def add(
    session: Session,
    course_slug: str,
    quiz: str,
    repair: Repair,
    *,
    rule: Rule,
    reason: str,
    actor_id: int,
    now: datetime,
) -> int:
    """Write a repair down and return its id (1 statement); ``regrades`` does the rest."""
    added = insert(REPAIR).values(
        course_slug=course_slug,
        quiz=quiz,
        question_id=repair.question.id,
        kind=repair.kind,
        question=core.to_document(repair.question),
        rule=rule,
        reason=reason,
        applied_at=now,
        applied_by=actor_id,
        **({} if repair.key is None else {"key": core.to_document(repair.key)}),
    )
    number: int = session.execute(added.returning(REPAIR.c.id)).scalar_one()
    return number


def grade_by_these(session: Session, course_slug: str, quiz: str) -> tuple[Repair, ...]:
    """List the repairs in force for a paper that is graded in this transaction (2 statements).

    Until it ends, ``wait_for_grading`` waits. SQLite grades and repairs one after the other, and
    needs no more than ``in_force`` (1 statement).
    """
    if writing.dialect(session) == "postgresql":
        lock = func.pg_advisory_xact_lock_shared(_grading(course_slug, quiz))
        session.execute(select(lock))
    return in_force(session, course_slug, quiz)


def wait_for_grading(session: Session, course_slug: str, quiz: str) -> None:
    """Wait until every paper is stored whose grading began before now (1 statement).

    Whoever begins later waits as well, until this transaction ends, and knows of each repair that
    was written down before.
    """
    if writing.dialect(session) == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_grading(course_slug, quiz))))


def in_force(session: Session, course_slug: str, quiz: str) -> tuple[Repair, ...]:
    """List the repairs by which a paper is graded now, in the order they came (1 statement)."""
    return tuple(kept.repair for kept in standing(session, course_slug, quiz))


def standing(session: Session, course_slug: str, quiz: str) -> tuple[KeptRepair, ...]:
    """List the repairs of a quiz that were not taken back, in the order they came (1 statement)."""
    found = of_quiz(session, course_slug, quiz)
    return tuple(kept for kept in found if kept.reversed_at is None)


def of_quiz(session: Session, course_slug: str, quiz: str) -> tuple[KeptRepair, ...]:
    """List the repairs of a quiz, in the order they came (1 statement)."""
    rows = session.execute(_OF_QUIZ, {"course": course_slug, "quiz": quiz})
    return tuple(_kept(row) for row in rows)


def of_course(session: Session, course_slug: str) -> tuple[KeptRepair, ...]:
    """List the repairs of a course, newest first (1 statement)."""
    theirs = _KEPT.where(REPAIR.c.course_slug == course_slug)
    return tuple(_kept(row) for row in session.execute(theirs.order_by(REPAIR.c.id.desc())))


def find(session: Session, repair_id: int) -> KeptRepair:
    """Return a repair (1 statement).

    :raises Missing: there is none.
    """
    row = session.execute(_KEPT.where(REPAIR.c.id == repair_id)).one_or_none()
    if row is None:
        raise Missing
    return _kept(row)


def hold(session: Session, repair_id: int) -> KeptRepair:
    """Return a repair that nobody takes back until this transaction ends (1 statement)."""
    row = session.execute(_KEPT.where(REPAIR.c.id == repair_id).with_for_update()).one()
    return _kept(row)


def reverse(session: Session, repair_id: int, *, actor_id: int, now: datetime) -> None:
    """Mark a repair as taken back (1 statement).

    :raises AlreadyReversed: it was before.
    """
    standing = (REPAIR.c.id == repair_id) & REPAIR.c.reversed_at.is_(None)
    ending = update(REPAIR).where(standing).values(reversed_at=now, reversed_by=actor_id)
    if not writing.changed(session, ending):
        raise AlreadyReversed


def unsettled(session: Session) -> KeptRepair | None:
    """Return the oldest repair after which certificates may still be due (1 statement)."""
    row = session.execute(
        _KEPT.where(REPAIR.c.settled_at.is_(None)).order_by(REPAIR.c.id).limit(1)
    ).one_or_none()
    return None if row is None else _kept(row)


def settle(session: Session, repair_id: int, *, now: datetime) -> None:
    """Note that everybody has been given what a repair made due (1 statement)."""
    session.execute(update(REPAIR).where(REPAIR.c.id == repair_id).values(settled_at=now))


def _grading(course_slug: str, quiz: str) -> int:
    return zlib.crc32(f"grading {course_slug} {quiz}".encode())


def _kept(row: Any) -> KeptRepair:
    return KeptRepair(
        id=row.id,
        course_slug=row.course_slug,
        quiz=row.quiz,
        repair=Repair(
            kind=row.kind,
            question=core.from_document(row.question),
            key=None if row.key is None else core.from_document(row.key),
        ),
        rule=row.rule,
        reason=row.reason,
        applied_at=row.applied_at,
        applied_by=row.applied_by,
        reversed_at=row.reversed_at,
    )
