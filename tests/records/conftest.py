"""Every test of the records runs on both databases, each time on a fresh one."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from course_engine.records import engine
from course_engine.records.engine import Intent
from tests.databases import PostgresServer, SqliteFiles, running_postgres
from tests.records.site import Site


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest) -> SqliteFiles | PostgresServer:
    """Whoever makes databases of the kind under test."""
    name = "sqlite_files" if request.param == "sqlite" else "postgres_server"
    made: SqliteFiles | PostgresServer = request.getfixturevalue(name)
    return made


@pytest.fixture
def site(databases: SqliteFiles | PostgresServer) -> Iterator[Site]:
    """A fresh database with a course, a coordinator and some trainees in it."""
    opened = Site(databases.fresh())
    yield opened
    opened.close()


@pytest.fixture
def opened() -> Iterator[Callable[..., Engine]]:
    """Open engines that are closed after the test."""
    engines: list[Engine] = []

    def open_one(url: str, **choices: Callable[[], Intent]) -> Engine:
        engines.append(engine.create(url, **choices))
        return engines[-1]

    yield open_one
    for each in engines:
        each.dispose()


@pytest.fixture
def session(site: Site) -> Iterator[Session]:
    """One session on that database."""
    with site.session() as opened:
        yield opened
