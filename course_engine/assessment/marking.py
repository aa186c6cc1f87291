"""What one answer earns: a share from nothing to everything, for each kind of question."""

from collections import Counter
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from course_engine.assessment import answers as given
from course_engine.assessment import written
from course_engine.assessment.answers import Answer, Answers
from course_engine.assessment.papers import Item, Paper
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Reflection,
    Scope,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)

NOTHING, HALF, ALL = Fraction(0), Fraction(1, 2), Fraction(1)


def credit(item: Item, answer: Answer) -> Fraction:
    """Return the share of the question's points that the answer earns, from 0 to 1.

    A question left blank earns nothing; so does a stored answer that no longer fits its question.
    What people mark earns nothing here: ``grading.grade`` is told their verdicts.
    """
    kept = given.read(item, answer)
    if not kept:
        return NOTHING
    match item.question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return _choices(item.question, item, kept)
        case Matching():
            return _matching(item.question, given.picked(item, kept))
        case Ordering():
            return _ordering(item.question, item.order, kept)
        case ShortAnswer() | NumberAnswer() | Reflection() | Written():
            return Fraction(_accepted(item.question, kept[0]))
        case _:
            assert_never(item.question)


def graded(item: Item) -> bool:
    """Say whether the question counts; a reflection is private and never does."""
    return not isinstance(item.question, Reflection)


def blanks(paper: Paper, answers: Answers) -> frozenset[str]:
    """Return the ids of questions whose blank would count; private words may be left out."""
    private = {item.question.id for item in paper.items if not graded(item)}
    return frozenset(given.unanswered(paper, answers)) - private


def critical(item: Item) -> bool:
    """Say whether the question may not be missed: marked critical, or its right answer is NOW."""
    question = item.question
    if isinstance(question, ScopeQuestion) and question.choices[list(Scope).index(Scope.NOW)].right:
        return True
    return question.critical and graded(item)


def _choices(
    question: SingleChoice | MultipleChoice | ScopeQuestion, item: Item, answer: Answer
) -> Fraction:
    key = {index for index, choice in enumerate(question.choices) if choice.right}
    chosen = {index for index in given.picked(item, answer) if index is not None}
    match question:
        case SingleChoice():
            return Fraction(chosen == key)
        case MultipleChoice():
            return _multiple(key, chosen)
        case ScopeQuestion():
            return _scope(key, chosen)
        case _:
            assert_never(question)


def _accepted(question: ShortAnswer | NumberAnswer | Reflection | Written, text: str) -> bool:
    match question:
        case ShortAnswer():
            return written.same_words(text, question.accepted)
        case NumberAnswer():
            return written.within(text, low=question.low, high=question.high)
        case Reflection() | Written():
            return False
        case _:
            assert_never(question)


def _scope(key: set[int], chosen: set[int]) -> Fraction:
    """All for the right label, half for a neighbor in the order IN, ADAPT, REDIRECT, NOW."""
    if chosen <= key:
        return ALL
    near = any(abs(right - label) == 1 for right in key for label in chosen)
    return HALF if near else NOTHING


def _multiple(key: set[int], chosen: set[int]) -> Fraction:
    """(right ones chosen - wrong ones chosen) / right ones, not below 0."""
    return max(NOTHING, Fraction(len(chosen & key) - len(chosen - key), max(len(key), 1)))


def _matching(question: Matching, picks: tuple[int | None, ...]) -> Fraction:
    """Lines matched rightly / lines. Right-hand sides are compared by their words."""
    pairs = question.pairs
    hits = sum(
        index is not None and pairs[index].right == pair.right
        for pair, index in zip(pairs, picks, strict=True)
    )
    return Fraction(hits, len(pairs))


def _ordering(question: Ordering, order: tuple[int, ...], ranks: Answer) -> Fraction:
    """Neighbors of the right order that follow each other in the answer / all such neighbors.

    One item in the wrong place therefore costs its own joints and not every place after it. A rank
    given twice places neither item, so hedging earns nothing.
    """
    once = {rank for rank, times in Counter(ranks).items() if rank and times == 1}
    placed = {
        int(rank): question.items[index]
        for index, rank in zip(order, ranks, strict=True)
        if rank in once
    }
    if tuple(placed[rank] for rank in sorted(placed)) == question.items:
        return ALL
    joints = Counter(
        (placed[rank], placed[rank + 1]) for rank in placed if rank + 1 in placed
    ) & Counter(pairwise(question.items))
    return Fraction(joints.total(), max(len(question.items) - 1, 1))
