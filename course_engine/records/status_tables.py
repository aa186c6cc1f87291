"""How places on status lists, and what a holder shares, are stored."""

from sqlalchemy import BigInteger, Boolean, ForeignKey, Table, Text

from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, required

PLACE = Table(
    "status_place",
    metadata,
    required("id", Number, primary_key=True),
    required("serial", Text, unique=True),
    required("status_index", BigInteger, unique=True),
    required("reserved_at", Instant),
)

SHARING = Table(
    "certificate_sharing",
    metadata,
    required("certificate_id", Number, ForeignKey("certificate.id"), primary_key=True),
    required("shows_name", Boolean),
    required("changed_at", Instant),
)
