"""What an item of QTI 3.0 declares: the right response, its points, and how they are worked out."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Pair,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.exchange.qti.tags import element, tag, words

_NEAREST = Decimal("0.00001")


def right_sides(pairs: Sequence[Pair]) -> tuple[Html, ...]:
    """Return what stands right, each once."""
    return tuple(dict.fromkeys(pair.right for pair in pairs))


def response(asked: Question) -> str:
    """Return the declaration of the one response."""
    cardinality, base = _type(asked)
    values = [element("qti-value", words(value)) for value in _right(asked)]
    return element(
        "qti-response-declaration",
        element("qti-correct-response", *values) if values else "",
        _mapping(asked),
        identifier="RESPONSE",
        cardinality=cardinality,
        base_type=base,
    )


def outcomes(asked: Question) -> Iterator[str]:
    """Yield the declarations of points and feedback."""
    if not isinstance(asked, Reflection):
        yield _outcome("SCORE", "float", "0", normal_maximum=str(asked.points))
        yield _outcome("MAXSCORE", "float", str(asked.points))
    if isinstance(asked, SingleChoice | MultipleChoice | ScopeQuestion):
        several = "multiple" if isinstance(asked, MultipleChoice) else "single"
        yield _outcome("FEEDBACK", "identifier", "", cardinality=several)
    if asked.explanation:
        yield _outcome("EXPLANATION", "identifier", "explanation")


def processing(asked: Question) -> str:
    """Return how points are worked out; nothing where nothing is graded."""
    given = tag("qti-variable", identifier="RESPONSE")
    steps = []
    match asked:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            mapped = tag("qti-map-response", identifier="RESPONSE")
            steps.append(_set("SCORE", mapped))
            steps.append(_set("FEEDBACK", given))
        case ShortAnswer() | Matching():
            steps.append(_set("SCORE", tag("qti-map-response", identifier="RESPONSE")))
        case Ordering():
            right = element("qti-match", given, tag("qti-correct", identifier="RESPONSE"))
            steps.append(_when(right, asked.points))
        case NumberAnswer(low=low, high=high):
            limits = (
                element("qti-gte", given, _float(low)),
                element("qti-lte", given, _float(high)),
            )
            steps.append(_when(element("qti-and", *limits), asked.points))
        case Reflection() | Written():
            return ""
        case _:
            assert_never(asked)
    return element("qti-response-processing", *steps)


def _type(asked: Question) -> tuple[str, str]:
    match asked:
        case SingleChoice() | ScopeQuestion():
            return "single", "identifier"
        case MultipleChoice():
            return "multiple", "identifier"
        case Ordering():
            return "ordered", "identifier"
        case Matching():
            return "multiple", "directedPair"
        case NumberAnswer():
            return "single", "float"
        case ShortAnswer() | Reflection() | Written():
            return "single", "string"
        case _:
            assert_never(asked)


def _right(asked: Question) -> tuple[str, ...]:
    match asked:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return tuple(name for name, choice in _named(asked.choices) if choice.right)
        case Ordering(items=items):
            return tuple(f"choice-{number}" for number in range(1, len(items) + 1))
        case Matching(pairs=pairs):
            rights = right_sides(pairs)
            return tuple(
                f"left-{number} right-{rights.index(pair.right) + 1}"
                for number, pair in enumerate(pairs, 1)
            )
        case ShortAnswer(accepted=accepted):
            return accepted[:1]
        case NumberAnswer(low=low):
            return (low,)
        case Reflection() | Written():
            return ()
        case _:
            assert_never(asked)


def _mapping(asked: Question) -> str:
    earned = _earned(asked)
    if not earned:
        return ""
    entries = [
        tag("qti-map-entry", map_key=key, mapped_value=f"{value.quantize(_NEAREST).normalize():f}")
        for key, value in earned
    ]
    highest = str(asked.points)
    return element("qti-mapping", *entries, lower_bound="0", upper_bound=highest, default_value="0")


def _earned(asked: Question) -> list[tuple[str, Decimal]]:
    """Return what each response earns: the same as it does with us."""
    points = Decimal(asked.points)
    match asked:
        case SingleChoice():
            return [(name, points) for name in _right(asked)]
        case ScopeQuestion():
            near = [at for at, choice in enumerate(asked.choices) if choice.right]
            worth = {0: points, 1: points / 2}
            return [
                (name, worth[distance])
                for at, (name, _) in enumerate(_named(asked.choices))
                if (distance := min(abs(at - each) for each in near)) in worth
            ]
        case MultipleChoice():
            share = points / max(len(_right(asked)), 1)
            return [
                (name, share if choice.right else -share) for name, choice in _named(asked.choices)
            ]
        case Matching():
            pairs = _right(asked)
            return [(pair, points / len(pairs)) for pair in pairs]
        case ShortAnswer(accepted=accepted):
            return [(text, points) for text in accepted]
        case Ordering() | NumberAnswer() | Reflection() | Written():
            return []
        case _:
            assert_never(asked)


def _named(choices: Sequence[Choice]) -> list[tuple[str, Choice]]:
    return [(f"choice-{number}", choice) for number, choice in enumerate(choices, 1)]


def _outcome(name: str, base: str, value: str, *, cardinality: str = "single", **more: str) -> str:
    default = element("qti-default-value", element("qti-value", value)) if value else ""
    return element(
        "qti-outcome-declaration",
        default,
        identifier=name,
        cardinality=cardinality,
        base_type=base,
        **more,
    )


def _set(name: str, value: str) -> str:
    return element("qti-set-outcome-value", value, identifier=name)


def _when(condition: str, points: int) -> str:
    earned = _set("SCORE", _float(str(points)))
    return element("qti-response-condition", element("qti-response-if", condition, earned))


def _float(value: str) -> str:
    return element("qti-base-value", value, base_type="float")
