"""What is older than ten minutes of a draft is forgotten with every twentieth saving of a question.

Until then it was looked for with each saving, which cost more than the saving itself.
"""

from alembic import op

revision = "0012"
down_revision = "0011"

MINUTES = 10
EACH = 20

_KEEP = (
    "INSERT INTO response_history (attempt_id, question_id, sequence, answer, saved_at) "
    "VALUES (NEW.attempt_id, NEW.question_id, NEW.sequence, NEW.answer, NEW.saved_at);"
)
_FORGET = "DELETE FROM response_history WHERE attempt_id = NEW.attempt_id AND saved_at < "


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for moment in ("INSERT", "UPDATE"):
            name = f"response_kept_on_{moment.lower()}"
            op.execute(f"DROP TRIGGER {name}")
            op.execute(f"CREATE TRIGGER {name} AFTER {moment} ON response BEGIN {_KEEP} END")
        op.execute(
            "CREATE TRIGGER response_forgotten AFTER UPDATE ON response "
            f"WHEN NEW.sequence % {EACH} = 0 "
            f"BEGIN {_FORGET}datetime(NEW.saved_at, '-{MINUTES} minutes'); END"
        )
        return
    op.execute(
        "CREATE OR REPLACE FUNCTION keep_response() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_KEEP} IF NEW.sequence % {EACH} = 0 THEN "
        f"{_FORGET}NEW.saved_at - interval '{MINUTES} minutes'; END IF; RETURN NULL; END $$"
    )
