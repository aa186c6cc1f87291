"""Drawing a paper with what the site remembers: what was seen, and how worn each question is."""

from dataclasses import dataclass

from course_engine.assessment import exposure, papers
from course_engine.assessment.papers import Paper
from course_engine.curriculum.course import Exam, Quiz
from course_engine.records import exposures, results
from course_engine.records.enrollments import Enrollment
from course_engine.web.database import db


@dataclass(frozen=True, kw_only=True, slots=True)
class NewPaper:
    """A paper that nobody has yet, and where its exam's new questions begin to be counted."""

    paper: Paper
    head_starts: dict[str, int]


def draw(enrollment: Enrollment, asked: Quiz | Exam, *, seed: str, avoiding_seen: bool) -> NewPaper:
    """Draw a paper: a quiz asks everything, an exam what was seen and worn least (2 statements)."""
    edition = enrollment.edition_digest
    if not isinstance(asked, Exam):
        return NewPaper(paper=papers.draw(asked, edition=edition, seed=seed), head_starts={})
    seen: frozenset[str] = frozenset()
    if avoiding_seen:
        earlier = results.papers(db.session, enrollment.id, asked.slug)
        seen = frozenset(key for one in earlier for key in papers.question_ids(one))
    worn = exposures.of_exam(db.session, enrollment.course_slug, asked.slug)
    starts = exposure.head_starts(asked, worn)
    paper = papers.draw(asked, edition=edition, seed=seed, seen=seen, worn=worn | starts)
    return NewPaper(paper=paper, head_starts=starts)


def count(enrollment: Enrollment, asked: Quiz | Exam, drawn: NewPaper) -> None:
    """Count the paper of a new attempt at an exam among those that its questions stood on."""
    if not isinstance(asked, Exam):
        return
    course, quiz = enrollment.course_slug, asked.slug
    exposures.join(db.session, course, quiz, head_starts=drawn.head_starts)
    exposures.count(
        db.session,
        course,
        quiz,
        question_ids=[item.question.id for item in drawn.paper.items],
    )
