"""Ratings: what each assessor saw, once for each piece, never changed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from course_engine.assessment import verdicts
from course_engine.assessment.verdicts import Verdict
from course_engine.errors import N_, Refused
from course_engine.records import pieces
from course_engine.records.editions import EDITION
from course_engine.records.marking_tables import COMPARISON, PIECE, RATING
from course_engine.records.pieces import SECOND, Piece


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """What one assessor saw. ``place`` tells whether they were the first, second or third."""

    piece_id: int
    assessor_id: int
    place: int
    at: datetime
    levels: Mapping[str, int]
    flags: tuple[str, ...]
    comment: str
    private_note: str
    met: bool
    credit: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What an assessor writes down: a level for each item, flags, and words."""

    levels: Mapping[str, int]
    flags: tuple[str, ...] = ()
    comment: str = ""
    private_note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rated:
    """What a rating did: ``new`` is False the second time, ``verdict`` is there once settled."""

    piece: Piece
    new: bool
    verdict: Verdict | None = None


class AlreadySettled(Refused):
    """Others have rated the piece meanwhile, and it needs no more ratings."""

    explanation = N_(
        "Somebody else has rated this meanwhile, and no other rating is needed. "
        "What you wrote was not kept. Thank you for looking."
    )


def rate(
    session: Session,
    piece_id: int,
    seen: Seen,
    *,
    assessor_id: int,
    judge: Callable[[Piece, Mapping[str, int], Sequence[str]], Verdict],
    now: datetime,
) -> Rated:
    """Keep a rating, and settle the piece when it was the last that was needed.

    The piece is held, so two assessors never count as the same rating. A second one by the same
    assessor changes nothing.

    :raises AlreadySettled: it needs no more ratings.
    :raises Missing: there is no such piece, or it is their own.
    """
    piece = pieces.find(session, piece_id, for_assessor=assessor_id, hold=True)
    earlier = of_piece(session, piece_id)
    if any(one.assessor_id == assessor_id for one in earlier):
        return Rated(piece=piece, new=False)
    if piece.settled_at is not None:
        raise AlreadySettled
    verdict = judge(piece, seen.levels, seen.flags)
    place = len(earlier) + 1
    session.execute(
        insert(RATING).values(
            piece_id=piece_id,
            assessor_id=assessor_id,
            place=place,
            at=now,
            levels=dict(seen.levels),
            flags=sorted(seen.flags),
            comment=seen.comment,
            private_note=seen.private_note,
            met=verdict.met,
            credit=str(verdict.credit),
        )
    )
    if place == SECOND:
        _compare(session, piece_id, earlier[0].levels, seen.levels)
    before = [judge(piece, one.levels, one.flags) for one in earlier]
    settled = verdicts.settle([*before, verdict], assessors=piece.assessors)
    if settled is not None:
        pieces.settle(session, piece_id, settled, now=now)
    return Rated(piece=piece, new=True, verdict=settled)


def of_piece(session: Session, *piece_ids: int) -> tuple[Rating, ...]:
    """List the ratings of one or several pieces, in order (1 statement)."""
    found = select(RATING).where(RATING.c.piece_id.in_(piece_ids))
    rows = session.execute(found.order_by(RATING.c.piece_id, RATING.c.place))
    return tuple(_rating(row) for row in rows)


def compared(session: Session) -> dict[tuple[str, str], dict[tuple[int, int], int]]:
    """Return (course, rubric) -> (first level, second level) -> how often (1 statement)."""
    kept = (COMPARISON.c.first, COMPARISON.c.second)
    counted = (
        select(EDITION.c.course_slug, PIECE.c.rubric, *kept, func.count())
        .join_from(COMPARISON, PIECE, COMPARISON.c.piece_id == PIECE.c.id)
        .join(EDITION, PIECE.c.edition_digest == EDITION.c.digest)
        .group_by(EDITION.c.course_slug, PIECE.c.rubric, *kept)
        .order_by(EDITION.c.course_slug, PIECE.c.rubric)
    )
    found: dict[tuple[str, str], dict[tuple[int, int], int]] = {}
    for course, rubric, first, second, times in session.execute(counted):
        found.setdefault((course, rubric), {})[first, second] = times
    return found


def disputed(session: Session) -> int:
    """Count the pieces on which two disagree, and a third has to decide (1 statement)."""
    two = select(func.count()).where(RATING.c.piece_id == PIECE.c.id).scalar_subquery()
    waiting = select(func.count()).where(PIECE.c.settled_at.is_(None), two == SECOND)
    return int(session.execute(waiting).scalar_one())


def _compare(
    session: Session, piece_id: int, first: Mapping[str, int], second: Mapping[str, int]
) -> None:
    rows = [
        {"piece_id": piece_id, "item": item, "first": level, "second": second[item]}
        for item, level in first.items()
    ]
    session.execute(insert(COMPARISON), rows)


def _rating(row: Any) -> Rating:
    return Rating(
        piece_id=row.piece_id,
        assessor_id=row.assessor_id,
        place=row.place,
        at=row.at,
        levels=row.levels,
        flags=tuple(row.flags),
        comment=row.comment,
        private_note=row.private_note,
        met=row.met,
        credit=Fraction(row.credit),
    )
