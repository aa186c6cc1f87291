"""What is right about a question, in words for a facilitator."""

from typing import assert_never

from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.workbooks.book import Key, KeyedOption


def key(question: Question) -> Key:
    """Return the key of a question; a box for own words has none: only its explanation is told."""
    told = question.explanation
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            options = tuple(
                KeyedOption(text=choice.text, right=choice.right, feedback=choice.feedback)
                for choice in question.choices
            )
            return Key(options=options, explanation=told)
        case Matching():
            pairs = tuple((pair.left, pair.right) for pair in question.pairs)
            return Key(pairs=pairs, explanation=told)
        case Ordering():
            return Key(order=question.items, explanation=told)
        case ShortAnswer():
            return Key(answers=question.accepted, explanation=told)
        case NumberAnswer():
            low, high = question.low, question.high
            return Key(answers=(low if low == high else f"{low} … {high}",), explanation=told)
        case Reflection() | Written():
            return Key(explanation=told)
        case _:
            assert_never(question)
