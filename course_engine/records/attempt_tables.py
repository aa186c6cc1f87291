"""How attempts and their answers are stored."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, optional, required

ATTEMPT = Table(
    "attempt",
    metadata,
    required("id", Number, primary_key=True),
    required("enrollment_id", Number, ForeignKey("enrollment.id")),
    required("quiz", Text),
    required("number", Integer),
    required("state", Text),
    required("seed", Text),
    required("paper", Document),
    required("policy", Document),
    required("started_at", Instant),
    optional("deadline_at", Instant),
    optional("submitted_at", Instant),
    optional("percent", Integer),
    optional("passed", Boolean),
    optional("grade", Document),
    UniqueConstraint("enrollment_id", "quiz", "number"),
    CheckConstraint("state IN ('open', 'submitted', 'marking')", name="state"),
)

ONE_OPEN = Index(
    "one_open_attempt",
    ATTEMPT.c.enrollment_id,
    ATTEMPT.c.quiz,
    unique=True,
    sqlite_where=ATTEMPT.c.state == "open",
    postgresql_where=ATTEMPT.c.state == "open",
)

RESPONSE = Table(
    "response",
    metadata,
    required("attempt_id", Number, ForeignKey("attempt.id"), primary_key=True),
    required("question_id", Text, primary_key=True),
    required("answer", Document),
    required("sequence", Integer),
    required("saved_at", Instant),
)
