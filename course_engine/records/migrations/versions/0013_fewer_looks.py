"""Forgetting what is old of a draft looks at the oldest rows of its question, and at no others.

Until then it went through all that was kept of the attempt: the more often somebody had saved in
ten minutes, the longer each twentieth saving took. A kept row needs no reference of its own either:
it is written with its answer, and that refers to the attempt.
"""

from alembic import op

revision = "0013"
down_revision = "0012"

MINUTES = 10
EACH = 20
# Twice as many as come in between, so that what is old gets less and less.
AT_ONCE = 40

_REFERENCE = "fk_response_history_attempt_id_attempt"
_KEEP = (
    "INSERT INTO response_history (attempt_id, question_id, sequence, answer, saved_at) "
    "VALUES (NEW.attempt_id, NEW.question_id, NEW.sequence, NEW.answer, NEW.saved_at);"
)


def _forgetting(attempt: str, question: str, before: str) -> str:
    """Write the deletion, in the words by which a database names what was saved."""
    of_question = f"attempt_id = {attempt} AND question_id = {question}"
    return (
        f"DELETE FROM response_history WHERE {of_question} AND sequence < "  # noqa: S608
        f"(SELECT min(sequence) + {AT_ONCE} FROM response_history WHERE {of_question}) "
        f"AND saved_at < {before}"
    )


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint(_REFERENCE, "response_history", type_="foreignkey")
        # Planned anew each time: a plan for the few rows of the first day goes through all of them,
        # and a function keeps its plans while the table grows.
        forget = _forgetting("$1", "$2", f"$3 - interval '{MINUTES} minutes'")
        op.execute(
            "CREATE OR REPLACE FUNCTION keep_response() RETURNS trigger LANGUAGE plpgsql AS "
            f"$f$ BEGIN {_KEEP} IF NEW.sequence % {EACH} = 0 THEN EXECUTE $q${forget}$q$ "
            "USING NEW.attempt_id, NEW.question_id, NEW.saved_at; END IF; RETURN NULL; END $f$"
        )
        return
    # The table is built anew, which no trigger that names it would let happen.
    for name in ("response_kept_on_insert", "response_kept_on_update", "response_forgotten"):
        op.execute(f"DROP TRIGGER {name}")
    with op.batch_alter_table("response_history") as table:
        table.drop_constraint(_REFERENCE, type_="foreignkey")
    for moment in ("INSERT", "UPDATE"):
        op.execute(
            f"CREATE TRIGGER response_kept_on_{moment.lower()} AFTER {moment} ON response "
            f"BEGIN {_KEEP} END"
        )
    before = f"datetime(NEW.saved_at, '-{MINUTES} minutes')"
    forget = _forgetting("NEW.attempt_id", "NEW.question_id", before)
    op.execute(
        "CREATE TRIGGER response_forgotten AFTER UPDATE ON response "
        f"WHEN NEW.sequence % {EACH} = 0 BEGIN {forget}; END"
    )
