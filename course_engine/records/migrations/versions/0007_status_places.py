"""Places on status lists, and what holders share."""

import sqlalchemy as sa
from alembic import op

from course_engine.records.keeping import keep

revision = "0007"
down_revision = "0006"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "status_place",
        sa.Column("id", ID, primary_key=True),
        sa.Column("serial", sa.Text, nullable=False, unique=True),
        sa.Column("status_index", sa.BigInteger, nullable=False, unique=True),
        sa.Column("reserved_at", MOMENT, nullable=False),
    )
    op.create_table(
        "certificate_sharing",
        sa.Column("certificate_id", ID, sa.ForeignKey("certificate.id"), primary_key=True),
        sa.Column("shows_name", sa.Boolean, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )
    # A printed credential names its place for ever.
    keep({"status_place": ()})
