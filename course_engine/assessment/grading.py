"""What a paper earns: every question marked, the sum, and whether it passes."""

from dataclasses import dataclass
from fractions import Fraction

from course_engine.assessment import marking
from course_engine.assessment.answers import BLANK, Answers
from course_engine.assessment.papers import Document, Item, Paper
from course_engine.curriculum.course import Policy


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


def grade(paper: Paper, answers: Answers, policy: Policy) -> Grade:
    """Mark every question on the paper; a question left blank is wrong.

    The percent is rounded down, so 79.9 does not pass at 80. A critical question that is not wholly
    right keeps the paper from passing, whatever the percent. A paper with nothing to earn has 100.
    """
    marks = tuple(_mark(item, answers) for item in paper.items if marking.graded(item))
    right = {mark.question for mark in marks if mark.right}
    missed = tuple(
        item.question.id
        for item in paper.items
        if marking.critical(item) and item.question.id not in right
    )
    percent = percent_of(marks)
    return Grade(
        percent=percent,
        passed=percent >= policy.pass_mark and not missed,
        critical_missed=missed,
        marks=marks,
    )


def percent_of(marks: tuple[Mark, ...]) -> int:
    """Return the whole percent that these marks make, rounded down."""
    possible = sum(mark.points for mark in marks)
    earned = sum((mark.earned for mark in marks), Fraction(0))
    return int(100 * earned // possible) if possible else 100


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


def _mark(item: Item, answers: Answers) -> Mark:
    question = item.question
    credit = marking.credit(item, answers.get(question.id, BLANK))
    return Mark(question=question.id, credit=credit, points=question.points)
