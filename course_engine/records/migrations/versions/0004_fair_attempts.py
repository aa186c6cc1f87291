"""Accommodations, breaks and extensions of an attempt, attempts opened and lessons read again."""

import sqlalchemy as sa
from alembic import op

from course_engine.records.keeping import keep

revision = "0004"
down_revision = "0003"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

# What is written here stays as it was written; an accommodation can only be ended.
KEPT = {
    "attempt_event": (),
    "attempt_opening": (),
    "lesson_reread": (),
    "accommodation": (
        "person_id",
        "granted_at",
        "granted_by",
        "from_day",
        "until_day",
        "time",
        "extra_attempts",
        "cooldown",
        "break_minutes",
        "format",
        "arrangement",
    ),
}


def upgrade() -> None:
    op.add_column("attempt", sa.Column("arranged", sa.Text))
    op.add_column("attempt", sa.Column("paused_at", MOMENT))
    open_ones = sa.text("state = 'open'")
    op.create_index(
        "attempts_running_out",
        "attempt",
        ["deadline_at"],
        sqlite_where=open_ones,
        postgresql_where=open_ones,
    )
    op.create_table(
        "accommodation",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("granted_by", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("from_day", sa.Date, nullable=False),
        sa.Column("until_day", sa.Date),
        sa.Column("time", sa.Text, nullable=False),
        sa.Column("extra_attempts", sa.Integer, nullable=False),
        sa.Column("cooldown", sa.Text, nullable=False),
        sa.Column("break_minutes", sa.Integer, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("arrangement", sa.Text, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", ID, sa.ForeignKey("person.id")),
    )
    op.create_table(
        "attempt_event",
        sa.Column("id", ID, primary_key=True),
        sa.Column("attempt_id", ID, sa.ForeignKey("attempt.id"), nullable=False, index=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("seconds", sa.Integer, nullable=False),
        sa.Column("deadline_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.CheckConstraint("kind IN ('extended', 'break-began', 'break-ended')", name="kind"),
    )
    op.create_table(
        "attempt_opening",
        sa.Column("id", ID, primary_key=True),
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), nullable=False),
        sa.Column("quiz", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("actor_id", ID, sa.ForeignKey("person.id")),
        sa.Column("reason", sa.Text, nullable=False),
        # Of a round that reading again opened: the attempt it came after, which opens one round.
        sa.Column("reread_after", ID, sa.ForeignKey("attempt.id"), unique=True),
        sa.Index(None, "enrollment_id", "quiz"),
    )
    op.create_table(
        "lesson_reread",
        sa.Column("attempt_id", ID, sa.ForeignKey("attempt.id"), primary_key=True),
        sa.Column("lesson", sa.Text, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
    )
    keep(KEPT)
