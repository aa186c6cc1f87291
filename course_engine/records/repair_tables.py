"""How repairs of wrong keys are stored."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Table, Text

from course_engine.records.base import metadata
from course_engine.records.columns import Document, Instant, Number, Words, optional, required

REPAIR = Table(
    "repair",
    metadata,
    required("id", Number, primary_key=True),
    required("course_slug", Text),
    required("quiz", Text),
    required("question_id", Text),
    required("kind", Text),
    required("question", Document),
    optional("key", Document),
    required("rule", Text),
    required("reason", Words),
    required("applied_at", Instant),
    required("applied_by", Number, ForeignKey("person.id")),
    optional("reversed_at", Instant),
    optional("reversed_by", Number, ForeignKey("person.id")),
    # Set once everybody who now passes has been given what is due.
    optional("settled_at", Instant),
    CheckConstraint("kind IN ('accept-any', 'drop-question', 're-key')", name="kind"),
    CheckConstraint("rule IN ('nobody-loses', 'by-the-new-key')", name="rule"),
    Index(None, "course_slug", "quiz", "id"),
)
