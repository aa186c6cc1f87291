"""The database itself refuses to change or delete what is kept for ever.

A later migration that rebuilds one of these tables in SQLite has to make its triggers again.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

# What is written here stays as it was written; of a certificate, everything that was printed.
KEPT = {
    "edition": (),
    "asset": (),
    "journal_entry": (),
    "attestation": (),
    "certificate_document": (),
    "certificate_event": (),
    "certificate": (
        "serial",
        "code",
        "enrollment_id",
        "person_id",
        "course_slug",
        "kind",
        "facts",
        "pdf_sha256",
        "issued_at",
    ),
}


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table, columns in KEPT.items():
            changing = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
            for word, action in (("changed", changing), ("deleted", "DELETE")):
                op.execute(
                    f"CREATE TRIGGER {table}_never_{word} BEFORE {action} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is never {word}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is never changed'; END $$"
    )
    for table, columns in KEPT.items():
        changing = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
        op.execute(
            f"CREATE TRIGGER {table}_never_changed BEFORE {changing} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
