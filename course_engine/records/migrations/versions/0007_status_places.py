"""Places on status lists, and what holders share."""

import sqlalchemy as sa
from alembic import op

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
    _keep("status_place")


def _keep(table: str) -> None:
    """Let the database refuse every change: a printed credential names its place for ever."""
    if op.get_bind().dialect.name == "sqlite":
        for word, action in (("changed", "UPDATE"), ("deleted", "DELETE")):
            op.execute(
                f"CREATE TRIGGER {table}_never_{word} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is never {word}'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
