"""On how many papers each question of an exam stood, so that none of them wears out."""

import json
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, Table, Text, bindparam, cast, func, select
from sqlalchemy.orm import Session

from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import required

EXPOSURE = Table(
    "exposure",
    metadata,
    required("course_slug", Text, primary_key=True),
    required("quiz", Text, primary_key=True),
    required("question_id", Text, primary_key=True),
    required("papers", Integer),
    required("head_start", Integer),
)

_KEY = ["course_slug", "quiz", "question_id"]


def of_exam(session: Session, course_slug: str, quiz: str) -> dict[str, int]:
    """Return how worn each question is, in whatever edition it was asked (1 statement).

    That is the number of papers it stood on, and the head start with which it joined. The database
    hands it over as one value: five thousand rows would take longer than drawing from them.
    """
    asked = {"course": course_slug, "quiz": quiz}
    together = session.execute(_of_exam(writing.dialect(session)), asked).scalar_one()
    found: dict[str, int] = json.loads(together or "{}")
    return found


@cache
def _of_exam(dialect: str) -> Select[Any]:
    gather = func.json_object_agg if dialect == "postgresql" else func.json_group_object
    worn = EXPOSURE.c.papers + EXPOSURE.c.head_start
    return select(cast(gather(EXPOSURE.c.question_id, worn), Text)).where(
        EXPOSURE.c.course_slug == bindparam("course"), EXPOSURE.c.quiz == bindparam("quiz")
    )


def join(session: Session, course_slug: str, quiz: str, *, head_starts: Mapping[str, int]) -> None:
    """Begin to count questions that are new in the bank (1 statement; none without any)."""
    if not head_starts:
        return
    adding = writing.insert(writing.dialect(session), EXPOSURE).on_conflict_do_nothing()
    session.execute(adding, _rows(course_slug, quiz, head_starts, papers=0))


def count(session: Session, course_slug: str, quiz: str, *, question_ids: Collection[str]) -> None:
    """Count one more paper for each of its questions (1 statement).

    In one statement and by id, so that starts at the same time wait for each other in one order.
    """
    rows = _rows(course_slug, quiz, dict.fromkeys(question_ids, 0), papers=1)
    adding = writing.insert(writing.dialect(session), EXPOSURE).values(rows)
    more = {"papers": EXPOSURE.c.papers + 1}
    session.execute(adding.on_conflict_do_update(index_elements=_KEY, set_=more))


def _rows(
    course_slug: str, quiz: str, head_starts: Mapping[str, int], *, papers: int
) -> list[dict[str, object]]:
    return [
        {
            "course_slug": course_slug,
            "quiz": quiz,
            "question_id": question_id,
            "papers": papers,
            "head_start": head_start,
        }
        for question_id, head_start in sorted(head_starts.items())
    ]
