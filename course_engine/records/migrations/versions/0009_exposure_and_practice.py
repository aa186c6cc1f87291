"""How worn the questions of an exam are, and how practice stands."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "exposure",
        sa.Column("course_slug", sa.Text, primary_key=True),
        sa.Column("quiz", sa.Text, primary_key=True),
        sa.Column("question_id", sa.Text, primary_key=True),
        sa.Column("papers", sa.Integer, nullable=False),
        sa.Column("head_start", sa.Integer, nullable=False),
    )
    op.create_table(
        "practice",
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), primary_key=True),
        sa.Column("question_id", sa.Text, primary_key=True),
        sa.Column("box", sa.Integer, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("times_asked", sa.Integer, nullable=False),
        sa.Column("times_right", sa.Integer, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
    )
