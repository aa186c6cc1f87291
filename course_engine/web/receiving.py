"""Receipts of attempts that were handed in, made from what is stored."""

from course_engine.assessment import receipts
from course_engine.assessment.papers import Paper
from course_engine.assessment.receipts import Receipt
from course_engine.records import drafts
from course_engine.records.attempts import Sitting
from course_engine.web.database import db


def receipt(sitting: Sitting, paper: Paper) -> Receipt:
    """Make the receipt of an attempt that was handed in (1 statement)."""
    saved = {
        key: (one.answer, one.saved_at, one.sequence)
        for key, one in drafts.last(db.session, sitting.id).items()
    }
    return receipts.receipt(
        paper,
        saved,
        course=sitting.course_slug,
        quiz=sitting.quiz,
        attempt=sitting.id,
        number=sitting.number,
        started_at=sitting.started_at,
        handed_in_at=sitting.submitted_at or sitting.started_at,
    )
