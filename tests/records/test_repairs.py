"""Repairs as they are stored: grades replaced at once, kept as they were, and put back."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from course_engine.assessment.repairs import Repair
from course_engine.records import attempts, drafts, handing_in, regrades, repairs
from course_engine.records.regrades import Regraded
from course_engine.records.repairs import AlreadyReversed
from tests import builders
from tests.records import site as sites
from tests.records.site import NOW, Site

QUIZ = "one"
QUESTION = builders.single("single")


def graded(site: Site, session: Session) -> int:
    """Let Rosa hand in an attempt with one answer, which makes 20 percent."""
    enrollment = site.enroll(session, site.rosa)
    attempt = sites.start(session, enrollment)
    answers = {"single": ("1",)}
    drafts.save(session, attempt.id, answers, for_person=site.rosa.id, now=NOW)
    handing_in.hand_in(
        session, attempt.id, for_person=site.rosa.id, grade=sites.grade_by_count, now=NOW
    )
    return attempt.id


def add(site: Site, session: Session) -> int:
    return repairs.add(
        session,
        sites.COURSE.slug,
        QUIZ,
        Repair(kind="accept-any", question=QUESTION),
        rule="nobody-loses",
        reason="Two were right",
        actor_id=site.coordinator.id,
        now=NOW,
    )


def test_a_repair_is_in_force_until_it_is_taken_back(site: Site, session: Session) -> None:
    number = add(site, session)
    assert [one.kind for one in repairs.in_force(session, sites.COURSE.slug, QUIZ)] == [
        "accept-any"
    ]
    repairs.reverse(session, number, actor_id=site.coordinator.id, now=NOW)
    assert repairs.in_force(session, sites.COURSE.slug, QUIZ) == ()
    with pytest.raises(AlreadyReversed):
        repairs.reverse(session, number, actor_id=site.coordinator.id, now=NOW)


def test_a_replaced_grade_keeps_what_it_was(site: Site, session: Session) -> None:
    attempt, number = graded(site, session), add(site, session)
    (paper,) = [
        paper
        for batch in regrades.graded_papers(session, sites.COURSE.slug, QUIZ, "single", hold=True)
        for paper in batch
    ]
    assert paper.attempt_id == attempt
    assert regrades.answers_to(session, [attempt], "single") == {attempt: ("1",)}
    better = dict(paper.grade) | {"percent": 100, "passed": True}
    regrades.replace_grades(
        session,
        number,
        [Regraded(attempt, paper.grade, better)],
        cause="repaired",
        actor_id=site.coordinator.id,
        now=NOW,
    )
    session.commit()
    found = attempts.find(session, attempt, for_person=site.rosa.id)
    assert (found.percent, found.passed, found.grade) == (100, True, better)
    (kept,) = regrades.replaced_by(session, number)
    assert kept.before["percent"] == 20
    assert regrades.now_passing(session, number, after=0, most=5) == (found.enrollment_id,)
    (change,) = regrades.of_attempt(session, attempt)
    assert change.cause == "repaired"


def test_a_paper_without_the_question_is_not_read(site: Site, session: Session) -> None:
    graded(site, session)
    batches = regrades.graded_papers(session, sites.COURSE.slug, QUIZ, "singl", hold=False)
    assert [paper for batch in batches for paper in batch] == []


def test_the_database_refuses_to_change_a_repair(site: Site, session: Session) -> None:
    add(site, session)
    session.commit()
    with pytest.raises(DatabaseError, match="never"):
        session.execute(text("UPDATE repair SET reason = 'another'"))
    session.rollback()
    with pytest.raises(DatabaseError, match="never"):
        session.execute(text("DELETE FROM repair"))
