"""Repairs of wrong keys."""

import sqlalchemy as sa
from alembic import op

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
    columns = ", ".join(KEPT)
    if op.get_bind().dialect.name == "sqlite":
        for word, action in (("changed", f"UPDATE OF {columns}"), ("deleted", "DELETE")):
            op.execute(
                f"CREATE TRIGGER repair_never_{word} BEFORE {action} ON repair "
                f"BEGIN SELECT RAISE(ABORT, 'repair is never {word}'); END"
            )
        return
    op.execute(
        f"CREATE TRIGGER repair_never_changed BEFORE UPDATE OF {columns} OR DELETE ON repair "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
