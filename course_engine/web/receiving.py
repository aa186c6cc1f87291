"""Receipts of attempts that were handed in, made from what is stored."""

from course_engine.assessment import receipts
from course_engine.assessment.receipts import Receipt
from course_engine.records import drafts
from course_engine.records.attempts import Sitting
from course_engine.records.drafts import Draft
from course_engine.web import drawn
from course_engine.web.database import db


def receipt(sitting: Sitting, draft: Draft | None = None) -> Receipt:
    """Make the receipt of an attempt that was handed in (1 statement, none with its draft)."""
    draft = draft or drafts.of(db.session, sitting.id)
    return receipts.receipt(
        drawn.of(sitting).paper,
        {key: (one.answer, one.saved_at, one.sequence) for key, one in draft.saved.items()},
        course=sitting.course_slug,
        quiz=sitting.quiz,
        attempt=sitting.id,
        number=sitting.number,
        started_at=sitting.started_at,
        handed_in_at=sitting.submitted_at or sitting.started_at,
    )
