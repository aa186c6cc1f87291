"""Item analyses: what was asked for, and what was found."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "item_analysis",
        sa.Column("course_slug", sa.Text, primary_key=True, nullable=False),
        sa.Column("quiz", sa.Text, primary_key=True, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT),
        sa.Column("edition_digest", sa.Text),
        sa.Column("document", sa.Text),
    )
