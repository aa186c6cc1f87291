"""A piece, its ratings and their agreement, as the pages of assessors say them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from textwrap import shorten

from flask_babel import gettext as _
from markupsafe import Markup

from course_engine.assessment.agreement import Agreement, Pairs
from course_engine.assessment.agreement import agreement as weigh
from course_engine.curriculum.questions import Html, Written
from course_engine.curriculum.rubrics import RolePlay
from course_engine.records import drafts
from course_engine.records.pieces import Piece
from course_engine.records.ratings import Rating
from course_engine.web import catalog, marking
from course_engine.web.database import db

_SHORT = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """What a piece is. The name of a trainee is told of a role-play only; words have none."""

    id: int
    title: str
    course: str
    kind: str
    who: str
    asked_at: datetime
    decides: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenPiece:
    """A written answer with what was asked."""

    prompt: Html
    vignette: Html
    given: str
    words: int
    asked: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RatingLine:
    """One rating, with the words of its levels and flags."""

    by: str
    met: bool
    levels: tuple[tuple[str, str], ...]
    flags: tuple[str, ...]
    comment: str
    private_note: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """How far people agree, in figures of two digits; ``kappa`` is "" where it is not defined."""

    compared: int
    percent: int
    kappa: str


def line(piece: Piece) -> About:
    """Return what the queue says of a piece: of a written answer also what was asked, in short."""
    found = about(piece)
    if piece.kind == "roleplay":
        return found
    asked = Markup(marking.question_of(piece).prompt).striptags()  # noqa: S704 - tags are taken out
    return replace(found, title=f"{found.title}: {shorten(asked, _SHORT, placeholder='…')}")


def about(piece: Piece) -> About:
    """Say what a piece is. Whether two have disagreed is told only when it is settled."""
    course = catalog.edition(piece.edition_digest)
    spoken = piece.kind == "roleplay"
    return About(
        id=piece.id,
        title=marking.roleplay_of(course, piece.subject).title if spoken else _quiz(piece),
        course=course.title,
        kind=_("Role-play") if spoken else _("Written answer"),
        who=piece.used_name if spoken else "",
        asked_at=piece.asked_at,
        decides=piece.settled_at is not None and piece.rated > piece.assessors,
    )


def written(piece: Piece) -> WrittenPiece | None:
    """Return the words that were handed in, None for a role-play."""
    if piece.attempt_id is None:
        return None
    question = marking.question_of(piece)
    given = drafts.of(db.session, piece.attempt_id).answers.get(piece.subject, ())
    words = given[0] if given else ""
    return WrittenPiece(
        prompt=question.prompt,
        vignette=question.vignette,
        given=words,
        words=len(words.split()),
        asked=_range(question) if isinstance(question, Written) else "",
    )


def roleplay(piece: Piece) -> RolePlay | None:
    """Return the role-play to be observed, None for a written answer."""
    if piece.kind != "roleplay":
        return None
    return marking.roleplay_of(catalog.edition(piece.edition_digest), piece.subject)


def ratings(piece: Piece, kept: Sequence[Rating], me: int) -> Iterator[RatingLine]:
    """Lay out ratings in the words of the rubric; assessors are numbered, not named."""
    rubric = marking.rubric_of(piece)
    for one in kept:
        yield RatingLine(
            by=_("Your rating") if one.assessor_id == me else _("Assessor %(n)s", n=one.place),
            met=one.met,
            levels=tuple(
                (item.words, item.levels[one.levels[item.id]].words) for item in rubric.items
            ),
            flags=tuple(flag.words for flag in rubric.flags if flag.id in one.flags),
            comment=one.comment,
            private_note=one.private_note,
        )


def agreement(piece: Piece, kept: Sequence[Rating]) -> Agreed | None:
    """Return how far the first two agree on a piece, None when one person rated it."""
    first_two = [one for one in kept if one.piece_id == piece.id][:2]
    if len(first_two) < 2:  # noqa: PLR2004 - a pair
        return None
    one, other = first_two
    pairs: dict[tuple[int, int], int] = {}
    for item, level in one.levels.items():
        both = (level, other.levels[item])
        pairs[both] = pairs.get(both, 0) + 1
    return _agreed(weigh(pairs))


def pair(piece: Piece, kept: Sequence[Rating]) -> tuple[About, Agreed | None, str]:
    """Return a piece that two have rated, how far they agree, and what came of it."""
    if piece.met is None:
        outcome = _("A third assessor decides")
    else:
        outcome = _("Met") if piece.met else _("Not yet")
    return about(piece), agreement(piece, kept), outcome


def rubrics(compared: Mapping[tuple[str, str], Pairs]) -> list[tuple[str, Agreed | None]]:
    """Return how far assessors agree over all, and then by rubric."""
    everything: dict[tuple[int, int], int] = {}
    for pairs in compared.values():
        for both, times in pairs.items():
            everything[both] = everything.get(both, 0) + times
    titles = {
        (course.slug, rubric.slug): f"{course.title}: {rubric.title}"
        for course in catalog.courses()
        for rubric in course.rubrics
    }
    by_rubric = [
        (titles.get(named, ": ".join(named)), _agreed(weigh(pairs)))
        for named, pairs in compared.items()
    ]
    return [(_("All rubrics together"), _agreed(weigh(everything))), *by_rubric]


def _agreed(found: Agreement | None) -> Agreed | None:
    if found is None:
        return None
    kappa = "" if found.kappa is None else f"{float(found.kappa):.2f}"
    return Agreed(compared=found.compared, percent=int(100 * found.share), kappa=kappa)


def _quiz(piece: Piece) -> str:
    course = catalog.edition(piece.edition_digest)
    return next(one.title for one in course.quizzes if one.slug == piece.quiz)


def _range(question: Written) -> str:
    if question.most is None:
        return ""
    return _("%(fewest)s to %(most)s", fewest=question.fewest, most=question.most)
