"""Sessions, links and throttles: they end when they should, and each link works once."""

import pytest
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import invitations, people, resets, sessions, throttles
from course_engine.records.people import Person, Role
from tests.records.site import NOW, Site, after


def open_session(session: Session, person: Person, token: str, minutes: int = 60) -> None:
    sessions.open_(
        session,
        token_sha256=token,
        person_id=person.id,
        agent="Firefox",
        now=NOW,
        expires_at=after(minutes),
    )


def test_a_session_and_its_person_are_found_in_one_statement(site: Site, session: Session) -> None:
    open_session(session, site.rosa, "token")
    with site.statements() as seen:
        found = sessions.find(session, "token", now=NOW)
    assert found is not None
    assert (found.person.id, found.person.roles) == (site.rosa.id, site.rosa.roles)
    assert found.last_seen_at == NOW
    assert len(seen) == 1


def test_nothing_of_a_password_is_carried_through_a_request(site: Site, session: Session) -> None:
    open_session(session, site.rosa, "token")
    found = sessions.find(session, "token", now=NOW)
    assert found is not None
    assert not hasattr(found.person, "password_hash")


def test_a_session_ends_when_it_expires_and_lasts_longer_when_it_is_used(
    site: Site, session: Session
) -> None:
    open_session(session, site.rosa, "token")
    sessions.touch(session, "token", now=after(50), expires_at=after(110))
    assert sessions.find(session, "token", now=after(109)) is not None
    assert sessions.find(session, "token", now=after(110)) is None


def test_nobody_stays_signed_in_with_a_closed_account(site: Site, session: Session) -> None:
    open_session(session, site.rosa, "token")
    people.close(session, site.rosa.id, now=NOW)
    assert sessions.find(session, "token", now=NOW) is None


def test_signing_out_everywhere_ends_every_session_but_the_one_named(
    site: Site, session: Session
) -> None:
    for token in ("desk", "phone", "library"):
        open_session(session, site.rosa, token)
    open_session(session, site.tomasz, "his")
    assert sessions.close_all(session, site.rosa.id, but="desk") == 2
    assert [one.token_sha256 for one in sessions.of_person(session, site.rosa.id, now=NOW)] == [
        "desk"
    ]
    assert sessions.find(session, "his", now=NOW) is not None


def test_expired_sessions_are_forgotten_when_somebody_signs_in(
    site: Site, session: Session
) -> None:
    open_session(session, site.rosa, "old", minutes=-1)
    open_session(session, site.rosa, "new")
    kept = sessions.of_person(session, site.rosa.id, now=after(-10))
    assert [one.token_sha256 for one in kept] == ["new"]


def test_a_reset_link_works_once_and_ends_the_others(site: Site, session: Session) -> None:
    for token in ("first", "second"):
        resets.add(
            session,
            token_sha256=token,
            person_id=site.rosa.id,
            now=NOW,
            expires_at=after(30),
        )
    assert resets.find(session, "second", now=NOW) == site.rosa.id
    assert resets.use(session, "second", now=NOW) == site.rosa.id
    for token in ("first", "second", "unknown"):
        with pytest.raises(Missing):
            resets.use(session, token, now=NOW)


def test_an_expired_reset_link_opens_nothing(site: Site, session: Session) -> None:
    resets.add(session, token_sha256="t", person_id=site.rosa.id, now=NOW, expires_at=after(30))
    with pytest.raises(Missing):
        resets.find(session, "t", now=after(30))


def invite(session: Session, site: Site, token: str, email: str = "ANA@example.org") -> None:
    invitations.add(
        session,
        token_sha256=token,
        email=email,
        created_by=site.coordinator.id,
        now=NOW,
        expires_at=after(30),
    )


def test_of_ten_people_who_use_one_invitation_at_once_one_gets_in(site: Site) -> None:
    with site.session() as session:
        invite(session, site, "token")
        session.commit()
    used = site.at_once(10, lambda session, _: invitations.use(session, "token", now=after(1)))
    assert sum(isinstance(result, Missing) for result in used) == 9
    (invitation,) = [one for one in used if not isinstance(one, Exception)]
    assert (invitation.email, invitation.roles) == ("ana@example.org", {Role.TRAINEE})


def test_a_new_invitation_ends_the_older_one_to_the_same_address(
    site: Site, session: Session
) -> None:
    invite(session, site, "older")
    invite(session, site, "other", email="bo@example.org")
    invite(session, site, "newer")
    with pytest.raises(Missing):
        invitations.find(session, "older", now=NOW)
    waiting = invitations.waiting(session, now=NOW).rows
    assert [one.email for one in waiting] == ["ana@example.org", "bo@example.org"]


def test_an_invitation_that_was_taken_back_opens_nothing(site: Site, session: Session) -> None:
    invite(session, site, "token")
    invitations.end(session, invitations.find(session, "token", now=NOW).id, now=NOW)
    with pytest.raises(Missing):
        invitations.find(session, "token", now=NOW)


def test_only_recent_failures_of_the_same_kind_and_key_count(session: Session) -> None:
    for minutes in (0, 10, 20):
        throttles.add(session, "sign-in", "rosa", now=after(minutes))
    throttles.add(session, "sign-in", "tomasz", now=after(20))
    throttles.add(session, "reset", "rosa", now=after(20))
    assert throttles.count_since(session, "sign-in", "rosa", since=after(10)) == 2
    throttles.forget_before(session, after(20))
    assert throttles.count_since(session, "sign-in", "rosa", since=after(0)) == 1
    throttles.clear(session, "sign-in", "rosa")
    assert throttles.count_since(session, "sign-in", "rosa", since=after(0)) == 0
    assert throttles.count_since(session, "sign-in", "tomasz", since=after(0)) == 1
