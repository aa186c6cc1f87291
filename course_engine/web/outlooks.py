"""What a repair would do to each graded paper, and in all, for whoever decides on it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from course_engine.assessment import grading, papers
from course_engine.assessment import repairs as core
from course_engine.assessment.grading import Grade
from course_engine.assessment.papers import PaperUnreadable
from course_engine.assessment.repairs import Repair, Rule
from course_engine.curriculum.course import Policy
from course_engine.records import regrades
from course_engine.records.regrades import GradedPaper
from course_engine.web import catalog
from course_engine.web.database import db

SHOWN = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A repair that somebody is thinking of."""

    course_slug: str
    quiz: str
    repair: Repair
    rule: Rule = "nobody-loses"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What a repair would do to one graded paper."""

    attempt_id: int
    person_name: str
    number: int
    before: Grade
    after: Grade
    serial: str | None


@dataclass(kw_only=True, slots=True)
class Outlook:
    """What a repair would change in all; ``changes`` holds the first hundred."""

    asked: int = 0
    raised: int = 0
    lowered: int = 0
    now_passing: int = 0
    failing_now: int = 0
    certificates_at_risk: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    fingerprint: str = ""

    @property
    def changed(self) -> int:
        """How many grades would be replaced."""
        return self.raised + self.lowered

    def add(self, change: Change) -> None:
        """Count one more grade that would be replaced."""
        before, after = change.before, change.after
        better = (after.passed, after.percent, after.earned) >= (
            before.passed,
            before.percent,
            before.earned,
        )
        self.raised += better
        self.lowered += not better
        self.now_passing += after.passed and not before.passed
        if before.passed and not after.passed:
            self.failing_now += 1
            if change.serial:
                self.certificates_at_risk.append(change.serial)
        if len(self.changes) < SHOWN:
            self.changes.append(change)


def look(wanted: Wanted, *, hold: bool = False) -> Outlook:
    """Work out what a repair would change, and change nothing."""
    outlook, seen = Outlook(), hashlib.sha256()
    for found in changes(wanted, hold=hold):
        outlook.asked += found.asked
        for change in found.changes:
            outlook.add(change)
            stands = (change.attempt_id, grading.to_document(change.after))
            seen.update(json.dumps(stands).encode())
    outlook.fingerprint = seen.hexdigest()
    return outlook


@dataclass(frozen=True, slots=True)
class Batch:
    """Some graded papers that asked a question, and what would change on them."""

    asked: int
    changes: tuple[Change, ...]
    papers: Mapping[int, GradedPaper]


def changes(wanted: Wanted, *, hold: bool) -> Iterator[Batch]:
    """Go through the papers that a repair touches, some at a time."""
    name = wanted.repair.question.id
    for batch in regrades.graded_papers(
        db.session, wanted.course_slug, wanted.quiz, name, hold=hold
    ):
        numbers = [paper.attempt_id for paper in batch]
        given = regrades.answers_to(db.session, numbers, name)
        found = (
            _change(
                wanted, paper, {name: given[paper.attempt_id]} if paper.attempt_id in given else {}
            )
            for paper in batch
        )
        known = [change for change in found if change is not None]
        yield Batch(
            len(known),
            tuple(change for change in known if change.after != change.before),
            {paper.attempt_id: paper for paper in batch},
        )


def _change(
    wanted: Wanted, graded: GradedPaper, given: Mapping[str, tuple[str, ...]]
) -> Change | None:
    """Return what a repair does to a paper; None where the paper asked something else."""
    course = catalog.edition(graded.edition_digest)
    quiz = next((one for one in course.quizzes if one.slug == wanted.quiz), None)
    if quiz is None:
        return None
    try:
        paper = papers.from_document(dict(graded.paper), papers.questions_by_id(quiz))
    except PaperUnreadable:
        return None
    if not core.touches(wanted.repair, paper):
        return None
    before = grading.from_document(dict(graded.grade))
    regraded = core.regrade(before, paper, given, Policy(**graded.policy), (wanted.repair,))
    return Change(
        attempt_id=graded.attempt_id,
        person_name=graded.person_name,
        number=graded.number,
        before=before,
        after=core.CHOOSING[wanted.rule](before, regraded),
        serial=graded.serial,
    )
