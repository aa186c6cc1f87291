"""How what people rate is stored: the pieces that wait, the ratings, and grades that changed."""

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
from course_engine.records.columns import (
    Document,
    Instant,
    Number,
    Words,
    optional,
    partial,
    required,
)

PIECE = Table(
    "piece",
    metadata,
    required("id", Number, primary_key=True),
    required("kind", Text),
    required("enrollment_id", Number, ForeignKey("enrollment.id")),
    # A copy of the enrollment's, so that the queue can leave out one's own without a join.
    required("person_id", Number, ForeignKey("person.id")),
    required("edition_digest", Text, ForeignKey("edition.digest")),
    optional("attempt_id", Number, ForeignKey("attempt.id"), index=True),
    # The question of an answer, or the role-play of a sitting.
    required("subject", Text),
    required("number", Integer),
    required("rubric", Text),
    required("assessors", Integer),
    required("asked_at", Instant),
    optional("settled_at", Instant),
    optional("met", Boolean),
    optional("credit", Text),
    UniqueConstraint("enrollment_id", "kind", "subject", "number"),
    CheckConstraint("kind IN ('answer', 'roleplay')", name="kind"),
)

WAITING = partial(
    "waiting_piece",
    PIECE.c.id,
    where=PIECE.c.settled_at.is_(None),
)

RATING = Table(
    "rating",
    metadata,
    required("id", Number, primary_key=True),
    required("piece_id", Number, ForeignKey("piece.id")),
    required("assessor_id", Number, ForeignKey("person.id")),
    required("place", Integer),
    required("at", Instant),
    required("levels", Document),
    required("flags", Document),
    required("comment", Words),
    required("private_note", Words),
    required("met", Boolean),
    required("credit", Text),
    UniqueConstraint("piece_id", "place"),
    UniqueConstraint("piece_id", "assessor_id"),
)

COMPARISON = Table(
    "comparison",
    metadata,
    required("piece_id", Number, ForeignKey("piece.id"), primary_key=True),
    required("item", Text, primary_key=True),
    required("first", Integer),
    required("second", Integer),
)

REGRADE = Table(
    "regrade",
    metadata,
    required("id", Number, primary_key=True),
    required("attempt_id", Number, ForeignKey("attempt.id")),
    required("at", Instant),
    optional("actor_id", Number, ForeignKey("person.id")),
    required("cause", Text),
    optional("repair_id", Number),
    optional("before", Document),
    optional("after", Document),
    CheckConstraint("cause IN ('marked', 'repaired', 'reversed')", name="cause"),
    Index(None, "attempt_id", "id"),
    Index(None, "repair_id", "id"),
)
