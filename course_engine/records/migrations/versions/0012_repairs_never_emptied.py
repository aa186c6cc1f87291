"""Repairs can no more be emptied at once than changed one by one."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER repair_never_emptied BEFORE TRUNCATE ON repair "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
