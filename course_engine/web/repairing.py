"""Repairing a wrong key: what it would change, changing it, and taking it back."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from course_engine.assessment import grading, papers
from course_engine.assessment import repairs as core
from course_engine.assessment.grading import Grade
from course_engine.assessment.papers import Paper, PaperUnreadable
from course_engine.assessment.repairs import Repair, Rule
from course_engine.curriculum.course import Policy
from course_engine.curriculum.questions import Question
from course_engine.errors import N_, Missing, Refused
from course_engine.records import enrollments, journal, regrades, repairs
from course_engine.records.attempts import Sitting
from course_engine.records.regrades import GradedPaper, Regraded
from course_engine.records.repairs import KeptRepair
from course_engine.web import catalog, issuing
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.study import Study

SHOWN = 100
AT_ONCE = 20


class LookAgain(Refused):
    """What a repair would change is not any more what was looked at."""

    explanation = N_(
        "Something has changed since you looked: more papers were handed in, or graded. "
        "Nothing was repaired. Look at the changes again."
    )


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


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A repair that somebody is thinking of."""

    course_slug: str
    quiz: str
    repair: Repair
    rule: Rule = "nobody-loses"


def question(course_slug: str, quiz: str, question_id: str) -> Question:
    """Return a question as it stands in the edition that is served.

    :raises Missing: there is none of that name.
    """
    for one in catalog.course(course_slug).quizzes:
        if one.slug == quiz and question_id in (known := papers.questions_by_id(one)):
            return known[question_id]
    raise Missing


def shown(sitting: Sitting, paper: Paper) -> tuple[Paper, datetime | None]:
    """Return a graded paper with the keys by which it stands, and when it was repaired, if ever.

    (2 statements)
    """
    standing = repairs.in_force(db.session, sitting.course_slug, sitting.quiz)
    moments = [
        one.at
        for one in regrades.of_attempt(db.session, sitting.id)
        if one.cause in {"repaired", "reversed"}
    ]
    return core.corrected(paper, standing), moments[-1] if moments else None


def look(wanted: Wanted, *, hold: bool = False) -> Outlook:
    """Work out what a repair would change, and change nothing."""
    outlook, seen = Outlook(), hashlib.sha256()
    for found in _changes(wanted, hold=hold):
        outlook.asked += found.asked
        for change in found.changes:
            _sum_up(outlook, change)
            stands = (change.attempt_id, grading.to_document(change.after))
            seen.update(json.dumps(stands).encode())
    outlook.fingerprint = seen.hexdigest()
    return outlook


def apply(wanted: Wanted, *, looked_at: str, reason: str, actor_id: int) -> int:
    """Replace every grade that a repair changes, in one transaction, and return the repair's id.

    ``looked_at`` is the fingerprint of the outlook that somebody agreed to. Certificates that
    become due are given by the clerk.

    :raises LookAgain: by now the repair would change something else.
    """
    moment = now()
    if look(wanted, hold=True).fingerprint != looked_at:
        db.session.rollback()
        raise LookAgain
    repair_id = repairs.add(
        db.session,
        wanted.course_slug,
        wanted.quiz,
        wanted.repair,
        rule=wanted.rule,
        reason=reason,
        actor_id=actor_id,
        now=moment,
    )
    count = _regrade(wanted, repair_id, actor_id=actor_id)
    _journal("grades.repaired", repair_id, actor_id, kind=wanted.repair.kind, grades=count)
    db.session.commit()
    return repair_id


def take_back(repair_id: int, *, actor_id: int) -> int:
    """Put back the grades that a repair replaced, and say how many.

    A grade that something else has replaced since stays; other repairs of the same question count
    again. Certificates that the repair led to stay in force: whether they may, a coordinator
    decides for each.

    :raises AlreadyReversed: it was taken back before.
    """
    kept = repairs.find(db.session, repair_id)
    repairs.reverse(db.session, repair_id, actor_id=actor_id, now=now())
    put_back = [
        Regraded(attempt_id=one.attempt_id, before=one.after, after=one.before)
        for one in regrades.replaced_by(db.session, repair_id)
    ]
    regrades.replace_grades(
        db.session, repair_id, put_back, cause="reversed", actor_id=actor_id, now=now()
    )
    for other in repairs.standing(db.session, kept.course_slug, kept.quiz):
        if other.repair.question.id == kept.repair.question.id:
            _regrade(_wanted(other), other.id, actor_id=actor_id)
    _journal("grades.put-back", repair_id, actor_id, grades=len(put_back))
    db.session.commit()
    return len(put_back)


def settle_next() -> bool:
    """Give the certificates that a repair made due; a task of the clerk.

    Papers that were being graded while the repair was applied are waited for and caught up with
    first. Say whether there was a repair to settle.
    """
    kept = repairs.unsettled(db.session)
    if kept is None:
        return False
    if kept.reversed_at is None:
        repairs.wait_for_grading(db.session, kept.course_slug, kept.quiz)
        # Who begins to grade from now on knows of the repair, and need not wait.
        db.session.rollback()
        kept = repairs.hold(db.session, kept.id)
    # It may have been taken back while the papers were waited for.
    if kept.reversed_at is None:
        _regrade(_wanted(kept), kept.id, actor_id=kept.applied_by)
        db.session.commit()
        for enrollment_id in _now_passing(kept.id):
            enrollment = enrollments.for_staff(db.session, enrollment_id)
            course = catalog.edition(enrollment.edition_digest)
            if enrollment.withdrawn_at is None:
                issuing.issue_when_due(
                    Study(enrollment=enrollment, course=course, done=frozenset())
                )
    db.session.rollback()
    repairs.settle(db.session, kept.id, now=now())
    db.session.commit()
    return True


@dataclass(frozen=True, slots=True)
class _Batch:
    asked: int
    changes: tuple[Change, ...]
    papers: Mapping[int, GradedPaper]


def _changes(wanted: Wanted, *, hold: bool) -> Iterator[_Batch]:
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
        yield _Batch(
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


def _wanted(kept: KeptRepair) -> Wanted:
    return Wanted(course_slug=kept.course_slug, quiz=kept.quiz, repair=kept.repair, rule=kept.rule)


def _regrade(wanted: Wanted, repair_id: int, *, actor_id: int) -> int:
    count = 0
    for batch in _changes(wanted, hold=True):
        replaced = [
            Regraded(
                attempt_id=change.attempt_id,
                before=batch.papers[change.attempt_id].grade,
                after=grading.to_document(change.after),
            )
            for change in batch.changes
        ]
        regrades.replace_grades(
            db.session, repair_id, replaced, cause="repaired", actor_id=actor_id, now=now()
        )
        count += len(replaced)
    return count


def _sum_up(outlook: Outlook, change: Change) -> None:
    before, after = change.before, change.after
    better = (after.passed, after.percent, after.earned) >= (
        before.passed,
        before.percent,
        before.earned,
    )
    outlook.raised += better
    outlook.lowered += not better
    outlook.now_passing += after.passed and not before.passed
    if before.passed and not after.passed:
        outlook.failing_now += 1
        if change.serial:
            outlook.certificates_at_risk.append(change.serial)
    if len(outlook.changes) < SHOWN:
        outlook.changes.append(change)


def _now_passing(repair_id: int) -> Iterator[int]:
    after = 0
    while found := regrades.now_passing(db.session, repair_id, after=after, most=AT_ONCE):
        yield from found
        after = found[-1]


def _journal(action: str, repair_id: int, actor_id: int, **details: object) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("repair", repair_id),
        actor_id=actor_id,
        now=now(),
        details=details,
    )
