"""Answer keys that give themselves away: by length, by place, by words that are never right."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from math import sqrt

from course_engine.curriculum import plain
from course_engine.curriculum.questions import Choice, MultipleChoice, Question, SingleChoice

_FEWEST = 6
_ABSOLUTES = re.compile(
    r"\b(?:always|never|everyone|everybody|nobody|all|none|must)\b", re.IGNORECASE
)
_FEWEST_ABSOLUTES = 4
_PLACES = ("first", "second", "third", "fourth", "fifth")


def tells(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Yield a code and a message for each way in which the key of these questions shows.

    Fewer than six single choices say nothing. Chance alone makes the right choice the longest now
    and then: it is told when it happens more often than two and a half standard deviations above
    chance, and the place from three on, because every place is looked at.
    """
    single = [each for each in questions if isinstance(each, SingleChoice) and _sound(each)]
    if len(single) >= _FEWEST:
        yield from _length(single)
        yield from _place(single)
    yield from _absolutes(questions)


def _sound(question: SingleChoice) -> bool:
    return sum(choice.right for choice in question.choices) == 1


def _length(questions: Sequence[SingleChoice]) -> Iterator[tuple[str, str]]:
    measured = [
        ([len(plain.text(choice.text)) for choice in question.choices], _right(question))
        for question in questions
    ]
    for pick, name in ((max, "longest"), (min, "shortest")):
        count = 0
        for lengths, right in measured:
            end = pick(lengths)
            count += lengths[right] == end and lengths.count(end) == 1
        if count > _expected(questions, deviations=2.5):
            often = f"the right choice is the {name} in {count} of {len(questions)} questions"
            yield f"key-{name}", f"{often}, which gives it away. Change the length of some choices."


def _place(questions: Sequence[SingleChoice]) -> Iterator[tuple[str, str]]:
    places = Counter(_right(question) for question in questions)
    place, count = max(places.items(), key=lambda item: (item[1], -item[0]))
    if count > _expected(questions, deviations=3):
        name = _PLACES[place] if place < len(_PLACES) else f"number {place + 1}"
        often = f"the right choice is the {name} in {count} of {len(questions)} questions"
        yield "key-place", f"{often}, which gives it away. Move some."


def _right(question: SingleChoice) -> int:
    return next(at for at, choice in enumerate(question.choices) if choice.right)


def _expected(questions: Sequence[SingleChoice], *, deviations: float) -> float:
    """Return how often chance alone would hit the right choice, with this much room above."""
    chances = [1 / len(question.choices) for question in questions]
    return sum(chances) + deviations * sqrt(sum(chance * (1 - chance) for chance in chances))


def _absolutes(questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    choices: list[Choice] = [
        choice
        for question in questions
        if isinstance(question, SingleChoice | MultipleChoice)
        for choice in question.choices
    ]
    wrong = [each for each in choices if not each.right]
    right = [each for each in choices if each.right]
    if not right or not wrong:
        return
    in_wrong = sum(bool(_ABSOLUTES.search(plain.text(each.text))) for each in wrong)
    in_right = sum(bool(_ABSOLUTES.search(plain.text(each.text))) for each in right)
    if in_wrong >= _FEWEST_ABSOLUTES and in_wrong * len(right) > 3 * in_right * len(wrong):
        often = f"{in_wrong} wrong choices and in {in_right} right ones"
        message = f"words such as always and never stand in {often}, which gives them away."
        yield "key-absolutes", f"{message} Reword some."
