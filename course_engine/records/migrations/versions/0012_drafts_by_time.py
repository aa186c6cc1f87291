"""The last ten minutes of a draft, found by their time: what is older is forgotten at once."""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_index(
        "ix_response_history_attempt_id_saved_at", "response_history", ["attempt_id", "saved_at"]
    )
