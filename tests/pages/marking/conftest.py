"""A site with the course that people mark, and three assessors."""

import pytest
from flask import Flask

from tests import talks
from tests.people import Persona


@pytest.fixture(autouse=True)
def course(app: Flask) -> None:
    """Publish the course."""
    talks.open_course(app)


@pytest.fixture
def noor(app: Flask) -> Persona:
    """A second assessor."""
    return Persona(app, talks.NOOR)


@pytest.fixture
def leah(app: Flask) -> Persona:
    """A third assessor."""
    return Persona(app, talks.LEAH)
