"""The clock of an attempt: stopped, moved and run out, and nothing saved is lost over it."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import attempts, clocks, drafts, handing_in
from course_engine.records.attempts import AlreadySubmitted, OnABreak, TimeIsUp
from course_engine.records.clocks import NoBreakLeft, NoClock
from course_engine.records.results import Attempt
from tests.records.site import NOW, PAPER, Site, after, grade_by_count, start, submit


def timed(session: Session, site: Site, *, minutes: int = 30, breaks: int = 10) -> Attempt:
    """Start an attempt with half an hour and ten minutes of breaks."""
    return attempts.start(
        session,
        site.enroll(session).id,
        "one",
        seed="seed",
        paper=PAPER,
        policy={"pass_mark": 80},
        limit=3,
        deadline_at=after(minutes),
        now=NOW,
        arranged={"break_minutes": breaks, "formats": []},
    )


def pause(session: Session, site: Site, attempt: Attempt, minutes: int) -> None:
    clocks.pause(session, attempt.id, for_person=site.rosa.id, now=after(minutes))


def go_on(session: Session, site: Site, attempt: Attempt, minutes: float) -> None:
    now = NOW + timedelta(minutes=minutes)
    clocks.go_on(session, attempt.id, for_person=site.rosa.id, now=now)


def extend(session: Session, site: Site, attempt: Attempt, *, now: datetime) -> datetime:
    return clocks.extend(
        session,
        attempt.id,
        for_person=site.rosa.id,
        minutes=15,
        reason="The power failed",
        actor_id=site.coordinator.id,
        now=now,
    )


def deadline(session: Session, site: Site, attempt: Attempt) -> datetime | None:
    return attempts.find(session, attempt.id, for_person=site.rosa.id).deadline_at


def save(session: Session, site: Site, attempt: Attempt, question: str, *, now: datetime) -> None:
    drafts.save(session, attempt.id, {question: ("1",)}, for_person=site.rosa.id, now=now)


def test_a_break_moves_the_deadline_by_its_length(site: Site, session: Session) -> None:
    attempt = timed(session, site)
    pause(session, site, attempt, 5)
    pause(session, site, attempt, 6)
    go_on(session, site, attempt, 9)
    go_on(session, site, attempt, 12)
    assert deadline(session, site, attempt) == after(34)
    kept = [(one.kind, one.seconds) for one in clocks.events(session, [attempt.id])]
    assert kept == [("break-began", 0), ("break-ended", 240)]


def test_several_breaks_share_their_minutes(site: Site, session: Session) -> None:
    attempt = timed(session, site)
    for began, ended in ((2, 8), (10, 25)):
        pause(session, site, attempt, began)
        go_on(session, site, attempt, ended)
    assert deadline(session, site, attempt) == after(40)
    with pytest.raises(NoBreakLeft):
        pause(session, site, attempt, 26)


def test_during_a_break_nothing_is_saved_and_handing_in_counts_what_was(
    site: Site, session: Session
) -> None:
    attempt = timed(session, site)
    save(session, site, attempt, "q1", now=after(1))
    pause(session, site, attempt, 2)
    with pytest.raises(OnABreak):
        save(session, site, attempt, "q2", now=after(3))
    assert submit(session, attempt, site.rosa, now=after(4)).percent == 20


def test_a_part_of_a_second_of_a_break_counts_as_a_whole_one(site: Site, session: Session) -> None:
    attempt = timed(session, site)
    pause(session, site, attempt, 2)
    go_on(session, site, attempt, 2 + 1.5 / 60)
    assert deadline(session, site, attempt) == after(30) + timedelta(seconds=2)


def test_a_break_ends_with_its_minutes_and_then_the_clock_goes_on(
    site: Site, session: Session
) -> None:
    attempt = timed(session, site)
    pause(session, site, attempt, 20)
    assert clocks.run_out(session, now=after(40), most=9) == ()
    assert clocks.run_out(session, now=after(41), most=9) == ((attempt.id, site.rosa.id),)
    with pytest.raises(TimeIsUp):
        go_on(session, site, attempt, 41)


def test_more_time_and_a_break_add_up_in_either_order(site: Site, session: Session) -> None:
    attempt = timed(session, site)
    pause(session, site, attempt, 5)
    extend(session, site, attempt, now=after(6))
    go_on(session, site, attempt, 9)
    assert deadline(session, site, attempt) == after(49)


def test_more_time_is_kept_with_its_reason(site: Site, session: Session) -> None:
    attempt = timed(session, site)
    assert extend(session, site, attempt, now=after(30)) == after(45)
    (kept,) = clocks.events(session, [attempt.id])
    assert (kept.kind, kept.seconds, kept.reason) == ("extended", 900, "The power failed")
    save(session, site, attempt, "q1", now=after(45))


def test_after_the_end_a_clock_is_not_moved(site: Site, session: Session) -> None:
    attempt = timed(session, site)
    with pytest.raises(TimeIsUp):
        extend(session, site, attempt, now=after(31))
    submit(session, attempt, site.rosa)
    with pytest.raises(AlreadySubmitted):
        extend(session, site, attempt, now=after(2))
    with pytest.raises(AlreadySubmitted):
        pause(session, site, attempt, 2)


def test_an_attempt_without_a_deadline_has_no_clock(site: Site, session: Session) -> None:
    attempt = start(session, site.enroll(session))
    with pytest.raises(NoClock):
        pause(session, site, attempt, 2)
    with pytest.raises(NoClock):
        extend(session, site, attempt, now=after(2))
    assert clocks.run_out(session, now=after(9999), most=9) == ()


def test_another_persons_clock_cannot_be_stopped(site: Site, session: Session) -> None:
    attempt = timed(session, site)
    with pytest.raises(Missing):
        clocks.pause(session, attempt.id, for_person=site.tomasz.id, now=NOW)


def test_an_attempt_ends_at_its_deadline_however_late_it_is_closed(
    site: Site, session: Session
) -> None:
    attempt = timed(session, site)
    assert submit(session, attempt, site.rosa, now=after(900)).submitted_at == after(30)


def test_saving_one_answer_of_a_timed_attempt_is_one_statement(
    site: Site, session: Session
) -> None:
    attempt = timed(session, site)
    with site.statements() as seen:
        save(session, site, attempt, "q1", now=after(1))
    assert len(seen) == 1


def test_twenty_saves_and_closings_at_the_deadline_grade_once_and_lose_nothing(
    site: Site,
) -> None:
    with site.session() as session:
        attempt = timed(session, site)
        session.commit()
    graded = []

    def save_or_close(session: Session, number: int) -> int | None:
        if number % 2:
            save(session, site, attempt, f"q{number}", now=after(30))
            return None

        def grade(*held: object) -> object:
            graded.append(number)
            return grade_by_count(*held)  # type: ignore[arg-type]

        closed = handing_in.hand_in(
            session,
            attempt.id,
            for_person=site.rosa.id,
            grade=grade,  # type: ignore[arg-type]
            now=after(31),
            only_when_over=True,
        )
        return closed.percent

    done = site.at_once(20, save_or_close)
    saved = [result for number, result in enumerate(done) if number % 2]
    closed = {result for number, result in enumerate(done) if not number % 2}
    assert len(graded) == 1
    assert {type(result) for result in saved} <= {type(None), AlreadySubmitted}
    assert closed == {20 * saved.count(None)}
    with site.session() as session:
        kept = drafts.of(session, attempt.id).answers
    assert len(kept) == saved.count(None)


def test_twenty_saves_after_the_deadline_save_nothing_while_others_close(site: Site) -> None:
    with site.session() as session:
        attempt = timed(session, site)
        save(session, site, attempt, "q0", now=after(30))
        session.commit()

    def save_or_close(session: Session, number: int) -> int | None:
        if number % 5:
            save(session, site, attempt, f"q{number}", now=after(31))
        return submit(session, attempt, site.rosa, now=after(31)).percent

    done = Counter(type(each) for each in site.at_once(20, save_or_close))
    assert set(done) <= {int, TimeIsUp, AlreadySubmitted}
    with site.session() as session:
        assert set(drafts.of(session, attempt.id).answers) == {"q0"}


def test_more_time_given_while_the_deadline_closes_is_either_kept_or_refused(site: Site) -> None:
    with site.session() as session:
        attempt = timed(session, site)
        session.commit()

    def extend_or_close(session: Session, number: int) -> object:
        if number < 3:
            return extend(session, site, attempt, now=after(30))
        return handing_in.hand_in(
            session,
            attempt.id,
            for_person=site.rosa.id,
            grade=grade_by_count,
            now=after(31),
            only_when_over=True,
        ).state

    done = site.at_once(12, extend_or_close)
    given = [each for each in done[:3] if isinstance(each, datetime)]
    assert all(isinstance(each, datetime | AlreadySubmitted) for each in done[:3])
    with site.session() as session:
        kept = attempts.find(session, attempt.id, for_person=site.rosa.id)
    assert kept.state == ("open" if given else "submitted")
    assert kept.deadline_at == after(30 + 15 * len(given))


def test_twenty_breaks_at_once_stop_the_clock_once(site: Site) -> None:
    with site.session() as session:
        attempt = timed(session, site)
        session.commit()
    assert site.at_once(20, lambda session, _: pause(session, site, attempt, 5)) == [None] * 20
    assert site.at_once(20, lambda session, _: go_on(session, site, attempt, 9)) == [None] * 20
    with site.session() as session:
        assert deadline(session, site, attempt) == after(34)
        assert len(clocks.events(session, [attempt.id])) == 2
