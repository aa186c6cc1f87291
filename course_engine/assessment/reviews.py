"""One question looked at again: what was answered, what is right, and what is said about it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, assert_never

from course_engine.assessment import answers as given
from course_engine.assessment.answers import Answer
from course_engine.assessment.papers import Item
from course_engine.curriculum.questions import (
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)

Outcome = Literal["right", "partly", "wrong", "ungraded", "met", "not-yet"]
"""``met`` and ``not-yet`` are said of what people marked."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedAnswer:
    """What people said of a written answer: the words of each level and flag, and comments."""

    met: bool
    comments: tuple[str, ...] = ()
    levels: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewedChoice:
    """One choice, as it stood on the page; of one not made, only with the key is more told."""

    text: Html
    chosen: bool
    right: bool
    feedback: Html | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChoiceReview:
    """The choices in the order of the page."""

    kind: Literal["choice"] = "choice"
    choices: tuple[ReviewedChoice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewedPair:
    """A left side with what it was matched to, None when left blank, and what belongs to it."""

    left: Html
    given: Html | None
    right: bool
    key: Html | None


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchReview:
    """The pairs in the order of the page."""

    kind: Literal["match"] = "match"
    pairs: tuple[ReviewedPair, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class OrderReview:
    """The items as they were ranked, with the rank given or "", and in the right order.

    Here and below, a key that is held back is empty.
    """

    kind: Literal["order"] = "order"
    given: tuple[tuple[str, Html], ...]
    key: tuple[Html, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShortReview:
    """The words given, "" when blank, and the words accepted."""

    kind: Literal["short"] = "short"
    given: str
    key: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberReview:
    """The number given, as typed, and the range accepted, both ends included."""

    kind: Literal["number"] = "number"
    given: str
    low: str
    high: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ReflectionReview:
    """The trainee's own words; there is no key."""

    kind: Literal["reflection"] = "reflection"
    given: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WrittenReview:
    """The trainee's own words, and what was said of them; None when nobody had to mark them."""

    kind: Literal["written"] = "written"
    given: str
    rated: RatedAnswer | None


Detail = (
    ChoiceReview
    | MatchReview
    | OrderReview
    | ShortReview
    | NumberReview
    | ReflectionReview
    | WrittenReview
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """One question looked at again; ``earned`` is in points, exact."""

    id: str
    number: int
    prompt: Html
    vignette: Html
    outcome: Outcome
    blank: bool
    critical_missed: bool
    earned: Fraction
    points: int
    detail: Detail
    explanation: Html | None


def review(
    item: Item,
    answer: Answer,
    *,
    number: int,
    credit: Fraction | None,
    missed: bool,
    rated: RatedAnswer | None = None,
    key: bool = True,
) -> Review:
    """Lay a question open. ``credit`` None means that the question is not graded.

    Without the ``key`` only the answer is spoken of: what else would have been right, what is said
    about choices not made, and the explanation stay out.
    """
    question = item.question
    points = 0 if credit is None else question.points
    return Review(
        id=question.id,
        number=number,
        prompt=question.prompt,
        vignette=question.vignette,
        outcome=_outcome(credit, rated),
        blank=not any(answer),
        critical_missed=missed,
        earned=(credit or Fraction(0)) * points,
        points=points,
        detail=_detail(item, answer, rated, key=key),
        explanation=question.explanation if key else None,
    )


def _outcome(credit: Fraction | None, rated: RatedAnswer | None) -> Outcome:
    if rated is not None:
        return "met" if rated.met else "not-yet"
    if credit is None:
        return "ungraded"
    if credit == 1:
        return "right"
    return "partly" if credit else "wrong"


def _detail(item: Item, answer: Answer, rated: RatedAnswer | None, *, key: bool) -> Detail:
    question = item.question
    words = answer[0] if answer else ""
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            picks = given.picked(item, answer)
            shown = [(index, question.choices[index]) for index in item.order]
            return ChoiceReview(
                choices=tuple(
                    ReviewedChoice(
                        text=choice.text,
                        chosen=index in picks,
                        right=choice.right and (key or index in picks),
                        feedback=choice.feedback if key or index in picks else None,
                    )
                    for index, choice in shown
                )
            )
        case Matching():
            picks = given.picked(item, answer) or (None,) * len(question.pairs)
            chosen_rights = [None if at is None else question.pairs[at].right for at in picks]
            return MatchReview(
                pairs=tuple(
                    ReviewedPair(
                        left=pair.left,
                        given=chosen,
                        right=chosen == pair.right,
                        key=pair.right if key else None,
                    )
                    for pair, chosen in zip(question.pairs, chosen_rights, strict=True)
                )
            )
        case Ordering():
            return _ordering(question, item.order, answer, key=key)
        case ShortAnswer():
            return ShortReview(given=words, key=question.accepted if key else ())
        case NumberAnswer():
            low, high = (question.low, question.high) if key else ("", "")
            return NumberReview(given=words, low=low, high=high)
        case Reflection():
            return ReflectionReview(given=words)
        case Written():
            return WrittenReview(given=words, rated=rated)
        case _:
            assert_never(question)


def _ordering(
    question: Ordering, order: tuple[int, ...], answer: Answer, *, key: bool
) -> OrderReview:
    ranks = answer or ("",) * len(order)
    shown = [question.items[index] for index in order]
    # What was left without a rank comes last.
    ranked = sorted(
        zip(ranks, shown, strict=True), key=lambda line: int(line[0]) if line[0] else len(order) + 1
    )
    return OrderReview(given=tuple(ranked), key=question.items if key else ())
