"""The site as tests meet it: one app a process, a fresh database for each test, and personas."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as laws

from course_engine.app import create_app
from course_engine.records import schema
from course_engine.settings import Settings
from course_engine.web import publishing
from course_engine.web.database import db
from tests import people
from tests.browsers import chromium, context
from tests.people import Persona

__all__ = ["chromium", "context"]  # One browser for every test that looks at pages.

SAMPLE = Path(__file__).parent / "sample"

# A busy machine is no fault of the code. The inner ring asks each law for fewer examples.
laws.register_profile("whole", deadline=None)
laws.register_profile("quick", deadline=None, max_examples=20)
laws.load_profile("whole")


def settings_for(folder: Path, **changes: object) -> Settings:
    """Settings for a site that lives in a folder and serves the sample curriculum."""
    values: dict[str, object] = {
        "instance": folder,
        "database_url": f"sqlite:///{folder / 'site.db'}",
        "curriculum": SAMPLE,
        "site_file": SAMPLE / "site.yml",
        "secret_key": "a secret for tests, long enough to count",
        "public_url": "http://localhost",
        "password_cost": "cheap",
    }
    return Settings(**(values | changes))  # type: ignore[arg-type]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that hold slow tests: at the end nobody waits for the last of them."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Shadow pytest-flask: its context for a whole test would share one identity with everybody."""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample course published and every persona in it, made once."""
    folder = tmp_path_factory.mktemp("template")
    settings = settings_for(folder)
    schema.upgrade(settings.database_url)
    app = create_app(settings)
    with app.app_context():
        outcomes = publishing.publish(SAMPLE)
        assert [outcome.result for outcome in outcomes] == ["published"], outcomes
        people.settle()
        db.session.commit()
        db.close()
    # What is still in the write-ahead log went into the file when the last connection closed.
    return folder / "site.db"


@pytest.fixture(scope="session")
def one_app(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The app, made once: its tests share everything but the database."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(template, folder / "site.db")
    app = create_app(settings_for(folder))
    app.testing = False  # Errors must become pages here as they do for people.
    return app


def renew(one_app: Flask, template: Path) -> None:
    """Give the app a fresh copy of the database."""
    folder: Path = one_app.extensions["settings"].instance
    with one_app.app_context():
        db.session.remove()
    # Written through the database itself: a connection that a test left open sees it too.
    with closing(connect(template)) as source, closing(connect(folder / "site.db")) as target:
        source.backup(target)
    shutil.rmtree(folder / "outbox", ignore_errors=True)
    # Whoever puts a database back starts the site anew; here it goes on.
    one_app.extensions.pop("drawn", None)


@pytest.fixture
def app(one_app: Flask, template: Path) -> Iterator[Flask]:
    """The app on a fresh copy of the database."""
    renew(one_app, template)
    yield one_app
    with one_app.app_context():
        db.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def nobody(app: Flask) -> Persona:
    """Whoever found the site and has no account."""
    return Persona(app, None)


@pytest.fixture
def rosa(app: Flask) -> Persona:
    """A trainee."""
    return Persona(app, people.ROSA)


@pytest.fixture
def tomasz(app: Flask) -> Persona:
    """Another trainee: Rosa's pages are none of his business."""
    return Persona(app, people.TOMASZ)


@pytest.fixture
def amara(app: Flask) -> Persona:
    """An author."""
    return Persona(app, people.AMARA)


@pytest.fixture
def imani(app: Flask) -> Persona:
    """An assessor."""
    return Persona(app, people.IMANI)


@pytest.fixture
def denise(app: Flask) -> Persona:
    """A coordinator."""
    return Persona(app, people.DENISE)


@pytest.fixture
def harold(app: Flask) -> Persona:
    """The administrator."""
    return Persona(app, people.HAROLD)
