"""Rating a piece: kept, settled, and the grade completed, all in one transaction."""

from collections.abc import Mapping, Sequence

from flask_babel import gettext as _

from course_engine.assessment import papers, verdicts
from course_engine.assessment.verdicts import Verdict
from course_engine.curriculum import rubrics
from course_engine.curriculum.course import Course
from course_engine.curriculum.questions import Question
from course_engine.curriculum.rubrics import RolePlay, Rubric
from course_engine.errors import Missing
from course_engine.records import (
    attempts,
    completing,
    drafts,
    enrollments,
    journal,
    people,
    pieces,
    ratings,
)
from course_engine.records.attempts import Sitting
from course_engine.records.pieces import Piece
from course_engine.records.ratings import Rated, Rating, Seen
from course_engine.web import catalog, closing, drawn, issuing, mail
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db


def rubric_of(piece: Piece) -> Rubric:
    """Return the rubric as it stands in the edition of the piece."""
    return rubrics.named(piece.rubric, catalog.edition(piece.edition_digest).rubrics)


def question_of(piece: Piece) -> Question:
    """Return the question that a written answer belongs to."""
    course = catalog.edition(piece.edition_digest)
    quiz = next(one for one in course.quizzes if one.slug == piece.quiz)
    return papers.questions_by_id(quiz)[piece.subject]


def roleplay_of(course: Course, slug: str) -> RolePlay:
    """Return a role-play of a course.

    :raises Missing: the course has none of that name.
    """
    for roleplay in course.roleplays:
        if roleplay.slug == slug:
            return roleplay
    raise Missing


def judge(piece: Piece, levels: Mapping[str, int], flags: Sequence[str]) -> Verdict:
    """Weigh what somebody saw by the rubric of the piece."""
    return verdicts.judge(rubric_of(piece), levels, flags)


def standing(piece: Piece, kept: Sequence[Rating]) -> tuple[Rating, ...]:
    """Return the ratings that count: the third alone where two disagreed."""
    own = tuple(one for one in kept if one.piece_id == piece.id)
    return own[verdicts.TWO :] or own


def rate(piece_id: int, seen: Seen, *, assessor_id: int) -> Rated:
    """Keep a rating; with the last one, complete the grade, tell the trainee, and issue.

    :raises AlreadySettled: it needs no more ratings.
    :raises Missing: there is no such piece, or it is their own.
    """
    moment = now()
    rated = ratings.rate(
        db.session, piece_id, seen, assessor_id=assessor_id, judge=judge, now=moment
    )
    completed = None
    if rated.new:
        _note("piece.rated", rated.piece, assessor_id)
    if rated.verdict is not None:
        _note("piece.settled", rated.piece, assessor_id, met=rated.verdict.met)
        completed = _complete(rated.piece, assessor_id)
    db.session.commit()
    if completed is not None:
        _tell_of_attempt(completed)
        if completed.passed:
            closing.issue(completed)
    elif rated.verdict is not None and rated.piece.kind == "roleplay":
        _tell_of_roleplay(rated.piece)
        if rated.verdict.met:
            _issue(rated.piece)
    return rated


def _complete(piece: Piece, actor_id: int) -> Sitting | None:
    """Grade the attempt when this was the last of its answers; the attempt is held already."""
    if piece.attempt_id is None:
        return None
    handed = pieces.of_attempt(db.session, piece.attempt_id)
    if any(one.settled_at is None for one in handed):
        return None
    sitting = attempts.find(db.session, piece.attempt_id, for_person=piece.person_id)
    if sitting.state != "marking":
        return None
    paper = drawn.of(sitting).paper
    given = drafts.of(db.session, sitting.id).answers
    grade = closing.graded_now(sitting, paper, given, _marked(handed))
    completing.complete(db.session, sitting.id, grade, actor_id=actor_id, now=now())
    journal.write(
        db.session,
        action="attempt.marked",
        subject=("attempt", sitting.id),
        actor_id=actor_id,
        now=now(),
        details={"percent": grade.percent, "passed": grade.passed},
    )
    return attempts.find(db.session, sitting.id, for_person=sitting.person_id)


def _marked(handed: Sequence[Piece]) -> dict[str, Verdict]:
    kept = ratings.of_piece(db.session, *(one.id for one in handed))
    marked = {}
    for piece in handed:
        judged = [judge(piece, one.levels, one.flags) for one in kept if one.piece_id == piece.id]
        settled = verdicts.settle(judged, assessors=piece.assessors)
        if settled is not None:
            marked[piece.subject] = settled
    return marked


def _note(action: str, piece: Piece, actor_id: int, **details: object) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("piece", piece.id),
        actor_id=actor_id,
        now=now(),
        details={"kind": piece.kind, "of": piece.subject, **details},
    )


def _issue(piece: Piece) -> None:
    enrollment = enrollments.find(db.session, piece.enrollment_id, for_person=piece.person_id)
    issuing.issue_where_due(enrollment)


def _tell_of_attempt(sitting: Sitting) -> None:
    quiz = drawn.of(sitting).quiz
    _tell(
        sitting.person_id,
        quiz.title,
        public("quizzes.result", attempt=sitting.id),
        "answers-marked",
    )


def _tell_of_roleplay(piece: Piece) -> None:
    course = catalog.edition(piece.edition_digest)
    title = roleplay_of(course, piece.subject).title
    page = public("roleplays.show", course=course.slug, roleplay=piece.subject)
    _tell(piece.person_id, title, page, "role-play-rated")


def _tell(person_id: int, title: str, page: str, kind: str) -> None:
    """Write that something was looked at; what came of it stands on the page, not in a mail."""
    person = people.find(db.session, person_id)
    db.session.rollback()
    mail.send(
        mail.Mail(
            kind=kind,
            to=person.email,
            subject=_("%(title)s: people have looked at your work", title=title),
            body=_(
                "Hello %(name)s,\n\n"
                "people have looked at what you handed in for %(title)s. "
                "You find what they say here:\n\n%(page)s\n",
                name=person.used_name,
                title=title,
                page=page,
            ),
        )
    )
