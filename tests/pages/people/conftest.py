"""What the tests of the people pages look up."""

from collections.abc import Callable

import pytest
from flask import Flask

from course_engine.records import journal, people
from course_engine.records.journal import JournalEntry
from course_engine.records.people import Person
from course_engine.web.database import db
from tests.people import Persona

Known = Callable[[Persona], Person]
Entries = Callable[[str], tuple[JournalEntry, ...]]


@pytest.fixture
def person(app: Flask) -> Known:
    """Return the record of a persona as it is now."""

    def find(persona: Persona) -> Person:
        # A closed account is not found by its address.
        with app.app_context():
            assert persona.known is not None
            rows = people.page(db.session, search=persona.known.email).rows
        return rows[0]

    return find


@pytest.fixture
def entries(app: Flask) -> Entries:
    """Return the entries of the journal for one action, newest first."""

    def find(action: str) -> tuple[JournalEntry, ...]:
        with app.app_context():
            return journal.page(db.session, action=action).rows

    return find
