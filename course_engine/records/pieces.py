"""What waits for people to rate it: written answers of an attempt, and sittings of a role-play."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import Select, func, insert, select, update
from sqlalchemy.orm import Session

from course_engine.assessment.verdicts import Verdict
from course_engine.errors import N_, Missing, Refused
from course_engine.records import paging
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.marking_tables import PIECE, RATING
from course_engine.records.people import PERSON

PieceKind = Literal["answer", "roleplay"]
SECOND = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Handed:
    """A written answer that is handed in to be rated."""

    question: str
    rubric: str
    assessors: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """One thing that people rate; ``met`` and ``credit`` are known once it is settled.

    ``subject`` is the id of the question, or the slug of the role-play; ``number`` that of the
    attempt, or of the sitting. ``rated`` counts the ratings so far.
    """

    id: int
    kind: PieceKind
    enrollment_id: int
    person_id: int
    edition_digest: str
    attempt_id: int | None
    subject: str
    number: int
    rubric: str
    assessors: int
    asked_at: datetime
    settled_at: datetime | None
    met: bool | None
    credit: Fraction | None
    used_name: str
    quiz: str | None
    rated: int


class StillWaiting(Refused):
    """A sitting of this role-play is asked for already."""

    explanation = N_("You have asked for this role-play already. An assessor will get in touch.")


_RATED = (
    select(func.count())
    .where(RATING.c.piece_id == PIECE.c.id)
    .correlate(PIECE)
    .scalar_subquery()
    .label("rated")
)
_LINES: Select[Any] = (
    select(PIECE, PERSON.c.used_name, ATTEMPT.c.quiz, _RATED)
    .join_from(PIECE, PERSON, PIECE.c.person_id == PERSON.c.id)
    .join(ENROLLMENT, PIECE.c.enrollment_id == ENROLLMENT.c.id)
    .outerjoin(ATTEMPT, PIECE.c.attempt_id == ATTEMPT.c.id)
)


def hand_in(
    session: Session,
    handed: Sequence[Handed],
    *,
    enrollment_id: int,
    person_id: int,
    edition_digest: str,
    attempt_id: int,
    number: int,
    now: datetime,
) -> None:
    """Let the written answers of an attempt wait for people (1 statement)."""
    common = {
        "kind": "answer",
        "enrollment_id": enrollment_id,
        "person_id": person_id,
        "edition_digest": edition_digest,
        "attempt_id": attempt_id,
        "number": number,
        "asked_at": now,
    }
    rows = [
        {**common, "subject": each.question, "rubric": each.rubric, "assessors": each.assessors}
        for each in handed
    ]
    session.execute(insert(PIECE), rows)


def ask_for(
    session: Session,
    roleplay: str,
    *,
    rubric: str,
    assessors: int,
    enrollment_id: int,
    person_id: int,
    edition_digest: str,
    now: datetime,
) -> None:
    """Ask for a sitting of a role-play (2 statements).

    :raises StillWaiting: one is asked for and not settled.
    """
    # The enrollment is held, so that of two clicks at once the second sees what the first did.
    holding = select(ENROLLMENT.c.id).where(ENROLLMENT.c.id == enrollment_id)
    session.execute(holding.with_for_update())
    earlier = sittings(session, enrollment_id, roleplay)
    if any(one.settled_at is None for one in earlier):
        raise StillWaiting
    session.execute(
        insert(PIECE).values(
            kind="roleplay",
            enrollment_id=enrollment_id,
            person_id=person_id,
            edition_digest=edition_digest,
            subject=roleplay,
            number=len(earlier) + 1,
            rubric=rubric,
            assessors=assessors,
            asked_at=now,
        )
    )


def queue(
    session: Session, assessor_id: int, *, after: str | None = None, size: int = paging.PAGE
) -> paging.Page[Piece]:
    """Return what waits for this assessor, oldest first (1 statement).

    Left out are their own pieces, what they have rated, and people who left the course.
    """
    theirs = select(RATING.c.id).where(
        RATING.c.piece_id == PIECE.c.id, RATING.c.assessor_id == assessor_id
    )
    waiting = _LINES.where(
        PIECE.c.settled_at.is_(None),
        PIECE.c.person_id != assessor_id,
        ENROLLMENT.c.withdrawn_at.is_(None),
        ~theirs.exists(),
    )
    return paging.turn(session, waiting, by=(PIECE.c.id,), after=after, size=size).each(_piece)


def rated_twice(
    session: Session, *, after: str | None = None, size: int = paging.PAGE
) -> paging.Page[Piece]:
    """Return the pieces that two people or more have rated, newest first (1 statement)."""
    second = select(RATING.c.id).where(RATING.c.piece_id == PIECE.c.id, RATING.c.place == SECOND)
    return paging.turn(
        session,
        _LINES.where(second.exists()),
        by=(PIECE.c.id,),
        after=after,
        size=size,
        newest_first=True,
    ).each(_piece)


def find(session: Session, piece_id: int, *, for_assessor: int, hold: bool = False) -> Piece:
    """Return a piece that somebody may rate (1 statement; with ``hold`` 3, and nobody else rates).

    :raises Missing: there is none, or it is their own.
    """
    if hold:
        _hold(session, piece_id)
    row = session.execute(_LINES.where(PIECE.c.id == piece_id)).one_or_none()
    if row is None or row.person_id == for_assessor:
        raise Missing
    return _piece(row)


def of_attempt(session: Session, attempt_id: int) -> tuple[Piece, ...]:
    """List the written answers of an attempt that people rate (1 statement)."""
    rows = session.execute(_LINES.where(PIECE.c.attempt_id == attempt_id).order_by(PIECE.c.id))
    return tuple(_piece(row) for row in rows)


def sittings(session: Session, enrollment_id: int, roleplay: str) -> tuple[Piece, ...]:
    """List the sittings of a role-play, in order (1 statement)."""
    theirs = _LINES.where(
        PIECE.c.enrollment_id == enrollment_id,
        PIECE.c.kind == "roleplay",
        PIECE.c.subject == roleplay,
    )
    return tuple(_piece(row) for row in session.execute(theirs.order_by(PIECE.c.number)))


def settle(session: Session, piece_id: int, verdict: Verdict, *, now: datetime) -> None:
    """Write down what the ratings of a piece came to (1 statement)."""
    settling = update(PIECE).where(PIECE.c.id == piece_id, PIECE.c.settled_at.is_(None))
    session.execute(settling.values(settled_at=now, met=verdict.met, credit=str(verdict.credit)))


def _hold(session: Session, piece_id: int) -> None:
    """Hold the attempt first, then the piece, so that the last two ratings see each other."""
    attempt_id = session.execute(
        select(PIECE.c.attempt_id).where(PIECE.c.id == piece_id)
    ).scalar_one_or_none()
    if attempt_id is not None:
        session.execute(select(ATTEMPT.c.id).where(ATTEMPT.c.id == attempt_id).with_for_update())
    session.execute(select(PIECE.c.id).where(PIECE.c.id == piece_id).with_for_update())


def _piece(row: Any) -> Piece:
    return Piece(
        id=row.id,
        kind=row.kind,
        enrollment_id=row.enrollment_id,
        person_id=row.person_id,
        edition_digest=row.edition_digest,
        attempt_id=row.attempt_id,
        subject=row.subject,
        number=row.number,
        rubric=row.rubric,
        assessors=row.assessors,
        asked_at=row.asked_at,
        settled_at=row.settled_at,
        met=row.met,
        credit=None if row.credit is None else Fraction(row.credit),
        used_name=row.used_name,
        quiz=row.quiz,
        rated=row.rated,
    )
