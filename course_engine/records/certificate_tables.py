"""How certificates are stored: the database refuses to change what was printed."""

from typing import Literal

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Table, Text

from course_engine.records.base import metadata
from course_engine.records.columns import (
    Document,
    Instant,
    Number,
    Words,
    optional,
    partial,
    required,
)

State = Literal["issued", "superseded", "withdrawn"]
EventKind = Literal["issued", "superseded", "withdrawn", "restored"]

CERTIFICATE = Table(
    "certificate",
    metadata,
    required("id", Number, primary_key=True),
    required("serial", Text, unique=True),
    required("code", Text),
    required("enrollment_id", Number, ForeignKey("enrollment.id")),
    required("person_id", Number, ForeignKey("person.id")),
    # What lists are filtered by stands here, so that every list is one walk along one index.
    required("course_slug", Text),
    optional("cohort_id", Number, ForeignKey("cohort.id")),
    required("search_name", Words),
    required("kind", Text),
    required("state", Text),
    required("facts", Document),
    required("pdf_sha256", Text, index=True),
    required("issued_at", Instant),
    CheckConstraint("state IN ('issued', 'superseded', 'withdrawn')", name="state"),
    Index(None, "course_slug", "id"),
    Index(None, "cohort_id", "id"),
    Index(None, "state", "id"),
    Index(None, "person_id", "id"),
)

ONE_IN_FORCE = partial(
    "one_certificate",
    CERTIFICATE.c.enrollment_id,
    CERTIFICATE.c.kind,
    unique=True,
    where=CERTIFICATE.c.state != "superseded",
)

PDF = Table(
    "certificate_document",
    metadata,
    required("certificate_id", Number, ForeignKey("certificate.id"), primary_key=True),
    required("pdf", LargeBinary),
)

EVENT = Table(
    "certificate_event",
    metadata,
    required("id", Number, primary_key=True),
    required("certificate_id", Number, ForeignKey("certificate.id"), index=True),
    required("kind", Text),
    required("at", Instant),
    optional("actor_id", Number, ForeignKey("person.id")),
    required("reason_class", Text),
    required("public_note", Words),
    required("private_note", Words),
    CheckConstraint("kind IN ('issued', 'superseded', 'withdrawn', 'restored')", name="kind"),
)
