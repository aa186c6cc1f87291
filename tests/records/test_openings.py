"""Attempts beyond the policy, and accommodations: kept as they were given."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from course_engine.assessment.accommodations import Accommodation
from course_engine.errors import Missing
from course_engine.records import accommodations, openings
from course_engine.records.accommodations import AlreadyEnded
from tests.records.site import NOW, Site, start, submit

DAY = date(2026, 11, 3)
WANTED = ("a", "b")


def test_a_round_opens_once_however_many_finish_the_last_lesson_at_once(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        attempt = start(session, enrollment)
        submit(session, attempt, site.rosa)
        session.commit()

    def read(session: Session, number: int) -> bool:
        return openings.read_again(
            session,
            enrollment.id,
            "one",
            WANTED[number % 2],
            after=attempt.id,
            wanted=WANTED,
            number=3,
            now=NOW,
        )

    opened = site.at_once(20, read)
    with site.session() as session:
        assert opened.count(True) == 1
        assert openings.count(session, enrollment.id, "one") == 3
        assert openings.reread(session, attempt.id) == {"a", "b"}


def test_attempts_that_a_coordinator_opens_add_up(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    for number in (1, 2):
        openings.open_more(
            session,
            enrollment.id,
            "one",
            number=number,
            reason="Ill that day",
            actor_id=site.coordinator.id,
            now=NOW,
        )
    assert openings.count(session, enrollment.id, "one") == 3
    assert openings.count(session, enrollment.id, "two") == 0
    assert [one.reason for one in openings.of_enrollment(session, enrollment.id)] == [
        "Ill that day"
    ] * 2


def test_an_accommodation_is_in_force_on_its_days_until_it_is_ended(
    site: Site, session: Session
) -> None:
    granted = Accommodation(from_day=DAY, until_day=DAY, time="2", arrangement="A quiet room")
    rosa, actor = site.rosa.id, site.coordinator.id
    kept = accommodations.grant(session, rosa, granted, actor_id=actor, now=NOW)
    assert accommodations.in_force(session, rosa, DAY) == (granted,)
    for other in (date(2026, 11, 2), date(2026, 11, 4)):
        assert accommodations.in_force(session, rosa, other) == ()
    assert accommodations.in_force(session, site.tomasz.id, DAY) == ()
    with pytest.raises(Missing):
        accommodations.end(session, kept, for_person=site.tomasz.id, actor_id=actor, now=NOW)
    accommodations.end(session, kept, for_person=rosa, actor_id=actor, now=NOW)
    assert accommodations.in_force(session, rosa, DAY) == ()
    with pytest.raises(AlreadyEnded):
        accommodations.end(session, kept, for_person=rosa, actor_id=actor, now=NOW)
    assert [one.granted for one in accommodations.of_person(session, rosa)] == [granted]
