"""The last ten minutes of a draft, kept by the database itself as answers are saved."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MINUTES = 10

_KEEP = (
    "INSERT INTO response_history (attempt_id, question_id, sequence, answer, saved_at) "
    "VALUES (NEW.attempt_id, NEW.question_id, NEW.sequence, NEW.answer, NEW.saved_at);"
)
_FORGET = "DELETE FROM response_history WHERE attempt_id = NEW.attempt_id AND saved_at < "


def upgrade() -> None:
    op.create_table(
        "response_history",
        sa.Column("attempt_id", ID, sa.ForeignKey("attempt.id"), primary_key=True, nullable=False),
        sa.Column("question_id", sa.Text, primary_key=True, nullable=False),
        sa.Column("sequence", sa.Integer, primary_key=True, nullable=False),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        before = f"datetime(NEW.saved_at, '-{MINUTES} minutes');"
        for moment in ("INSERT", "UPDATE"):
            op.execute(
                f"CREATE TRIGGER response_kept_on_{moment.lower()} AFTER {moment} ON response "
                f"BEGIN {_KEEP} {_FORGET}{before} END"
            )
        return
    op.execute(
        "CREATE FUNCTION keep_response() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_KEEP} {_FORGET}NEW.saved_at - interval '{MINUTES} minutes'; "
        "RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER response_kept AFTER INSERT OR UPDATE ON response "
        "FOR EACH ROW EXECUTE FUNCTION keep_response()"
    )
