"""Both databases, each for servers that are real processes."""

from collections.abc import Iterator

import pytest

from tests.databases import PostgresServer, SqliteFiles, running_postgres


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database of this kind, up to date, empty, and shared by a whole file."""
    name = "sqlite_files" if request.param == "sqlite" else "postgres_server"
    made: SqliteFiles | PostgresServer = request.getfixturevalue(name)
    return made.fresh()
