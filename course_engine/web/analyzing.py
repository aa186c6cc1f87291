"""Item analysis of a quiz: its stored papers counted, and the findings kept."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from course_engine.assessment import papers
from course_engine.assessment.analysis import picks, reports
from course_engine.assessment.analysis.reports import Analysis
from course_engine.assessment.analysis.tallies import Tally
from course_engine.assessment.answers import BLANK, Answer
from course_engine.assessment.papers import Item
from course_engine.curriculum.course import Course, Exam, Quiz
from course_engine.curriculum.questions import Question
from course_engine.records import analyses
from course_engine.records.analyses import SatPaper
from course_engine.web import catalog
from course_engine.web.clock import now
from course_engine.web.database import db

log = logging.getLogger(__name__)

Pick = Callable[[str, tuple[int, ...], Answer], tuple[str, ...]]


def make_next() -> bool:
    """Make the analysis that has been waiting longest, and say whether there was one.

    A quiz that is not served any more has nothing to compare with: its analysis stays empty.
    """
    asked = analyses.next_waiting(db.session)
    if asked is None:
        return False
    digest = catalog.digest_of(asked.course_slug)
    served = catalog.edition(digest).quizzes
    quiz = next((one for one in served if one.slug == asked.quiz), None)
    try:
        document = reports.to_document(analyze(asked.course_slug, quiz)) if quiz else {}
    except Exception:
        # One paper that cannot be read must not keep every other analysis waiting.
        log.exception("a quiz could not be analyzed", extra={"quiz": asked.quiz})
        document = {}
    db.session.rollback()
    analyses.keep(db.session, asked, edition_digest=digest, document=document, now=now())
    db.session.commit()
    return True


def analyze(course_slug: str, quiz: Quiz | Exam) -> Analysis:
    """Count everybody's first graded attempt and work out the figures.

    Papers of earlier editions count too. A question that reads otherwise there counts toward the
    paper it stood on, but is not mixed with the one that has its name now.
    """
    wanted = papers.questions_by_id(quiz)
    same: dict[str, frozenset[str]] = {}
    tally, pick = Tally(), picker(wanted)
    for sat in analyses.first_papers(db.session, course_slug, quiz.slug):
        if sat.edition_digest not in same:
            same[sat.edition_digest] = _unchanged(catalog.edition(sat.edition_digest), quiz)
        count(tally, sat, same[sat.edition_digest], pick)
    return reports.report(tally, wanted)


def picker(questions: Mapping[str, Question]) -> Pick:
    """Return what names the picks of an answer, and remembers the ones that come again."""

    @lru_cache(maxsize=100_000)
    def pick(key: str, order: tuple[int, ...], answer: Answer) -> tuple[str, ...]:
        return picks.of(Item(question=questions[key], order=order), answer)

    return pick


def count(tally: Tally, sat: SatPaper, same: Collection[str], pick: Pick) -> None:
    """Count one paper; only questions that are the ``same`` as now are looked at themselves."""
    percent = sat.grade["percent"]
    tally.add(
        [
            (key if key in same else "", _earned(credit, points))
            for key, credit, points in sat.grade["marks"]
        ],
        percent,
    )
    tally.pick(
        {
            key: pick(key, tuple(order), sat.answers.get(key, BLANK))
            for key, order in sat.paper["items"]
            if key in same
        },
        percent,
    )


@lru_cache(maxsize=4096)
def _earned(credit: str, points: int) -> float:
    return float(Fraction(credit) * points)


def _unchanged(course: Course, quiz: Quiz | Exam) -> frozenset[str]:
    """Name the questions of an edition that are what they are now, wherever they stand."""
    then = next((one for one in course.quizzes if one.slug == quiz.slug), None)
    if then is None:
        return frozenset()
    wanted = papers.questions_by_id(quiz)
    return frozenset(
        key
        for key, question in papers.questions_by_id(then).items()
        if key in wanted and _placeless(question) == _placeless(wanted[key])
    )


def _placeless(question: Question) -> Question:
    return replace(question, source="", line=0)
