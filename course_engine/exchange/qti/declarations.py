"""What an item declares: which response is right, what each earns, how much the whole counts."""

import re
from dataclasses import dataclass
from decimal import Decimal

from course_engine.exchange import numbers
from course_engine.exchange.qti.trees import Node

_POINTS = re.compile(r"([1-9][0-9]?)(?:\.0+)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Response:
    """The declaration of one response. ``mapped`` is what a value earns, before any bounds."""

    cardinality: str = ""
    base: str = ""
    correct: tuple[str, ...] = ()
    mapped: dict[str, Decimal]


def response(item: Node, identifier: str) -> Response:
    """Return what is declared for the interaction with this identifier."""
    declared = next(
        (each for each in item.all("responsedeclaration") if each.get("identifier") == identifier),
        None,
    )
    if declared is None:
        return Response(mapped={})
    correct = declared.first("correctresponse")
    entries = [
        (entry.get("mapkey"), numbers.read(entry.get("mappedvalue")))
        for entry in declared.all("mapentry")
    ]
    return Response(
        cardinality=declared.get("cardinality"),
        base=declared.get("basetype").lower(),
        correct=tuple(value.text for value in correct.all("value")) if correct else (),
        mapped={key: value for key, value in entries if value is not None},
    )


def right(declared: Response) -> tuple[str, ...]:
    """Return the values that are right: those declared so, else those that earn most."""
    if declared.correct:
        return declared.correct
    earning = {key: value for key, value in declared.mapped.items() if value > 0}
    if declared.cardinality == "multiple":
        return tuple(earning)
    most = max(earning.values(), default=None)
    return tuple(key for key, value in earning.items() if value == most)


def points(item: Node) -> str:
    """Return how much the item says that it counts, or nothing."""
    for declared in item.all("outcomedeclaration"):
        if declared.get("identifier") == "MAXSCORE" and (value := declared.first("value")):
            return value.text
    for declared in item.all("outcomedeclaration"):
        if declared.get("identifier") == "SCORE":
            return declared.get("normalmaximum")
    return ""


def whole_points(text: str) -> int | None:
    """Return points as ours are, from 1 to 99; None for any other text."""
    found = _POINTS.fullmatch(text)
    return int(found[1]) if found else None


def limits(item: Node, identifier: str) -> tuple[Decimal, Decimal] | None:
    """Return the range of numbers that the processing of a response accepts, if it is stated."""
    low = _limit(item, "gte", identifier)
    high = _limit(item, "lte", identifier)
    if low is not None and high is not None:
        return low, high
    for equal in item.all("equal"):
        if equal.get("tolerancemode") == "absolute" and _about(equal, identifier):
            return _around(item, equal, identifier)
    return None


def _about(node: Node, identifier: str) -> bool:
    return any(each.get("identifier") == identifier for each in node.all("variable"))


def _limit(item: Node, name: str, identifier: str) -> Decimal | None:
    found = [node for node in item.all(name) if _about(node, identifier)]
    value = found[0].first("basevalue") if len(found) == 1 else None
    return numbers.read(value.text) if value else None


def _around(item: Node, equal: Node, identifier: str) -> tuple[Decimal, Decimal] | None:
    margins = [numbers.read(each) for each in equal.get("tolerance").split()]
    value = equal.first("basevalue")
    middle = value.text if value else "".join(response(item, identifier).correct[:1])
    around = numbers.read(middle)
    if around is None or not margins or margins[0] is None or margins[-1] is None:
        return None
    return around - margins[0], around + margins[-1]
