"""Approvals for credentials, and who waits for one."""

import sqlalchemy as sa
from alembic import op

from course_engine.records.keeping import keep

revision = "0010"
down_revision = "0009"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

# What is written here stays as it was written; an approval can only be ended.
KEPT = {
    "approval": (
        "course_slug",
        "authority",
        "number",
        "editions",
        "languages",
        "valid_from",
        "valid_until",
        "recorded_at",
        "recorded_by",
    ),
    "approval_wait": (),
}


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", ID, primary_key=True),
        sa.Column("course_slug", sa.Text, nullable=False),
        sa.Column("authority", sa.Text, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("editions", sa.Text, nullable=False),
        sa.Column("languages", sa.Text, nullable=False),
        sa.Column("valid_from", sa.Date, nullable=False),
        sa.Column("valid_until", sa.Date, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("recorded_by", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("ended_on", sa.Date),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", ID, sa.ForeignKey("person.id")),
        sa.Index(None, "course_slug", "id"),
    )
    op.create_table(
        "approval_wait",
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), primary_key=True),
        sa.Column("since", MOMENT, nullable=False),
    )
    keep(KEPT)
