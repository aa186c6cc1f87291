"""How attempts and their answers are stored."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from course_engine.records.base import metadata
from course_engine.records.columns import (
    Document,
    Instant,
    Number,
    Words,
    optional,
    partial,
    required,
)

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
    # What was arranged for the person, beside the policy that it has eased already.
    optional("arranged", Document),
    # Since when the clock stands still. The deadline is then as late as the rest of the breaks
    # allows, so that one comparison says whether an attempt is over.
    optional("paused_at", Instant),
    UniqueConstraint("enrollment_id", "quiz", "number"),
    CheckConstraint("state IN ('open', 'submitted', 'marking')", name="state"),
)

ONE_OPEN = partial(
    "one_open_attempt",
    ATTEMPT.c.enrollment_id,
    ATTEMPT.c.quiz,
    unique=True,
    where=ATTEMPT.c.state == "open",
)

RUNNING_OUT = partial(
    "attempts_running_out",
    ATTEMPT.c.deadline_at,
    where=ATTEMPT.c.state == "open",
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

# What happened to the clock of an attempt; never changed.
ATTEMPT_EVENT = Table(
    "attempt_event",
    metadata,
    required("id", Number, primary_key=True),
    required("attempt_id", Number, ForeignKey("attempt.id"), index=True),
    required("at", Instant),
    required("actor_id", Number, ForeignKey("person.id")),
    required("kind", Text),
    required("seconds", Integer),
    required("deadline_at", Instant),
    required("reason", Words),
    CheckConstraint("kind IN ('extended', 'break-began', 'break-ended')", name="kind"),
)

# Attempts beyond those of the policy; never changed.
ATTEMPT_OPENING = Table(
    "attempt_opening",
    metadata,
    required("id", Number, primary_key=True),
    required("enrollment_id", Number, ForeignKey("enrollment.id")),
    required("quiz", Text),
    required("at", Instant),
    required("count", Integer),
    optional("actor_id", Number, ForeignKey("person.id")),
    required("reason", Words),
    Column("reread_after", Number, ForeignKey("attempt.id"), unique=True),
    Index(None, "enrollment_id", "quiz"),
)

# Lessons done again after an attempt that was the last one; never changed.
LESSON_REREAD = Table(
    "lesson_reread",
    metadata,
    required("attempt_id", Number, ForeignKey("attempt.id"), primary_key=True),
    required("lesson", Text, primary_key=True),
    required("at", Instant),
)
