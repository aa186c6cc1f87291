"""What a trainee may read of the ratings that count."""

from collections.abc import Iterable, Sequence

from course_engine.assessment.papers import Paper
from course_engine.assessment.reviews import RatedAnswer
from course_engine.curriculum.questions import Written
from course_engine.curriculum.rubrics import Rubric
from course_engine.records import pieces, ratings
from course_engine.records.pieces import Piece
from course_engine.records.ratings import Rating
from course_engine.web import marking
from course_engine.web.database import db


def of_attempt(attempt_id: int, paper: Paper) -> dict[str, RatedAnswer]:
    """Return what was said of each written answer of an attempt, by its question.

    It takes 2 statements, and none for a paper without written questions.
    """
    if not any(isinstance(item.question, Written) for item in paper.items):
        return {}
    found = pieces.of_attempt(db.session, attempt_id)
    both = zip(found, _said(found), strict=True)
    return {piece.subject: said for piece, said in both if said is not None}


def of_sittings(sittings: Sequence[Piece]) -> list[tuple[Piece, RatedAnswer | None]]:
    """Pair each sitting of a role-play with what was said, None while it waits (1 statement)."""
    return list(zip(sittings, _said(sittings), strict=True))


def _said(found: Sequence[Piece]) -> Iterable[RatedAnswer | None]:
    kept = ratings.of_piece(db.session, *(piece.id for piece in found)) if found else ()
    for piece in found:
        yield None if piece.met is None else _answer(piece, marking.standing(piece, kept))


def _answer(piece: Piece, counted: Sequence[Rating]) -> RatedAnswer:
    rubric = marking.rubric_of(piece)
    raised = {flag for one in counted for flag in one.flags}
    return RatedAnswer(
        met=bool(piece.met),
        comments=tuple(one.comment for one in counted if one.comment),
        levels=tuple(_levels(rubric, counted)),
        flags=tuple(flag.words for flag in rubric.flags if flag.id in raised),
    )


def _levels(rubric: Rubric, counted: Sequence[Rating]) -> Iterable[tuple[str, str]]:
    """Yield each item with the level that was seen; two who saw different ones are both told."""
    for item in rubric.items:
        seen = dict.fromkeys(item.levels[one.levels[item.id]].words for one in counted)
        yield item.words, " / ".join(seen)
