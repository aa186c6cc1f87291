"""Item analyses that were asked for and made, and the papers that they are made from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Select,
    Table,
    Text,
    case,
    cast,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from course_engine.assessment.answers import Answer
from course_engine.records import writing
from course_engine.records.attempt_tables import ATTEMPT, RESPONSE
from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, optional, required, those_of
from course_engine.records.enrollments import ENROLLMENT

AT_ONCE = 200

ANALYSIS = Table(
    "item_analysis",
    metadata,
    required("course_slug", Text, primary_key=True),
    required("quiz", Text, primary_key=True),
    required("asked_at", Instant),
    optional("made_at", Instant),
    optional("edition_digest", Text),
    optional("document", Document),
)


@dataclass(frozen=True, slots=True)
class KeptAnalysis:
    """An item analysis of one quiz: when it was asked for, and what was found when it was made."""

    course_slug: str
    quiz: str
    asked_at: datetime
    made_at: datetime | None
    edition_digest: str | None
    document: Mapping[str, Any] | None

    @property
    def waiting(self) -> bool:
        """Whether a newer one has been asked for than was made."""
        return self.made_at is None or self.made_at < self.asked_at


@dataclass(frozen=True, slots=True)
class SatPaper:
    """One graded paper with everything that was answered on it."""

    edition_digest: str
    paper: Mapping[str, Any]
    grade: Mapping[str, Any]
    answers: Mapping[str, Answer]


_KEPT = select(*those_of(KeptAnalysis, ANALYSIS))


def ask(session: Session, course_slug: str, quiz: str, *, now: datetime) -> None:
    """Ask for an analysis; asking while one waits changes nothing (1 statement)."""
    asking = writing.insert(writing.dialect(session), ANALYSIS)
    session.execute(
        asking.values(course_slug=course_slug, quiz=quiz, asked_at=now).on_conflict_do_update(
            index_elements=["course_slug", "quiz"],
            set_={"asked_at": case((_waits(), ANALYSIS.c.asked_at), else_=now)},
        )
    )


def find(session: Session, course_slug: str, quiz: str) -> KeptAnalysis | None:
    """Return the analysis of a quiz as far as it is there (1 statement)."""
    row = session.execute(
        _KEPT.where(ANALYSIS.c.course_slug == course_slug, ANALYSIS.c.quiz == quiz)
    ).one_or_none()
    return None if row is None else KeptAnalysis(*row)


def of_course(session: Session, course_slug: str) -> dict[str, KeptAnalysis]:
    """Return quiz -> its analysis (1 statement)."""
    rows = session.execute(_KEPT.where(ANALYSIS.c.course_slug == course_slug))
    return {kept.quiz: kept for kept in (KeptAnalysis(*row) for row in rows)}


def next_waiting(session: Session) -> KeptAnalysis | None:
    """Return the analysis that has been waiting longest (1 statement)."""
    row = session.execute(_KEPT.where(_waits()).order_by(ANALYSIS.c.asked_at).limit(1))
    found = row.one_or_none()
    return None if found is None else KeptAnalysis(*found)


def keep(
    session: Session,
    asked: KeptAnalysis,
    *,
    edition_digest: str,
    document: Mapping[str, Any],
    now: datetime,
) -> None:
    """Keep what was found (1 statement)."""
    session.execute(
        update(ANALYSIS)
        .where(ANALYSIS.c.course_slug == asked.course_slug, ANALYSIS.c.quiz == asked.quiz)
        .values(made_at=now, edition_digest=edition_digest, document=dict(document))
    )


def first_papers(session: Session, course_slug: str, quiz: str) -> Iterator[SatPaper]:
    """Go through everybody's first graded attempt, a few at a time (1 statement).

    Later attempts are left out, as Moodle's statistics do: who has seen a question before does not
    answer it as others do.
    """
    asked = _papers(writing.dialect(session), course_slug, quiz)
    rows = session.execute(asked, execution_options={"yield_per": AT_ONCE})
    for digest, paper, grade, answers in rows:
        stored = json.loads(answers) if answers else {}
        yield SatPaper(digest, paper, grade, {key: tuple(given) for key, given in stored.items()})


def _waits() -> Any:
    return or_(ANALYSIS.c.made_at.is_(None), ANALYSIS.c.made_at < ANALYSIS.c.asked_at)


def _papers(dialect: str, course_slug: str, quiz: str) -> Select[Any]:
    # One row for a paper with all its answers: a row for each answer takes far longer.
    answer = type_coerce(RESPONSE.c.answer, Text)
    joined = (
        cast(func.json_object_agg(RESPONSE.c.question_id, cast(answer, JSON)), Text)
        if dialect == "postgresql"
        else func.json_group_object(RESPONSE.c.question_id, func.json(answer))
    )
    answers = select(joined).where(RESPONSE.c.attempt_id == ATTEMPT.c.id).scalar_subquery()
    return (
        select(ENROLLMENT.c.edition_digest, ATTEMPT.c.paper, ATTEMPT.c.grade, answers)
        .join_from(ATTEMPT, ENROLLMENT, ATTEMPT.c.enrollment_id == ENROLLMENT.c.id)
        .where(
            ENROLLMENT.c.course_slug == course_slug,
            ATTEMPT.c.quiz == quiz,
            ATTEMPT.c.number == 1,
            ATTEMPT.c.state == "submitted",
        )
    )
