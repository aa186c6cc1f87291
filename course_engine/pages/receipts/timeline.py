"""The last ten minutes of a draft, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from course_engine.assessment import receipts
from course_engine.assessment.papers import Paper
from course_engine.curriculum.questions import Reflection
from course_engine.records.drafts import Saved


class Line(NamedTuple):
    """One saving: when, of which question, for the how-manyeth time, and what."""

    at: datetime
    number: int
    sequence: int
    answer: tuple[str, ...]


def lines(paper: Paper, history: Iterable[Saved]) -> tuple[Line, ...]:
    """List the savings in order; reflections are private and left out."""
    items = {item.question.id: (number, item) for number, item in enumerate(paper.items, start=1)}
    found = []
    for saved in history:
        number, item = items[saved.question_id]
        if not isinstance(item.question, Reflection):
            words = receipts.in_words(item, saved.answer)
            found.append(Line(saved.saved_at, number, saved.sequence, words))
    return tuple(found)
