"""Places on status lists: each certificate has its own, drawn at random, for ever."""

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from course_engine.certificates.credentials.status_lists import LENGTH
from course_engine.records import certificate_events, certificates, sharing, status_places
from course_engine.records.certificate_events import Reason
from course_engine.records.status_tables import PLACE
from tests.records.site import COURSE, NOW, Site, facts, finish


def test_a_certificate_keeps_the_place_that_was_drawn_for_it(site: Site) -> None:
    with site.session() as session:
        first = status_places.reserve(session, "CE-1", draw=lambda _: 17, now=NOW)
        again = status_places.reserve(session, "CE-1", draw=lambda _: 18, now=NOW)
        assert first == again == 17
        assert status_places.find(session, "CE-1") == 17
        assert status_places.find(session, "CE-2") is None


def test_a_place_that_is_taken_is_drawn_again(site: Site) -> None:
    draws = iter((17, 17, 4))
    with site.session() as session:
        status_places.reserve(session, "CE-1", draw=lambda _: next(draws), now=NOW)
        other = status_places.reserve(session, "CE-2", draw=lambda _: next(draws), now=NOW)
    assert other == 4


def test_a_list_that_is_half_full_is_followed_by_another(site: Site) -> None:
    with site.session() as session:
        taken = {"id": status_places.MOST, "serial": "CE-1", "status_index": 9, "reserved_at": NOW}
        session.execute(insert(PLACE).values(taken))
        assert status_places.lists(session) == 1
        index = status_places.reserve(session, "CE-2", draw=lambda _: 9, now=NOW)
        assert index == LENGTH + 9
        assert status_places.lists(session) == 2


def test_withdrawn_and_superseded_certificates_stand_on_different_lists(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        finish(session, enrollment, site.rosa)
        mine = certificates.issue(
            session, enrollment, course=COURSE, facts=facts(), pdf=b"%PDF", now=NOW
        )
        status_places.reserve(session, mine.serial, draw=lambda _: 5, now=NOW)

        def places() -> tuple[tuple[int, ...], ...]:
            return tuple(
                status_places.standing(session, purpose, 0).places
                for purpose in ("revocation", "suspension")
            )

        assert places() == ((), ())
        act = {"reason": Reason(), "actor_id": site.coordinator.id, "now": NOW}
        certificate_events.withdraw(session, mine.id, **act)
        assert places() == ((), (5,))
        assert status_places.standing(session, "suspension", 0).changed_at == NOW
        assert status_places.standing(session, "suspension", 1).places == ()
        certificate_events.restore(session, mine.id, **act)
        assert places() == ((), ())
        session.execute(text("UPDATE certificate SET state = 'superseded'"))
        assert places() == ((5,), ())


def test_a_place_is_never_changed_or_given_back(site: Site) -> None:
    for statement in ("UPDATE status_place SET status_index = 1", "DELETE FROM status_place"):
        with site.session() as session:
            status_places.reserve(session, "CE-1", draw=lambda _: 17, now=NOW)
            with pytest.raises(DBAPIError, match="status_place is never"):
                session.execute(text(statement))


def test_a_name_is_hidden_until_its_holder_shows_it(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        finish(session, enrollment, site.rosa)
        mine = certificates.issue(
            session, enrollment, course=COURSE, facts=facts(), pdf=b"%PDF", now=NOW
        )
        assert not sharing.shows_name(session, mine.id)
        for chosen in (True, False, True):
            sharing.choose(session, mine.id, shows_name=chosen, now=NOW)
            assert sharing.shows_name(session, mine.id) is chosen
