"""How jobs for many certificates are stored, with a line for each enrollment."""

from sqlalchemy import ForeignKey, Index, Table, Text, UniqueConstraint

from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, optional, required

JOB = Table(
    "bulk_job",
    metadata,
    required("id", Number, primary_key=True),
    required("kind", Text),
    required("asked_by", Number, ForeignKey("person.id")),
    required("asked_at", Instant),
    required("filters", Document),
    required("reason", Document),
    optional("finished_at", Instant),
)

LINE = Table(
    "bulk_line",
    metadata,
    required("id", Number, primary_key=True),
    required("job_id", Number, ForeignKey("bulk_job.id")),
    required("enrollment_id", Number, ForeignKey("enrollment.id")),
    # The certificate there was; once the line is done, the one there is.
    optional("certificate_id", Number, ForeignKey("certificate.id")),
    optional("outcome", Text),
    required("detail", Document),
    UniqueConstraint("job_id", "enrollment_id"),
    Index(None, "job_id", "id"),
    Index(None, "job_id", "outcome", "id"),
)
