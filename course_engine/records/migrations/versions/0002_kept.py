"""The database itself refuses to change or delete what is kept for ever."""

from alembic import op

from course_engine.records.keeping import keep

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
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is never changed'; END $$"
        )
    keep(KEPT)
