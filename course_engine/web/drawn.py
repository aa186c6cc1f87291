"""The papers that were drawn, kept in memory: who sits one, and what is on it, never changes."""

from dataclasses import dataclass

from flask import current_app

from course_engine.assessment import papers
from course_engine.assessment.papers import Paper
from course_engine.curriculum.course import Exam, Quiz
from course_engine.errors import Missing
from course_engine.records import attempts
from course_engine.records.attempts import Sitting
from course_engine.web import catalog
from course_engine.web.database import db
from course_engine.web.memory import Memory

MOST = 256


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """What is the same for an attempt from its start to its end.

    ``timed`` says that it has a deadline. When that is may change, so it is not kept.
    """

    attempt_id: int
    person_id: int
    seed: str
    quiz: Quiz | Exam
    paper: Paper
    timed: bool


def of(sitting: Sitting) -> Drawn:
    """Return the quiz as it stood in the attempt's edition, and the paper as it was drawn."""
    kept = _kept().get(sitting.id)
    # A number could be given again by a database that was put back; its seed could not.
    if kept is not None and kept.seed == sitting.seed:
        return kept
    course = catalog.edition(sitting.edition_digest)
    quiz = next(one for one in course.quizzes if one.slug == sitting.quiz)
    drawn = Drawn(
        attempt_id=sitting.id,
        person_id=sitting.person_id,
        seed=sitting.seed,
        quiz=quiz,
        paper=papers.from_document(sitting.paper, papers.questions_by_id(quiz)),
        timed=sitting.deadline_at is not None,
    )
    return _kept().put(sitting.id, drawn)


def known(attempt_id: int, *, for_person: int) -> Drawn:
    """Return one of a person's own papers (no statement once this process has seen it).

    :raises Missing: there is none, or it is somebody else's.
    """
    kept = _kept().get(attempt_id)
    if kept is None:
        return of(attempts.find(db.session, attempt_id, for_person=for_person))
    if kept.person_id != for_person:
        raise Missing
    return kept


def _kept() -> Memory[int, Drawn]:
    kept: Memory[int, Drawn] = current_app.extensions.setdefault("drawn", Memory(most=MOST))
    return kept
