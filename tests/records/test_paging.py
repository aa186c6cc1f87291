"""Long lists: however they are cut into pages, every row comes once and in order."""

import base64
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import journal, people
from course_engine.records.paging import Page
from course_engine.records.people import Person
from tests.records.site import NOW

NAMES = ("Ana", "ana", "Ánna", "Zoë", "李", "Ana Ruiz", "مريم", "Bo")
laws = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def crowd(session: Session) -> list[Person]:
    """Many people, several of one name."""
    for number in range(20):
        name = NAMES[number % len(NAMES)]
        people.add(
            session,
            email=f"{number}@example.org",
            legal_name=name,
            used_name="",
            roles=(),
            password_hash=None,
            now=NOW,
        )
    return list(people.page(session, size=1000).rows)


def walked(session: Session, size: int) -> list[Person]:
    found: list[Person] = []
    after = None
    while True:
        page = people.page(session, after=after, size=size)
        assert 0 < len(page.rows) <= size
        found += page.rows
        if (after := page.after) is None:
            return found


@laws
@given(size=st.integers(1, 30))
def test_pages_of_any_size_put_together_are_the_whole_list(
    session: Session, crowd: list[Person], size: int
) -> None:
    assert walked(session, size) == crowd


@laws
@given(size=st.integers(1, 22), name=st.sampled_from(NAMES))
def test_somebody_who_joins_between_two_pages_moves_nobody_else(
    session: Session, crowd: list[Person], size: int, name: str
) -> None:
    first = people.page(session, size=size)
    with session.begin_nested() as joining:
        people.add(
            session,
            email="late@example.org",
            legal_name=name,
            used_name="",
            roles=(),
            password_hash=None,
            now=NOW,
        )
        second = people.page(session, after=first.after, size=100)
        joining.rollback()
    seen = [one for one in (*first.rows, *second.rows) if one.email != "late@example.org"]
    assert seen == crowd


def test_the_newest_entry_of_the_journal_comes_first(session: Session) -> None:
    for number in range(7):
        journal.write(session, action=str(number), subject=("site", 1), actor_id=None, now=NOW)
    first = journal.page(session, size=4)
    second = journal.page(session, after=first.after, size=4)
    assert [entry.action for entry in first.rows] == ["6", "5", "4", "3"]
    assert [entry.action for entry in second.rows] == ["2", "1", "0"]
    assert second.after is None


@given(words=st.text() | st.text("abcdefABCDEF0123456789-_="))
@laws
def test_a_forged_place_in_a_list_is_missing(session: Session, words: str) -> None:
    with pytest.raises(Missing):
        people.page(session, after=words)


@pytest.mark.parametrize(
    "values", [["ana"], [1, "ana"], ["ana", 2**70], ["ana", True], {"a": 1}, "ana", [None, None]]
)
def test_a_place_made_of_other_values_is_missing(session: Session, values: object) -> None:
    forged = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    with pytest.raises(Missing):
        people.page(session, after=forged)


def test_a_place_that_holds_what_no_name_can_hold_leads_somewhere_harmless(
    session: Session,
) -> None:
    forged = base64.urlsafe_b64encode(json.dumps(["\0\ud800", 1]).encode()).decode()
    assert isinstance(people.page(session, after=forged), Page)
