"""What people rate, and an attempt that waits for it."""

import sqlalchemy as sa
from alembic import op

from course_engine.records.keeping import keep

revision = "0003"
down_revision = "0002"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
KEPT = ("rating", "comparison", "regrade")


def upgrade() -> None:
    _let_attempts_wait()
    op.create_table(
        "piece",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("edition_digest", sa.Text, sa.ForeignKey("edition.digest"), nullable=False),
        sa.Column("attempt_id", ID, sa.ForeignKey("attempt.id"), index=True),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("rubric", sa.Text, nullable=False),
        sa.Column("assessors", sa.Integer, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.Column("met", sa.Boolean),
        sa.Column("credit", sa.Text),
        sa.CheckConstraint("kind IN ('answer', 'roleplay')", name="kind"),
        sa.UniqueConstraint("enrollment_id", "kind", "subject", "number"),
    )
    where = sa.text("settled_at IS NULL")
    op.create_index("waiting_piece", "piece", ["id"], sqlite_where=where, postgresql_where=where)
    op.create_table(
        "rating",
        sa.Column("id", ID, primary_key=True),
        sa.Column("piece_id", ID, sa.ForeignKey("piece.id"), nullable=False),
        sa.Column("assessor_id", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("levels", sa.Text, nullable=False),
        sa.Column("flags", sa.Text, nullable=False),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("private_note", sa.Text, nullable=False),
        sa.Column("met", sa.Boolean, nullable=False),
        sa.Column("credit", sa.Text, nullable=False),
        sa.UniqueConstraint("piece_id", "place"),
        sa.UniqueConstraint("piece_id", "assessor_id"),
    )
    op.create_table(
        "comparison",
        sa.Column("piece_id", ID, sa.ForeignKey("piece.id"), primary_key=True),
        sa.Column("item", sa.Text, primary_key=True),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("second", sa.Integer, nullable=False),
    )
    op.create_table(
        "regrade",
        sa.Column("id", ID, primary_key=True),
        sa.Column("attempt_id", ID, sa.ForeignKey("attempt.id"), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", ID, sa.ForeignKey("person.id")),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("repair_id", ID),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.CheckConstraint("cause IN ('marked', 'repaired', 'reversed')", name="cause"),
        sa.Index(None, "attempt_id", "id"),
        sa.Index(None, "repair_id", "id"),
    )
    keep(dict.fromkeys(KEPT, ()))


def _let_attempts_wait() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(op.f("ck_attempt_state"), "attempt")
        op.create_check_constraint("state", "attempt", "state IN ('open', 'submitted', 'marking')")
        return
    # SQLite changes a check by building its table anew. What belongs to the table is taken from the
    # database itself, and its rows come back before the transaction ends, so that answers never
    # lose their attempt.
    bind = op.get_bind()
    whole = "SELECT sql FROM sqlite_master WHERE tbl_name = 'attempt' AND sql IS NOT NULL"
    table = bind.execute(sa.text(f"{whole} AND type = 'table'")).scalar_one()
    beside = bind.execute(sa.text(f"{whole} AND type != 'table'")).scalars().all()
    before, after = "'submitted')", "'submitted', 'marking')"
    if table.count(before) != 1:
        raise RuntimeError("the table of attempts is not as the migrations before have left it")
    for statement in (
        "PRAGMA defer_foreign_keys = ON",
        "CREATE TABLE attempt_before AS SELECT * FROM attempt",
        "DROP TABLE attempt",
        table.replace(before, after),
        "INSERT INTO attempt SELECT * FROM attempt_before",
        "DROP TABLE attempt_before",
        *beside,
    ):
        bind.exec_driver_sql(statement)
