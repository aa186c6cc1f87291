"""Everything the records say about one enrollment, for the core to weigh."""

from sqlalchemy import Boolean, Integer, bindparam, cast, literal, null, select, union_all
from sqlalchemy.orm import Session

from course_engine.learning.evidence import Evidence, LessonDone, Result, StatementSigned
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.attestations import ATTESTATION
from course_engine.records.completions import COMPLETION

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
)


def collect(session: Session, enrollment_id: int) -> Evidence:
    """Collect lessons done, every submitted attempt and statements signed (1 statement)."""
    lessons, results, statements = [], [], []
    rows = session.execute(_EVIDENCE, {"enrollment": enrollment_id})
    for kind, name, number, percent, passed, at in rows:
        if kind == "lesson":
            lessons.append(LessonDone(lesson=name, at=at))
        elif kind == "result":
            results.append(Result(quiz=name, number=number, percent=percent, passed=passed, at=at))
        else:
            statements.append(StatementSigned(statement=name, at=at))
    return Evidence(lessons=tuple(lessons), results=tuple(results), statements=tuple(statements))
