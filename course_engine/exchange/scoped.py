"""Choices that are the four judgements of a scope question."""

from collections.abc import Sequence

from course_engine.curriculum import plain
from course_engine.curriculum.questions import Choice, Scope


def judgements(choices: Sequence[Choice]) -> tuple[Choice, Choice, Choice, Choice] | None:
    """Return the four judgements in their order, where the choices are these and no others."""
    named = {plain.text(choice.text).strip(): choice for choice in choices}
    if set(named) != {label.value for label in Scope} or len(choices) != len(Scope):
        return None
    return (named["IN"], named["ADAPT"], named["REDIRECT"], named["NOW"])
