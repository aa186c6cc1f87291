"""Attempts: one open at a time, never more than allowed, and nothing that was saved is lost."""

from collections import Counter

import pytest
from sqlalchemy.orm import Session

from course_engine.assessment.answers import Answers
from course_engine.assessment.grading import Grade
from course_engine.errors import Missing
from course_engine.records import attempts, drafts, handing_in, results
from course_engine.records.attempts import AlreadySubmitted, NoAttemptsLeft, Sitting, TimeIsUp
from course_engine.records.drafts import Draft
from course_engine.records.results import Attempt
from tests.records.site import NOW, PAPER, Site, after, grade_by_count, start, submit


def test_forty_parallel_starts_leave_one_open_attempt_that_is_new_once(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        session.commit()
    started = site.at_once(40, lambda session, _: start(session, enrollment))
    assert {attempt.id for attempt in started} == {started[0].id}
    assert sum(attempt.new for attempt in started) == 1
    with site.session() as session:
        assert [one.state for one in results.of_enrollment(session, enrollment.id)] == ["open"]


def test_forty_parallel_starts_against_a_limit_of_three_leave_three(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        session.commit()

    def start_and_submit(session: Session, _: int) -> None:
        submit(session, start(session, enrollment), site.rosa)

    done = Counter(type(result) for result in site.at_once(40, start_and_submit))
    with site.session() as session:
        kept = results.of_enrollment(session, enrollment.id)
    assert [one.number for one in kept] == [1, 2, 3]
    assert {one.state for one in kept} == {"submitted"}
    assert set(done) <= {type(None), NoAttemptsLeft}
    assert done[NoAttemptsLeft] > 0


def test_submitting_twenty_times_at_once_grades_once_and_tells_all_the_same(site: Site) -> None:
    with site.session() as session:
        attempt = start(session, site.enroll(session))
        session.commit()
    graded = []

    def grade(sitting: Sitting, draft: Draft) -> Grade:
        graded.append(sitting.id)
        return grade_by_count(sitting, draft)

    def hand_in(session: Session, number: int) -> Sitting:
        return handing_in.hand_in(
            session, attempt.id, for_person=site.rosa.id, grade=grade, now=after(number)
        )

    sittings = site.at_once(20, hand_in)
    assert len(graded) == 1
    assert {one.submitted_at for one in sittings} == {sittings[0].submitted_at}
    assert {one.percent for one in sittings} == {0}


def test_two_tabs_saving_different_questions_at_once_both_stay(site: Site) -> None:
    with site.session() as session:
        attempt = start(session, site.enroll(session))
        session.commit()

    def save(session: Session, number: int) -> None:
        given = {f"q{number}": (str(number),)}
        drafts.save(session, attempt.id, given, for_person=site.rosa.id, now=NOW)

    assert site.at_once(20, save) == [None] * 20
    with site.session() as session:
        kept = drafts.of(session, attempt.id).answers
    assert kept == {f"q{number}": (str(number),) for number in range(20)}


def test_an_answer_saved_while_handing_in_is_either_graded_or_refused(site: Site) -> None:
    with site.session() as session:
        attempt = start(session, site.enroll(session))
        session.commit()

    def save_or_submit(session: Session, number: int) -> int | None:
        if number == 0:
            return submit(session, attempt, site.rosa).percent
        given = {f"q{number}": ("1",)}
        drafts.save(session, attempt.id, given, for_person=site.rosa.id, now=NOW)
        return None

    percent, *saved = site.at_once(5, save_or_submit)
    assert {type(result) for result in saved} <= {type(None), AlreadySubmitted}
    assert percent == 20 * saved.count(None)


def test_saving_touches_only_the_questions_that_changed(site: Site, session: Session) -> None:
    attempt = start(session, site.enroll(session))
    save(session, site, attempt, {"q1": ("1",), "q2": ("2",)})
    save(session, site, attempt, {"q2": ("3", "4")}, minutes=5)
    draft = drafts.of(session, attempt.id)
    assert draft.answers == {"q1": ("1",), "q2": ("3", "4")}
    assert draft.saved_at == after(5)


def test_saving_one_answer_is_one_statement(site: Site, session: Session) -> None:
    attempt = start(session, site.enroll(session))
    with site.statements() as seen:
        save(session, site, attempt, {"q1": ("1",)})
    assert len(seen) == 1


def test_nothing_is_saved_in_a_submitted_attempt(site: Site, session: Session) -> None:
    attempt = start(session, site.enroll(session))
    submit(session, attempt, site.rosa)
    with pytest.raises(AlreadySubmitted):
        save(session, site, attempt, {"q1": ("1",)})
    assert drafts.of(session, attempt.id).answers == {}


def test_nothing_is_saved_after_the_deadline_and_handing_in_still_counts_what_was(
    site: Site, session: Session
) -> None:
    attempt = start(session, site.enroll(session), deadline_at=after(10))
    save(session, site, attempt, {"q1": ("1",)}, minutes=10)
    with pytest.raises(TimeIsUp):
        save(session, site, attempt, {"q2": ("1",)}, minutes=11)
    assert submit(session, attempt, site.rosa, now=after(12)).percent == 20


def test_another_persons_attempt_cannot_be_found_saved_or_handed_in(
    site: Site, session: Session
) -> None:
    attempt = start(session, site.enroll(session))
    with pytest.raises(Missing):
        attempts.find(session, attempt.id, for_person=site.tomasz.id)
    with pytest.raises(Missing):
        drafts.save(session, attempt.id, {"q1": ("1",)}, for_person=site.tomasz.id, now=NOW)
    with pytest.raises(Missing):
        submit(session, attempt, site.tomasz)
    assert attempts.find(session, attempt.id, for_person=site.rosa.id).state == "open"


@pytest.mark.parametrize("forged", [0, -1, 2**63, 10**30])
def test_an_id_that_no_attempt_can_have_finds_nothing(
    site: Site, session: Session, forged: int
) -> None:
    with pytest.raises(Missing):
        attempts.find(session, forged, for_person=site.rosa.id)


def test_an_attempt_keeps_its_paper_and_policy(site: Site, session: Session) -> None:
    attempt = start(session, site.enroll(session))
    sitting = attempts.find(session, attempt.id, for_person=site.rosa.id)
    assert (sitting.paper, sitting.policy) == (PAPER, {"pass_mark": 80})


def test_the_best_of_several_attempts_counts(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    for answers in (4, 1):
        attempt = start(session, enrollment)
        save(session, site, attempt, {f"q{number}": ("1",) for number in range(answers)})
        submit(session, attempt, site.rosa)
    start(session, enrollment)
    assert results.best(session, enrollment.id) == {"one": results.Best(percent=80, passed=True)}


def save(
    session: Session, site: Site, attempt: Attempt, given: Answers, *, minutes: int = 0
) -> None:
    drafts.save(session, attempt.id, given, for_person=site.rosa.id, now=after(minutes))
