"""Pieces and ratings on both databases: held, counted once, never changed."""

from collections.abc import Mapping, Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from course_engine.assessment import verdicts
from course_engine.assessment.verdicts import Verdict
from course_engine.errors import Missing
from course_engine.records import (
    attempts,
    completing,
    drafts,
    enrollments,
    evidence,
    handing_in,
    pieces,
    ratings,
)
from course_engine.records.attempts import AlreadySubmitted
from course_engine.records.enrollments import Enrollment
from course_engine.records.people import Person, Role
from course_engine.records.pieces import Handed, Piece, StillWaiting
from course_engine.records.ratings import AlreadySettled, Rated, Seen
from course_engine.records.results import Attempt
from tests import builders
from tests.records.site import DIGEST, NOW, Site, after, grade_by_count, grade_of, start

BEST = {"listens": 2, "asks": 2}
GOOD, WEAK = Seen(levels=BEST), Seen(levels={"listens": 0, "asks": 1})


def judge(_piece: Piece, levels: Mapping[str, int], flags: Sequence[str]) -> Verdict:
    return verdicts.judge(builders.rubric(), levels, flags)


def handed(session: Session, site: Site, *questions: str, assessors: int = 1) -> Attempt:
    """An attempt of Rosa's whose written answers wait for people."""
    attempt = start(session, site.enroll(session))
    by_people = [Handed(question=each, rubric="reply", assessors=assessors) for each in questions]
    handing_in.hand_in(
        session, attempt.id, for_person=site.rosa.id, grade=lambda *_: by_people, now=NOW
    )
    return attempt


def asked(session: Session, site: Site, enrollment: Enrollment | None = None) -> None:
    enrollment = enrollment or site.enroll(session)
    pieces.ask_for(
        session,
        "first-meeting",
        rubric="reply",
        assessors=1,
        enrollment_id=enrollment.id,
        person_id=site.rosa.id,
        edition_digest=DIGEST,
        now=NOW,
    )


def assessors(session: Session, site: Site, count: int) -> list[Person]:
    return [site.person(session, f"Assessor {n}", Role.ASSESSOR) for n in range(count)]


def rate(session: Session, piece_id: int, who: Person, seen: Seen = GOOD) -> Rated:
    return ratings.rate(session, piece_id, seen, assessor_id=who.id, judge=judge, now=after(5))


def test_an_attempt_with_written_answers_waits_without_a_grade(
    site: Site, session: Session
) -> None:
    attempt = handed(session, site, "reply")
    found = attempts.find(session, attempt.id, for_person=site.rosa.id)
    assert (found.state, found.percent, found.passed, found.grade) == ("marking", None, None, None)
    assert evidence.collect(session, found.enrollment_id).waiting == {"one"}
    with pytest.raises(AlreadySubmitted):
        drafts.save(session, attempt.id, {"reply": ("more",)}, for_person=site.rosa.id, now=NOW)


def test_handing_in_again_while_people_mark_changes_nothing(site: Site, session: Session) -> None:
    attempt = handed(session, site, "reply")
    again = handing_in.hand_in(
        session, attempt.id, for_person=site.rosa.id, grade=grade_by_count, now=after(9)
    )
    assert again.state == "marking"
    assert len(pieces.of_attempt(session, attempt.id)) == 1


def test_a_waiting_attempt_counts_as_used(site: Site, session: Session) -> None:
    attempt = handed(session, site, "reply")
    with pytest.raises(attempts.NoAttemptsLeft):
        attempts.start(
            session,
            attempt.enrollment_id,
            "one",
            seed="s",
            paper={},
            policy={},
            limit=1,
            deadline_at=None,
            now=NOW,
        )


def test_completing_puts_the_grade_in_force_and_keeps_the_change(
    site: Site, session: Session
) -> None:
    attempt = handed(session, site, "reply")
    grade = grade_of(5)
    completing.complete(session, attempt.id, grade, actor_id=site.coordinator.id, now=after(9))
    found = attempts.find(session, attempt.id, for_person=site.rosa.id)
    assert (found.state, found.percent, found.passed) == ("submitted", 100, True)
    kept = session.execute(text("SELECT cause, before FROM regrade")).one()
    assert tuple(kept) == ("marked", None)


def test_one_rating_settles_where_one_is_asked_for(site: Site, session: Session) -> None:
    attempt = handed(session, site, "reply")
    (piece,) = pieces.of_attempt(session, attempt.id)
    (imani,) = assessors(session, site, 1)
    rated = rate(session, piece.id, imani)
    assert rated.verdict == Verdict(credit=verdicts.Fraction(1), met=True)
    assert pieces.of_attempt(session, attempt.id)[0].met


def test_two_who_disagree_need_a_third_whose_rating_stands(site: Site, session: Session) -> None:
    attempt = handed(session, site, "reply", assessors=2)
    (piece,) = pieces.of_attempt(session, attempt.id)
    imani, noor, leah = assessors(session, site, 3)
    assert rate(session, piece.id, imani).verdict is None
    assert rate(session, piece.id, noor, WEAK).verdict is None
    assert ratings.disputed(session) == 1
    settled = rate(session, piece.id, leah, WEAK).verdict
    assert settled is not None
    assert not settled.met
    assert ratings.disputed(session) == 0
    assert ratings.compared(session) == {(builders.course().slug, "reply"): {(2, 0): 1, (2, 1): 1}}


def test_nobody_finds_their_own_piece(site: Site, session: Session) -> None:
    attempt = handed(session, site, "reply")
    (piece,) = pieces.of_attempt(session, attempt.id)
    assert pieces.queue(session, site.rosa.id).rows == ()
    for hold in (False, True):
        with pytest.raises(Missing):
            pieces.find(session, piece.id, for_assessor=site.rosa.id, hold=hold)
    with pytest.raises(Missing):
        rate(session, piece.id, site.rosa)


def test_the_queue_holds_what_one_has_not_rated_oldest_first_by_pages(
    site: Site, session: Session
) -> None:
    handed(session, site, *(f"q{n}" for n in range(5)), assessors=2)
    imani, noor = assessors(session, site, 2)
    first = pieces.queue(session, imani.id, size=3)
    assert [one.subject for one in first.rows] == ["q0", "q1", "q2"]
    assert [one.subject for one in pieces.queue(session, imani.id, after=first.after).rows] == [
        "q3",
        "q4",
    ]
    rate(session, first.rows[0].id, imani)
    assert next(one.subject for one in pieces.queue(session, imani.id).rows) == "q1"
    assert next(one.subject for one in pieces.queue(session, noor.id).rows) == "q0"


def test_the_queue_costs_one_statement(site: Site, session: Session) -> None:
    handed(session, site, *(f"q{n}" for n in range(5)))
    with site.statements() as seen:
        pieces.queue(session, site.coordinator.id)
    assert len(seen) == 1


def test_the_queue_leaves_out_people_who_left(site: Site, session: Session) -> None:
    attempt = handed(session, site, "reply")
    enrollments.withdraw(session, attempt.enrollment_id, now=NOW)
    assert pieces.queue(session, site.coordinator.id).rows == ()


@pytest.mark.parametrize("needed", [1, 2])
def test_of_many_ratings_at_once_each_counts_once_and_no_more_than_are_needed(
    site: Site, needed: int
) -> None:
    with site.session() as session:
        attempt = handed(session, site, "reply", assessors=needed)
        (piece,) = pieces.of_attempt(session, attempt.id)
        everybody = assessors(session, site, 4)
        session.commit()
    done = site.at_once(
        8, lambda session, number: rate(session, piece.id, everybody[number % len(everybody)])
    )
    kept = [one for one in done if isinstance(one, Rated) and one.new]
    assert len(kept) == needed
    assert sum(one.verdict is not None for one in kept) == 1
    assert all(isinstance(one, Rated | AlreadySettled) for one in done)
    with site.session() as session:
        assert [one.place for one in ratings.of_piece(session, piece.id)] == [1, 2][:needed]


def test_the_last_two_answers_rated_at_once_see_each_other(site: Site) -> None:
    with site.session() as session:
        attempt = handed(session, site, "one", "two")
        both = pieces.of_attempt(session, attempt.id)
        people = assessors(session, site, 2)
        session.commit()

    def work(session: Session, number: int) -> int:
        rate(session, both[number].id, people[number])
        return sum(one.settled_at is None for one in pieces.of_attempt(session, attempt.id))

    assert sorted(map(str, site.at_once(2, work))) == ["0", "1"]


def test_one_sitting_is_asked_for_at_a_time_whoever_clicks_twice(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        session.commit()
    done = site.at_once(4, lambda session, _: asked(session, site, enrollment))
    assert sum(isinstance(one, StillWaiting) for one in done) == 3
    with site.session() as session:
        found = pieces.sittings(session, enrollment.id, "first-meeting")
        assert [one.number for one in found] == [1]


def test_every_sitting_is_kept_and_told_as_evidence(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    (imani,) = assessors(session, site, 1)
    for seen in (WEAK, GOOD):
        asked(session, site, enrollment)
        found = pieces.sittings(session, enrollment.id, "first-meeting")
        assert evidence.collect(session, enrollment.id).waiting == {"first-meeting"}
        rate(session, found[-1].id, imani, seen)
    observed = evidence.collect(session, enrollment.id).observed
    assert [(one.number, one.met) for one in observed] == [(1, False), (2, True)]


@pytest.mark.parametrize("table", ["rating", "comparison", "regrade"])
def test_what_people_rated_cannot_be_changed(site: Site, session: Session, table: str) -> None:
    attempt = handed(session, site, "reply", assessors=2)
    (piece,) = pieces.of_attempt(session, attempt.id)
    for who in assessors(session, site, 2):
        rate(session, piece.id, who)
    completing.complete(session, attempt.id, grade_of(0), actor_id=site.coordinator.id, now=NOW)
    session.commit()
    column = "item" if table == "comparison" else "id"
    for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match=f"{table} is never"):
            session.execute(text(statement))
        session.rollback()
