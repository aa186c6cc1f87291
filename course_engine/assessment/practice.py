"""Practice: which question comes next, and when an answered one comes back (a Leitner rule).

Every question stands in one of five boxes. A right answer to one that is due moves it up by one; a
missed one goes back into the first. Each box has its wait: ten minutes, then 1, 3, 7 and 21 days.
Nothing here is random, and nothing counts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

WAITS = (
    timedelta(minutes=10),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=21),
)
"""How long a question rests in each box, from the first to the last."""

KNOWN_FROM = 3
"""From this box on a question was right on two days, and is called known."""

Standing = Literal["new", "again", "known"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """Where one question stands: its box, 1 to 5, when it is due, and how often it was asked."""

    box: int
    due_at: datetime
    answered_at: datetime
    asked: int
    right: int


def answered(before: Card | None, *, right: bool, now: datetime) -> Card:
    """Return where a question stands after an answer; only a wholly right one is right.

    A question that is right the first time goes to the second box: it comes back tomorrow. A right
    answer before it is due leaves it where it is, as one evening teaches less than several days.
    """
    if right and before and now < before.due_at:
        box, due_at = before.box, before.due_at
    else:
        box = min((before.box if before else 1) + 1, len(WAITS)) if right else 1
        due_at = now + WAITS[box - 1]
    return Card(
        box=box,
        due_at=due_at,
        answered_at=now,
        asked=(before.asked if before else 0) + 1,
        right=(before.right if before else 0) + right,
    )


def next_question(
    ids: Sequence[str], cards: Mapping[str, Card], *, now: datetime, last: str = ""
) -> str | None:
    """Choose what to ask, in this order: what is due, what is new, what is known the least.

    Among what is due, the longest waiting comes first; what is new keeps the order of ``ids``; the
    rest comes by its box, and then what was answered the longest ago. The question just answered,
    ``last``, comes again only where there is no other. None without ids.
    """
    others = [each for each in ids if each != last] or list(ids)
    met = [each for each in others if each in cards]
    due = [each for each in met if cards[each].due_at <= now]
    if due:
        return min(due, key=lambda each: (cards[each].due_at, each))
    for each in others:
        if each not in cards:
            return each
    return min(met, key=lambda each: (cards[each].box, cards[each].answered_at, each), default=None)


def standing(card: Card | None) -> Standing:
    """Say in one word how well a question is known."""
    if card is None:
        return "new"
    return "known" if card.box >= KNOWN_FROM else "again"
