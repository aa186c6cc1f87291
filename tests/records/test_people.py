"""People: one account an address, names that can change, and roles."""

import pytest
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import people, registers
from course_engine.records.people import AddressTaken, Role
from tests.records.site import NOW, Site, after


def test_an_address_is_the_same_in_any_capitals(site: Site, session: Session) -> None:
    found = people.by_email(session, " ROSA.ñandú@example.ORG ")
    assert found == site.rosa


def test_an_address_has_one_account_however_many_ask_at_once(site: Site) -> None:
    def join(session: Session, number: int) -> int:
        return people.add(
            session,
            email="ANA@example.org" if number % 2 else "ana@example.org",
            legal_name="Ana Ruiz",
            used_name="Ana",
            roles={Role.TRAINEE},
            password_hash="hash",
            now=NOW,
        ).id

    joined = site.at_once(10, join)
    assert sum(isinstance(result, int) for result in joined) == 1
    assert sum(isinstance(result, AddressTaken) for result in joined) == 9


def test_who_gives_no_name_to_go_by_goes_by_the_legal_one(site: Site) -> None:
    assert site.rosa.used_name == "Rosa Ñandú"


def test_roles_are_exactly_those_that_were_given(site: Site, session: Session) -> None:
    people.set_roles(session, site.rosa.id, {Role.TRAINEE, Role.AUTHOR})
    assert people.find(session, site.rosa.id).roles == {Role.AUTHOR, Role.TRAINEE}


def test_people_are_found_by_part_of_a_name_an_address_or_a_role(
    site: Site, session: Session
) -> None:
    assert people.page(session, search="ñAND").rows == (site.rosa,)
    assert people.page(session, search="tomasz.").rows == (site.tomasz,)
    assert people.page(session, role=Role.COORDINATOR).rows == (site.coordinator,)
    assert people.page(session, search="%").rows == ()


def test_a_closed_account_is_not_found_by_its_address_until_it_is_opened_again(
    site: Site, session: Session
) -> None:
    people.close(session, site.rosa.id, now=after(1))
    assert people.by_email(session, site.rosa.email) is None
    assert people.find(session, site.rosa.id).closed_at == after(1)
    people.reopen(session, site.rosa.id)
    assert people.by_email(session, site.rosa.email) == site.rosa


def test_a_change_to_nobody_is_missing(session: Session) -> None:
    with pytest.raises(Missing):
        people.set_password(session, 999, "hash")
    with pytest.raises(Missing):
        people.find(session, 999)


def test_a_new_legal_name_moves_a_person_in_their_register(site: Site, session: Session) -> None:
    cohort = site.cohort(session)
    for person in (site.rosa, site.tomasz):
        site.enroll(session, person, cohort.id)
    people.rename(session, site.tomasz.id, legal_name="Anton Łuk", used_name="Tomek")
    names = [entry.legal_name for entry in registers.page(session, cohort.id).rows]
    assert names == ["Anton Łuk", "Rosa Ñandú"]


def test_a_password_hash_is_not_shown_when_a_person_is_printed(
    site: Site, session: Session
) -> None:
    people.set_password(session, site.rosa.id, "argon2 hash")
    assert "argon2 hash" not in repr(people.find(session, site.rosa.id))


def test_what_no_database_can_hold_is_left_out_of_words(site: Site, session: Session) -> None:
    people.rename(session, site.rosa.id, legal_name="Ro\0sa \ud800Ñandú 👋", used_name="R")
    assert people.find(session, site.rosa.id).legal_name == "Rosa Ñandú 👋"
