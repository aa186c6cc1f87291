"""The kinds of question: each makes a value of what stands under the heading, or says why not."""

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from course_engine.curriculum import markup
from course_engine.curriculum.answer_lines import Answers, Family, Item
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.frontmatter import did_you_mean
from course_engine.curriculum.question_heads import Head
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
    Scope,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)
from course_engine.curriculum.reading import Line, trimmed
from course_engine.curriculum.scanning import coded

_NUMBER = r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,10})?"
_EXACT = re.compile(rf"({_NUMBER})")
_RANGE = re.compile(rf"({_NUMBER}) *\.\. *({_NUMBER})")
_WITHIN = re.compile(rf"({_NUMBER}) *± *({_NUMBER})")
_MOST_ITEMS = 30

Kind = Callable[[Head, Answers, Draft, dict[str, Any]], Question | None]


def reflection(
    _: Head,
    answers: Answers,
    draft: Draft,
    asked: dict[str, Any],
) -> Question:
    """Read words of the trainee's own: nothing to choose."""
    if answers.family is not None:
        message = "a reflection has no answers. Take them out, or take out .reflection."
        draft.report.problem(answers.items[0].opening.place, "answers-here", message)
    return Reflection(**asked)


def scope(head: Head, answers: Answers, draft: Draft, asked: dict[str, Any]) -> Question | None:
    """Read one of four judgements; labels left out are added, in their fixed order."""
    if answers.family not in {"choice", None}:
        message = "a scope question is answered with - ( ) lines: IN, ADAPT, REDIRECT, NOW."
        draft.report.problem(answers.items[0].opening.place, "bad-scope", message)
        return None
    _one_right(head, answers, draft)
    given: dict[Scope, Choice] = {}
    for item in answers.items:
        word = " ".join(line.text.strip() for line in item.text).strip()
        if word not in Scope.__members__:
            hint = did_you_mean(word.upper(), Scope.__members__)
            message = f'"{word[:40]}" is not a scope judgement. {hint}'
            draft.report.problem(item.text[0].place, "bad-scope", message)
        elif Scope(word) in given:
            message = f"{word} stands here twice. Keep one."
            draft.report.problem(item.opening.place, "choice-twice", message)
        else:
            given[Scope(word)] = _choice(item, draft)
    all_four = [given.get(label, Choice(text=Html(label.value), right=False)) for label in Scope]
    return ScopeQuestion(**asked, choices=(all_four[0], all_four[1], all_four[2], all_four[3]))


def single(head: Head, answers: Answers, draft: Draft, asked: dict[str, Any]) -> Question:
    """Read exactly one right choice."""
    _one_right(head, answers, draft)
    choices = tuple(_choice(item, draft) for item in answers.items)
    _enough(head, [choice.text for choice in choices], answers, draft, "choice")
    return SingleChoice(**asked, choices=choices)


def multiple(head: Head, answers: Answers, draft: Draft, asked: dict[str, Any]) -> Question:
    """Read one or more right choices."""
    if not any(item.marked for item in answers.items):
        message = "no choice is marked right. Put [x] before each that is."
        draft.report.problem(answers.items[0].opening.place, "no-right-choice", message)
    choices = tuple(_choice(item, draft) for item in answers.items)
    _enough(head, [choice.text for choice in choices], answers, draft, "choice")
    return MultipleChoice(**asked, choices=choices)


def matching(head: Head, answers: Answers, draft: Draft, asked: dict[str, Any]) -> Question:
    """Read left items that belong to right ones."""
    _no_feedback(answers, draft)
    pairs = []
    for item in answers.items:
        left, right = _halves(item)
        if not left or not right:
            message = "one side of the pair is empty. Write - left => right."
            draft.report.problem(item.opening.place, "half-pair", message)
        pairs.append(Pair(left=markup.inline(left, draft), right=markup.inline(right, draft)))
    _enough(head, [pair.left for pair in pairs], answers, draft, "pair")
    return Matching(**asked, pairs=tuple(pairs))


def ordering(head: Head, answers: Answers, draft: Draft, asked: dict[str, Any]) -> Question:
    """Read steps, written in the right order."""
    _no_feedback(answers, draft)
    items = tuple(_words(item, draft) for item in answers.items)
    _enough(head, items, answers, draft, "step")
    return Ordering(**asked, items=items)


def written(
    _: Head,
    answers: Answers,
    draft: Draft,
    asked: dict[str, Any],
) -> Question:
    """Read a short answer, or a number when the only line is one."""
    _no_feedback(answers, draft)
    accepted = []
    for item in answers.items:
        text = " ".join(" ".join(line.text for line in item.text).split())
        if not text:
            message = "the accepted answer is empty. Write it after the equals sign."
            draft.report.problem(item.opening.place, "empty-answer", message)
        accepted.append(text)
    numbers = [_range(text) for text in accepted]
    if len(accepted) == 1 and (only := numbers[0]):
        low, high = only
        if low > high:
            message = "the range is empty. Write the smaller number first."
            draft.report.problem(answers.items[0].text[0].place, "empty-range", message)
        return NumberAnswer(**asked, low=f"{low:f}", high=f"{high:f}")
    if len(accepted) > 1 and all(numbers):
        message = "a number has one line. Write a range such as = 40..60."
        draft.report.problem(answers.items[1].opening.place, "two-numbers", message)
    return ShortAnswer(**asked, accepted=tuple(dict.fromkeys(accepted)))


def _range(text: str) -> tuple[Decimal, Decimal] | None:
    if exact := _EXACT.fullmatch(text):
        return Decimal(exact[1]), Decimal(exact[1])
    if span := _RANGE.fullmatch(text):
        return Decimal(span[1]), Decimal(span[2])
    if within := _WITHIN.fullmatch(text):
        middle, margin = Decimal(within[1]), Decimal(within[2])
        return middle - margin, middle + margin
    return None


def _halves(item: Item) -> tuple[list[Line], list[Line]]:
    first, *rest = item.text
    arrow = re.search(r"\s=>(?:\s|$)", first.text)
    if arrow is None:
        return [], []
    left = Line(text=first.text[: arrow.start()], number=first.number, column=first.column)
    right = first.after(arrow.end())
    return (
        [] if left.blank else [left],
        [line for line in (right, *rest) if not line.blank],
    )


def _each(
    answers: Answers, draft: Draft, read_one: Callable[[Item, Draft], Any]
) -> tuple[Any, ...]:
    return tuple(read_one(item, draft) for item in answers.items)


def _choice(item: Item, draft: Draft) -> Choice:
    feedback = trimmed(item.feedback)
    return Choice(
        text=_words(item, draft),
        right=item.marked,
        feedback=markup.blocks(feedback, draft) if feedback else None,
    )


def _words(item: Item, draft: Draft) -> Html:
    """Render an item: inside its line while it is one paragraph, as blocks when it is more."""
    lines = trimmed(item.text)
    if not lines:
        message = "there is nothing to choose here. Write words after the mark."
        draft.report.problem(item.opening.place, "empty-answer", message)
        return Html("")
    if any(line.blank for line in lines) or coded(lines):
        return markup.blocks(lines, draft)
    return markup.inline(lines, draft)


def _one_right(head: Head, answers: Answers, draft: Draft) -> None:
    marked = [item for item in answers.items if item.marked]
    if not marked:
        place = answers.items[0].opening.place if answers.items else head.place
        message = "no choice is marked right. Put (x) before exactly one."
        draft.report.problem(place, "no-right-choice", message)
    for extra in marked[1:]:
        message = "more than one choice is marked right. Put (x) before exactly one, or use [x]."
        draft.report.problem(extra.opening.place, "two-right-choices", message)


def _no_feedback(answers: Answers, draft: Draft) -> None:
    for item in answers.items:
        if item.feedback:
            message = "feedback belongs to choices only. Write a quote after all answers."
            draft.report.problem(item.feedback[0].place, "feedback-here", message)


def _enough(head: Head, shown: Sequence[Html], answers: Answers, draft: Draft, name: str) -> None:
    if len(shown) == 1:
        message = f"there is only one {name}. Write at least two."
        draft.report.problem(head.place, "too-few-answers", message)
    if len(shown) > _MOST_ITEMS:
        message = f"there are {len(shown)} answers. Write at most {_MOST_ITEMS}."
        draft.report.problem(head.place, "too-many-answers", message)
    seen: set[str] = set()
    for words, item in zip(shown, answers.items, strict=True):
        if words and words in seen:
            message = f"this {name} stands here twice. Change one."
            draft.report.problem(item.opening.place, "choice-twice", message)
        seen.add(words)


BY_FAMILY: dict[Family, Kind] = {
    "choice": single,
    "tick": multiple,
    "pair": matching,
    "step": ordering,
    "accepted": written,
}
"""How a question is read whose heading does not say it."""
