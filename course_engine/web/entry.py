"""Whether somebody may start a quiz now, by its rules as they are for them today."""

from dataclasses import dataclass
from datetime import datetime

from flask import current_app

from course_engine.assessment import accommodations as easing
from course_engine.assessment import attempt_rules
from course_engine.assessment.accommodations import Rules
from course_engine.assessment.attempt_rules import PriorAttempt, ReadAgain, Start, Window
from course_engine.curriculum.course import Exam, Quiz
from course_engine.records import accommodations, journal, openings, results
from course_engine.records.enrollments import Enrollment
from course_engine.records.results import Attempt
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.site import Site
from course_engine.web.study import Study


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """The rules for one person, and what they come to now; ``limit`` None means none."""

    rules: Rules
    window: Window
    ruling: Start
    limit: int | None


def entry(
    enrollment: Enrollment, asked: Quiz | Exam, sat: tuple[Attempt, ...], moment: datetime
) -> Entry:
    """Ask the rules whether an attempt may start (1 statement, up to 3 when all are used)."""
    zone = site().zone
    day = moment.astimezone(zone).date()
    granted = accommodations.in_force(db.session, enrollment.person_id, day)
    rules = easing.rules(asked.policy, granted, day)
    window = attempt_rules.window(rules.policy, zone)
    opened, reread = _beyond(enrollment, asked, sat, rules)
    ruling = attempt_rules.may_start(
        policy=rules.policy,
        attempts=prior(sat),
        now=moment,
        window=window,
        opened=opened,
        reread=reread,
    )
    limit = attempt_rules.limit_of(rules.policy, opened)
    return Entry(rules=rules, window=window, ruling=ruling, limit=limit)


def prior(sat: tuple[Attempt, ...]) -> list[PriorAttempt]:
    """Return what the rules need to know of these attempts."""
    return [
        PriorAttempt(
            number=one.number,
            submitted_at=one.submitted_at,
            passed=bool(one.passed),
            being_read=one.state == "marking",
        )
        for one in sat
    ]


def to_reread(mine: Study, lesson: str) -> bool:
    """Say whether a lesson that is done is to be done again (no statement where no rule asks)."""
    return bool(_waiting_for(mine, lesson, now()))


def note_reread(mine: Study, lesson: str) -> None:
    """Note that a lesson was done again, and open the next round of attempts with the last one."""
    moment = now()
    for asked, rules, latest in _waiting_for(mine, lesson, moment):
        opened = openings.read_again(
            db.session,
            mine.enrollment.id,
            asked.slug,
            lesson,
            after=latest.id,
            wanted=rules.policy.retrain,
            number=rules.policy.attempts or 0,
            now=moment,
        )
        if opened:
            journal.write(
                db.session,
                action="attempts.opened-by-reading",
                subject=("enrollment", mine.enrollment.id),
                actor_id=mine.enrollment.person_id,
                now=moment,
                details={"quiz": asked.slug},
            )


def site() -> Site:
    """Return whose site this is, and where it stands in time."""
    found: Site = current_app.extensions["site"]
    return found


def _beyond(
    enrollment: Enrollment, asked: Quiz | Exam, sat: tuple[Attempt, ...], rules: Rules
) -> tuple[int, frozenset[str]]:
    """Return the attempts opened and the lessons read again; asked only when all are used."""
    limit = rules.policy.attempts
    if limit is None or len(sat) < limit:
        return 0, frozenset()
    opened = openings.count(db.session, enrollment.id, asked.slug)
    if not rules.policy.retrain or len(sat) < limit + opened:
        return opened, frozenset()
    return opened, openings.reread(db.session, sat[-1].id)


def _waiting_for(
    mine: Study, lesson: str, moment: datetime
) -> list[tuple[Quiz | Exam, Rules, Attempt]]:
    """Return the quizzes whose next round waits for this lesson, with the attempt before it."""
    found = []
    for asked in mine.course.quizzes:
        if lesson not in asked.policy.retrain:
            continue
        sat = results.of_enrollment(db.session, mine.enrollment.id, asked.slug)
        known = entry(mine.enrollment, asked, sat, moment)
        again = attempt_rules.may_start(
            policy=known.rules.policy,
            attempts=prior(sat),
            now=moment,
            opened=(known.limit or 0) - (known.rules.policy.attempts or 0),
            reread=openings.reread(db.session, sat[-1].id) if sat else (),
        )
        if isinstance(again, ReadAgain) and lesson in again.lessons:
            found.append((asked, known.rules, sat[-1]))
    return found
