"""Everything the records say about one enrollment, for the core to weigh."""

from sqlalchemy import Boolean, Integer, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from course_engine.learning.evidence import (
    Evidence,
    LessonDone,
    Observed,
    Result,
    StatementSigned,
)
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.attestations import ATTESTATION
from course_engine.records.completions import COMPLETION
from course_engine.records.marking_tables import PIECE

_NOTHING = cast(null(), Integer), cast(null(), Integer), cast(null(), Boolean)
_EVIDENCE = union_all(
    select(literal("lesson"), COMPLETION.c.lesson, *_NOTHING, COMPLETION.c.completed_at).where(
        COMPLETION.c.enrollment_id == bindparam("enrollment")
    ),
    select(
        literal("result"),
        ATTEMPT.c.quiz,
        ATTEMPT.c.number,
        ATTEMPT.c.percent,
        ATTEMPT.c.passed,
        ATTEMPT.c.submitted_at,
    ).where(ATTEMPT.c.enrollment_id == bindparam("enrollment"), ATTEMPT.c.state == "submitted"),
    select(literal("statement"), ATTESTATION.c.statement, *_NOTHING, ATTESTATION.c.signed_at).where(
        ATTESTATION.c.enrollment_id == bindparam("enrollment")
    ),
    select(
        literal("observed"),
        PIECE.c.subject,
        PIECE.c.number,
        cast(null(), Integer),
        PIECE.c.met,
        PIECE.c.settled_at,
    ).where(PIECE.c.enrollment_id == bindparam("enrollment"), PIECE.c.kind == "roleplay"),
    select(literal("waiting"), ATTEMPT.c.quiz, *_NOTHING, ATTEMPT.c.submitted_at).where(
        ATTEMPT.c.enrollment_id == bindparam("enrollment"), ATTEMPT.c.state == "marking"
    ),
)


def collect(session: Session, enrollment_id: int) -> Evidence:
    """Collect lessons done, attempts, sittings and statements signed (1 statement)."""
    lessons, results, statements, observed = [], [], [], []
    waiting: set[str] = set()
    rows = session.execute(_EVIDENCE, {"enrollment": enrollment_id})
    for kind, name, number, percent, passed, at in rows:
        if kind == "lesson":
            lessons.append(LessonDone(lesson=name, at=at))
        elif kind == "result":
            results.append(Result(quiz=name, number=number, percent=percent, passed=passed, at=at))
        elif kind == "statement":
            statements.append(StatementSigned(statement=name, at=at))
        elif kind == "waiting" or at is None:
            waiting.add(name)
        else:
            observed.append(Observed(roleplay=name, number=number, met=passed, at=at))
    return Evidence(
        lessons=tuple(lessons),
        results=tuple(results),
        statements=tuple(statements),
        observed=tuple(observed),
        waiting=frozenset(waiting),
    )
