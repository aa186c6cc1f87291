"""What a paper earns: every question marked, the sum, and whether it passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from course_engine.assessment import marking
from course_engine.assessment.answers import BLANK, Answers
from course_engine.assessment.papers import Document, Item, Paper
from course_engine.assessment.verdicts import Verdict
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Written


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """The result of one question: the share of its points that was earned, exactly."""

    question: str
    credit: Fraction
    points: int

    @property
    def right(self) -> bool:
        """Whether the question was answered wholly right."""
        return self.credit == 1

    @property
    def earned(self) -> Fraction:
        """Points earned."""
        return self.credit * self.points


@dataclass(frozen=True, kw_only=True, slots=True)
class Grade:
    """The result of one paper. ``critical_missed`` holds ids; reflections have no mark."""

    percent: int
    passed: bool
    critical_missed: tuple[str, ...]
    marks: tuple[Mark, ...]

    @property
    def earned(self) -> Fraction:
        """Points earned in all."""
        return sum((mark.earned for mark in self.marks), Fraction(0))

    @property
    def possible(self) -> int:
        """Points that could be earned in all."""
        return sum(mark.points for mark in self.marks)


Marked = Mapping[str, Verdict]
"""What people's ratings came to, by the id of the question."""

NOBODY: Marked = {}


def waiting(paper: Paper, answers: Answers, marked: Marked = NOBODY) -> tuple[Item, ...]:
    """Return what people have yet to mark: written questions that are answered, in paper order."""
    return tuple(
        item
        for item in paper.items
        if isinstance(item.question, Written)
        and item.question.id not in marked
        and any(answers.get(item.question.id, BLANK))
    )


def grade(paper: Paper, answers: Answers, policy: Policy, *, marked: Marked = NOBODY) -> Grade:
    """Mark every question on the paper; a question left blank is wrong.

    The percent is rounded down, so 79.9 does not pass at 80. A critical question that is not wholly
    right keeps the paper from passing, whatever the percent. A paper with nothing to earn has 100.

    A written question earns what ``marked`` says, and nothing without. Harm that was seen in it
    counts as a critical miss; a critical one is missed unless it is met.
    """
    marks = tuple(_mark(item, answers, marked) for item in paper.items if marking.graded(item))
    right = {mark.question for mark in marks if mark.right}
    missed = tuple(item.question.id for item in paper.items if _missed(item, right, marked))
    percent = percent_of(marks)
    return Grade(
        percent=percent,
        passed=percent >= policy.pass_mark and not missed,
        critical_missed=missed,
        marks=marks,
    )


def percent_of(marks: Sequence[Mark]) -> int:
    """Return the whole percent that these marks make, rounded down."""
    possible = sum(mark.points for mark in marks)
    # Whole numbers over one denominator are as exact as fractions, and are added up more quickly.
    parts = lcm(*(mark.credit.denominator for mark in marks))
    earned = sum(
        mark.points * mark.credit.numerator * (parts // mark.credit.denominator) for mark in marks
    )
    return 100 * earned // (possible * parts) if possible else 100


def to_document(grade: Grade) -> Document:
    """Return what is stored: exact, with shares written as fractions."""
    return {
        "percent": grade.percent,
        "passed": grade.passed,
        "critical_missed": list(grade.critical_missed),
        "marks": [[mark.question, str(mark.credit), mark.points] for mark in grade.marks],
    }


def from_document(document: Document) -> Grade:
    """Read a stored grade back, as it was on the day: nothing is marked again."""
    return Grade(
        percent=document["percent"],
        passed=document["passed"],
        critical_missed=tuple(document["critical_missed"]),
        marks=tuple(
            Mark(question=question, credit=Fraction(credit), points=points)
            for question, credit, points in document["marks"]
        ),
    )


def _missed(item: Item, right: set[str], marked: Marked) -> bool:
    name = item.question.id
    if isinstance(item.question, Written):
        verdict = marked.get(name)
        harm = verdict is not None and bool(verdict.critical)
        return harm or (item.question.critical and not (verdict and verdict.met))
    return marking.critical(item) and name not in right


def _mark(item: Item, answers: Answers, marked: Marked) -> Mark:
    question = item.question
    verdict = marked.get(question.id)
    if verdict is not None:
        return Mark(question=question.id, credit=verdict.credit, points=question.points)
    credit = marking.credit(item, answers.get(question.id, BLANK))
    return Mark(question=question.id, credit=credit, points=question.points)
