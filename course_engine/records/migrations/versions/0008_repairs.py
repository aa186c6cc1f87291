"""Repairs of wrong keys."""

import sqlalchemy as sa
from alembic import op

from course_engine.records.keeping import keep

revision = "0008"
down_revision = "0007"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

# A repair stays as it was applied; it can be taken back, and settled.
KEPT = (
    "course_slug",
    "quiz",
    "question_id",
    "kind",
    "question",
    "key",
    "rule",
    "reason",
    "applied_at",
    "applied_by",
)


def upgrade() -> None:
    op.create_table(
        "repair",
        sa.Column("id", ID, primary_key=True),
        sa.Column("course_slug", sa.Text, nullable=False),
        sa.Column("quiz", sa.Text, nullable=False),
        sa.Column("question_id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("key", sa.Text),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("applied_at", MOMENT, nullable=False),
        sa.Column("applied_by", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("reversed_at", MOMENT),
        sa.Column("reversed_by", ID, sa.ForeignKey("person.id")),
        sa.Column("settled_at", MOMENT),
        sa.CheckConstraint("kind IN ('accept-any', 'drop-question', 're-key')", name="kind"),
        sa.CheckConstraint("rule IN ('nobody-loses', 'by-the-new-key')", name="rule"),
        sa.Index(None, "course_slug", "quiz", "id"),
    )
    keep({"repair": KEPT})
