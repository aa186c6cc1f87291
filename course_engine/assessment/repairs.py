"""Repairing a wrong key: what a graded paper earns once a question is corrected."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from course_engine.assessment import grading, marking
from course_engine.assessment.answers import BLANK, Answer, Answers
from course_engine.assessment.grading import Grade, Mark
from course_engine.assessment.papers import Item, Paper
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import (
    Choice,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    QuestionField,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)

Kind = Literal["accept-any", "drop-question", "re-key"]
Rule = Literal["nobody-loses", "by-the-new-key"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Repair:
    """One question put right.

    - ``accept-any``: whatever was answered earns everything, a blank included;
    - ``drop-question``: the paper is graded as if the question had not been on it;
    - ``re-key``: answers earn what they earn by ``key``, the same question with its key corrected.

    ``question`` is the question with its wrong key. A repair touches papers of every edition that
    asked the same in the same words.
    """

    kind: Kind
    question: QuestionField
    key: QuestionField | None = None


class NotTheSame(ValueError):
    """A corrected key belongs to a question that asks something else."""


def check(repair: Repair) -> None:
    """Make sure that a new key can stand in the place of the old one. Raises NotTheSame."""
    if (repair.kind == "re-key") != (repair.key is not None):
        raise NotTheSame(repair.question.id)
    if repair.key is not None and asked(repair.key) != asked(repair.question):
        raise NotTheSame(repair.question.id)


def asked(question: Question) -> Question:
    """Return a question without its key and everything else that nobody sees before the end.

    Two editions ask the same when these are equal. What may be chosen is compared in the order in
    which it is written, but for matching and ordering, where that order is the key.
    """
    bare: dict[str, Any] = {
        "id": "", "explanation": None, "competencies": (), "critical": False, "points": 1,
        "source": "", "line": 0, "level": None,
    }  # fmt: skip
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            bare["choices"] = tuple(
                Choice(text=choice.text, right=False) for choice in question.choices
            )
        case Matching():
            rights = sorted(pair.right for pair in question.pairs)
            bare["pairs"] = tuple(
                replace(pair, right=right)
                for pair, right in zip(question.pairs, rights, strict=True)
            )
        case Ordering():
            bare["items"] = tuple(sorted(question.items))
        case ShortAnswer():
            bare["accepted"] = ()
        case NumberAnswer():
            bare["low"] = bare["high"] = "0"
        case _:
            pass
    return replace(question, **bare)


def touches(repair: Repair, paper: Paper) -> bool:
    """Say whether a paper asked the question of a repair, in the same words."""
    return any(
        item.question.id == repair.question.id and _fits(repair, item) for item in paper.items
    )


def regrade(
    grade: Grade, paper: Paper, answers: Answers, policy: Policy, repairs: Iterable[Repair]
) -> Grade:
    """Return what a grade comes to with these repairs; every other mark stays as it was given."""
    marks = {mark.question: mark for mark in grade.marks}
    missed = dict.fromkeys(grade.critical_missed)
    items = {item.question.id: item for item in paper.items}
    touched = False
    for repair in repairs:
        item = items.get(repair.question.id)
        mark = marks.get(repair.question.id)
        if item is None or mark is None or not _fits(repair, item):
            continue
        touched = True
        credit = _credit(repair, item, answers.get(item.question.id, BLANK))
        missed.pop(item.question.id, None)
        if credit is None:
            del marks[item.question.id]
            continue
        marks[item.question.id] = replace(mark, credit=credit)
        if credit != 1 and marking.critical(_keyed(item, repair)):
            missed[item.question.id] = None
    return _summed(marks.values(), missed, policy) if touched else grade


def nobody_loses(before: Grade, after: Grade) -> Grade:
    """Return the better of two grades: the one that passes, and of two alike the higher one."""
    return max(before, after, key=lambda grade: (grade.passed, grade.percent))


def by_the_new_key(_before: Grade, after: Grade) -> Grade:
    """Return the corrected grade, also where it is lower."""
    return after


Choosing = Callable[[Grade, Grade], Grade]
"""Which of two grades stands: the one there was, or the corrected one."""

CHOOSING: Mapping[Rule, Choosing] = {
    "nobody-loses": nobody_loses,
    "by-the-new-key": by_the_new_key,
}


def corrected(paper: Paper, repairs: Iterable[Repair]) -> Paper:
    """Return a paper with the corrected keys, for showing what was right."""
    keyed = {repair.question.id: repair for repair in repairs if repair.kind == "re-key"}
    return replace(
        paper,
        items=tuple(
            _keyed(item, repair)
            if (repair := keyed.get(item.question.id)) and _fits(repair, item)
            else item
            for item in paper.items
        ),
    )


def to_document(question: Question) -> dict[str, Any]:
    """Return a question as it is stored with its repair."""
    document: dict[str, Any] = _adapter().dump_python(question, mode="json")
    return document


def from_document(document: dict[str, Any]) -> Question:
    """Read a stored question back."""
    return _adapter().validate_python(document)


@cache
def _adapter() -> TypeAdapter[Question]:
    """Work out how a question is written and read: with the first one, few sites ever need it."""
    return TypeAdapter(QuestionField)


def _fits(repair: Repair, item: Item) -> bool:
    return asked(item.question) == asked(repair.question)


def _credit(repair: Repair, item: Item, answer: Answer) -> Fraction | None:
    match repair.kind:
        case "accept-any":
            return marking.ALL
        case "drop-question":
            return None
        case "re-key":
            return marking.credit(_keyed(item, repair), answer)


def _keyed(item: Item, repair: Repair) -> Item:
    """Lay the corrected question out as the page had laid out the old one."""
    old, new = item.question, repair.key
    if new is None:
        return item
    new = replace(new, id=old.id)
    order = item.order
    if isinstance(old, Ordering) and isinstance(new, Ordering):
        order = tuple(new.items.index(old.items[index]) for index in order)
    elif isinstance(old, Matching) and isinstance(new, Matching):
        rights = [pair.right for pair in new.pairs]
        order = tuple(rights.index(old.pairs[index].right) for index in order)
    return Item(question=new, order=order)


def _summed(marks: Iterable[Mark], missed: Iterable[str], policy: Policy) -> Grade:
    kept, critical = tuple(marks), tuple(missed)
    percent = grading.percent_of(kept)
    return Grade(
        percent=percent,
        passed=percent >= policy.pass_mark and not critical,
        critical_missed=critical,
        marks=kept,
    )
