"""The first schema: everything from people to certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "asset",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "cohort",
        sa.Column("id", ID, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("course_slug", sa.Text, nullable=False),
        sa.Column("starts_on", sa.Date, nullable=False),
        sa.Column("ends_on", sa.Date),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
    )
    op.create_table(
        "person",
        sa.Column("id", ID, primary_key=True),
        sa.Column("email", sa.Text, nullable=False, unique=True),
        sa.Column("legal_name", sa.Text, nullable=False),
        sa.Column("used_name", sa.Text, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.UniqueConstraint("sort_name", "id"),
    )
    op.create_table(
        "strike",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key_sha256", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False, index=True),
        sa.Index(None, "kind", "key_sha256", "at"),
    )
    op.create_table(
        "edition",
        sa.Column("digest", sa.Text, primary_key=True),
        sa.Column("course_slug", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", ID, sa.ForeignKey("person.id")),
        sa.Column("document", sa.LargeBinary, nullable=False),
        sa.Index(None, "course_slug", "published_at"),
    )
    op.create_table(
        "invitation",
        sa.Column("id", ID, primary_key=True),
        sa.Column("token_sha256", sa.Text, nullable=False, unique=True),
        sa.Column("email", sa.Text, nullable=False, index=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("cohort_id", ID, sa.ForeignKey("cohort.id"), index=True),
        sa.Column("roles", sa.Text, nullable=False),
        sa.Column("created_by", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", ID, primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", ID, sa.ForeignKey("person.id")),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("subject_kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("details", sa.Text, nullable=False),
        sa.Index(None, "action", "id"),
        sa.Index(None, "actor_id", "id"),
        sa.Index(None, "subject_kind", "subject_id", "id"),
    )
    op.create_table(
        "password_reset",
        sa.Column("token_sha256", sa.Text, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
    )
    op.create_table(
        "web_session",
        sa.Column("token_sha256", sa.Text, primary_key=True),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False, index=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False, index=True),
        sa.Column("agent", sa.Text, nullable=False),
    )
    op.create_table(
        "edition_asset",
        sa.Column("edition_digest", sa.Text, sa.ForeignKey("edition.digest"), primary_key=True),
        sa.Column("asset_sha256", sa.Text, sa.ForeignKey("asset.sha256"), primary_key=True),
    )
    op.create_table(
        "enrollment",
        sa.Column("id", ID, primary_key=True),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("sort_name", sa.Text, nullable=False),
        sa.Column("course_slug", sa.Text, nullable=False),
        sa.Column("edition_digest", sa.Text, sa.ForeignKey("edition.digest"), nullable=False),
        sa.Column("cohort_id", ID, sa.ForeignKey("cohort.id")),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id", "sort_name"], ["person.id", "person.sort_name"], onupdate="CASCADE"
        ),
        sa.Index(None, "cohort_id", "sort_name", "id"),
        sa.Index(None, "cohort_id", "withdrawn_at"),
        sa.Index(None, "person_id", "sort_name"),
    )
    _unique_where(
        "one_enrollment_at_a_time",
        "enrollment",
        ["person_id", "course_slug"],
        "withdrawn_at IS NULL",
    )
    op.create_table(
        "published_course",
        sa.Column("slug", sa.Text, primary_key=True),
        sa.Column("edition_digest", sa.Text, sa.ForeignKey("edition.digest")),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("problems", sa.Text, nullable=False),
        sa.Column("checked_at", MOMENT, nullable=False),
    )
    op.create_table(
        "attempt",
        sa.Column("id", ID, primary_key=True),
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), nullable=False),
        sa.Column("quiz", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("seed", sa.Text, nullable=False),
        sa.Column("paper", sa.Text, nullable=False),
        sa.Column("policy", sa.Text, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("deadline_at", MOMENT),
        sa.Column("submitted_at", MOMENT),
        sa.Column("percent", sa.Integer),
        sa.Column("passed", sa.Boolean),
        sa.Column("grade", sa.Text),
        sa.CheckConstraint("state IN ('open', 'submitted')", name="state"),
        sa.UniqueConstraint("enrollment_id", "quiz", "number"),
    )
    _unique_where("one_open_attempt", "attempt", ["enrollment_id", "quiz"], "state = 'open'")
    op.create_table(
        "attestation",
        sa.Column("id", ID, primary_key=True),
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), nullable=False),
        sa.Column("statement", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("text_sha256", sa.Text, nullable=False),
        sa.Column("signed_name", sa.Text, nullable=False),
        sa.Column("signed_at", MOMENT, nullable=False),
        sa.UniqueConstraint("enrollment_id", "statement"),
    )
    op.create_table(
        "certificate",
        sa.Column("id", ID, primary_key=True),
        sa.Column("serial", sa.Text, nullable=False, unique=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), nullable=False),
        sa.Column("person_id", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("course_slug", sa.Text, nullable=False),
        sa.Column("cohort_id", ID, sa.ForeignKey("cohort.id")),
        sa.Column("search_name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.Column("pdf_sha256", sa.Text, nullable=False, index=True),
        sa.Column("issued_at", MOMENT, nullable=False),
        sa.CheckConstraint("state IN ('issued', 'superseded', 'withdrawn')", name="state"),
        sa.Index(None, "cohort_id", "id"),
        sa.Index(None, "course_slug", "id"),
        sa.Index(None, "person_id", "id"),
        sa.Index(None, "state", "id"),
    )
    _unique_where(
        "one_certificate", "certificate", ["enrollment_id", "kind"], "state != 'superseded'"
    )
    op.create_table(
        "check_answer",
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
    )
    op.create_table(
        "lesson_completion",
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), primary_key=True),
        sa.Column("lesson", sa.Text, primary_key=True),
        sa.Column("completed_at", MOMENT, nullable=False),
    )
    op.create_table(
        "reflection_text",
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), primary_key=True),
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
    )
    op.create_table(
        "certificate_document",
        sa.Column("certificate_id", ID, sa.ForeignKey("certificate.id"), primary_key=True),
        sa.Column("pdf", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "certificate_event",
        sa.Column("id", ID, primary_key=True),
        sa.Column(
            "certificate_id", ID, sa.ForeignKey("certificate.id"), nullable=False, index=True
        ),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", ID, sa.ForeignKey("person.id")),
        sa.Column("reason_class", sa.Text, nullable=False),
        sa.Column("public_note", sa.Text, nullable=False),
        sa.Column("private_note", sa.Text, nullable=False),
        sa.CheckConstraint(
            "kind IN ('issued', 'superseded', 'withdrawn', 'restored')", name="kind"
        ),
    )
    op.create_table(
        "response",
        sa.Column("attempt_id", ID, sa.ForeignKey("attempt.id"), primary_key=True),
        sa.Column("question_id", sa.Text, primary_key=True),
        sa.Column("answer", sa.Text, nullable=False),
        sa.Column("sequence", sa.Integer, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
    )


def _unique_where(name: str, table: str, columns: list[str], condition: str) -> None:
    where = sa.text(condition)
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)
