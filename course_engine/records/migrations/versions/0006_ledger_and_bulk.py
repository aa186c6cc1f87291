"""The ledger of certificates, what is sent once, and jobs for many certificates."""

import sqlalchemy as sa
from alembic import op

from course_engine.certificates import ledger as chain
from course_engine.records import ledger
from course_engine.records.certificate_tables import CERTIFICATE, EVENT
from course_engine.records.keeping import keep

revision = "0006"
down_revision = "0005"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("number", ID, primary_key=True),
        sa.Column(
            "event_id", ID, sa.ForeignKey("certificate_event.id"), nullable=False, unique=True
        ),
        sa.Column("serial", sa.Text, nullable=False, index=True),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("facts_sha256", sa.Text, nullable=False),
        sa.Column("pdf_sha256", sa.Text, nullable=False),
        sa.Column("circumstances_sha256", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.create_table(
        "ledger_head",
        sa.Column("id", ID, primary_key=True),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
    )
    op.create_table(
        "sending",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.UniqueConstraint("kind", "subject"),
    )
    op.create_table(
        "bulk_job",
        sa.Column("id", ID, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("asked_by", ID, sa.ForeignKey("person.id"), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("filters", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("finished_at", MOMENT),
        sa.CheckConstraint("kind IN ('issue', 'reissue')", name="kind"),
    )
    op.create_table(
        "bulk_line",
        sa.Column("id", ID, primary_key=True),
        sa.Column("job_id", ID, sa.ForeignKey("bulk_job.id"), nullable=False),
        sa.Column("enrollment_id", ID, sa.ForeignKey("enrollment.id"), nullable=False),
        sa.Column("certificate_id", ID, sa.ForeignKey("certificate.id")),
        sa.Column("outcome", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        sa.CheckConstraint(
            "outcome IN ('issued', 'present', 'unfinished', 'unprintable', 'failed')",
            name="outcome",
        ),
        sa.UniqueConstraint("job_id", "enrollment_id"),
        sa.Index(None, "job_id", "id"),
        sa.Index(None, "job_id", "outcome", "id"),
    )
    _chain_what_happened()
    keep({"ledger_entry": ()})


def _chain_what_happened() -> None:
    """Begin the ledger with the events of certificates that were issued before there was one."""
    bind = op.get_bind()
    asked = sa.select(EVENT.c.id, *ledger.CIRCUMSTANCES).join_from(
        EVENT,
        CERTIFICATE,
        EVENT.c.certificate_id == CERTIFICATE.c.id,
    )
    number, previous = 0, chain.BEFORE_THE_FIRST
    for row in bind.execute(asked.order_by(EVENT.c.id)).mappings().all():
        entry = ledger.entry_of(row, number=number + 1, previous=previous)
        bind.execute(sa.insert(ledger.LEDGER).values(**ledger.columns_of(entry, row["id"])))
        number, previous = entry.number, entry.sha256
    bind.execute(sa.insert(ledger.HEAD).values(id=1, number=number, sha256=previous))
