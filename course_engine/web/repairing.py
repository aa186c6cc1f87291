"""Repairing a wrong key: what it would change, changing it, and taking it back."""

from collections.abc import Iterator
from datetime import datetime

from course_engine.assessment import grading, papers
from course_engine.assessment import repairs as core
from course_engine.assessment.papers import Paper
from course_engine.curriculum.questions import Question
from course_engine.errors import N_, Missing, Refused
from course_engine.records import enrollments, journal, regrades, repairs
from course_engine.records.attempts import Sitting
from course_engine.records.regrades import Regraded
from course_engine.records.repairs import KeptRepair
from course_engine.web import catalog, issuing, outlooks
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.outlooks import Wanted

AT_ONCE = 20


class LookAgain(Refused):
    """What a repair would change is not any more what was looked at."""

    explanation = N_(
        "Something has changed since you looked: more papers were handed in, or graded. "
        "Nothing was repaired. Look at the changes again."
    )


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

    (1 statement, 2 where the quiz was ever repaired)
    """
    kept = repairs.of_quiz(db.session, sitting.course_slug, sitting.quiz)
    if not kept:
        return paper, None
    moments = [
        one.at
        for one in regrades.of_attempt(db.session, sitting.id)
        if one.cause in {"repaired", "reversed"}
    ]
    standing = [one.repair for one in kept if one.reversed_at is None]
    return core.corrected(paper, standing), moments[-1] if moments else None


def apply(wanted: Wanted, *, looked_at: str, reason: str, actor_id: int) -> int:
    """Replace every grade that a repair changes, in one transaction, and return the repair's id.

    ``looked_at`` is the fingerprint of the outlook that somebody agreed to. Certificates that
    become due are given by the clerk.

    :raises LookAgain: by now the repair would change something else.
    """
    moment = now()
    if outlooks.look(wanted, hold=True).fingerprint != looked_at:
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
            issuing.issue_where_due(enrollments.for_staff(db.session, enrollment_id))
    db.session.rollback()
    repairs.settle(db.session, kept.id, now=now())
    db.session.commit()
    return True


def _wanted(kept: KeptRepair) -> Wanted:
    return Wanted(course_slug=kept.course_slug, quiz=kept.quiz, repair=kept.repair, rule=kept.rule)


def _regrade(wanted: Wanted, repair_id: int, *, actor_id: int) -> int:
    count = 0
    for batch in outlooks.changes(wanted, hold=True):
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
