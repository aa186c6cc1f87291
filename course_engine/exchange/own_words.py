"""Answers in somebody's own words, from other formats: marked by people where a rubric is named."""

from typing import Any

from course_engine.curriculum.questions import Reflection, Written
from course_engine.exchange.losses import Losses
from course_engine.exchange.tags import Tags


def question(
    fields: dict[str, Any], tags: Tags, *, line: int, name: str, losses: Losses
) -> Reflection | Written:
    """Return a written question if a tag names its rubric, else a reflection, and tell of it."""
    if tags.rubric:
        fewest, most = tags.words or (0, None)
        return Written(
            **fields,
            rubric=tags.rubric,
            assessors=2 if tags.twice else 1,
            fewest=fewest,
            most=most,
        )
    message = (
        f"{name} is now a reflection: private, and not graded. To have people mark it, write "
        '.written rubric="…" in its heading instead of .reflection.'
    )
    losses.hint(line, "now-a-reflection", message)
    return Reflection(**fields)
