"""Databases to throw away: SQLite files, and a PostgreSQL that the suite starts by itself."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

from course_engine.records import schema
from tests import ports

DEBIAN_BINARIES = Path("/usr/lib/postgresql")
FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
LOCAL = (
    "max_connections=100",
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
)


class SqliteFiles:
    """Files, each a copy of one that was brought up to date once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        self._template = folder / "template.db"
        schema.upgrade(self._url(self._template))

    def fresh(self) -> str:
        """Return the address of a database that is up to date and empty."""
        path = self.path()
        shutil.copy(self._template, path)
        return self._url(path)

    def bare(self) -> str:
        """Return the address of a database without any table."""
        return self._url(self.path())

    def path(self) -> Path:
        """Return a path that nothing uses yet."""
        return self._folder / f"{next(self._numbers)}.db"

    def _url(self, path: Path) -> str:
        return f"sqlite:///{path}"


class PostgresServer:
    """A running server; one of its databases is emptied for each test that wants a fresh one."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = count()
        self._reused = self.bare()
        schema.upgrade(self._reused)
        with _connected(self._reused) as connection:
            tables = set(inspect(connection).get_table_names()) - {"alembic_version"}
        self._tables = ", ".join(tables)

    def fresh(self) -> str:
        """Return the address of a database that is up to date and empty, until the next call."""
        with _connected(self._reused) as connection, connection.begin():
            connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            # As a replica would: the triggers that keep rows for ever do not fire.
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            connection.execute(text(f"TRUNCATE {self._tables} RESTART IDENTITY"))
        return self._reused

    def bare(self) -> str:
        """Return the address of a database without any table."""
        name = f"site_{next(self._numbers)}"
        with _connected(self._url("postgres"), isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self._port}/{name}"


@contextmanager
def running_postgres(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a PostgreSQL on a free port of the loopback address, and stop and forget it after.

    A durable one waits for the disk, as that of a real site does; tests do not need it.
    Where its binaries are missing the test is skipped; with CI=true it fails instead.
    """
    binaries = _binaries()
    with tempfile.TemporaryDirectory(prefix="course-engine-postgres-") as name:
        folder = Path(name)
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root.
            shutil.chown(folder, "postgres", "postgres")
        cluster, port = folder / "cluster", ports.free()
        quick = () if durable else FORGETFUL
        choices = " ".join(f"-c {each}" for each in (*quick, *LOCAL, f"port={port}"))
        _run(
            [binaries / "initdb", "-D", cluster, "-U", "postgres", "--auth=trust", "--no-sync"],
            ["--encoding=UTF8", "--locale=C.UTF-8"],
        )
        log = folder / "log"
        _run([binaries / "pg_ctl", "-D", cluster, "-o", choices, "-l", log, "-w", "start"])
        try:
            yield PostgresServer(port)
        finally:
            _run([binaries / "pg_ctl", "-D", cluster, "-m", "immediate", "stop"])


@contextmanager
def _connected(url: str, **choices: str) -> Iterator[Connection]:
    engine = create_engine(url, **choices)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def _binaries() -> Path:
    found = sorted(DEBIAN_BINARIES.glob("*/bin/initdb"), key=lambda each: each.parts[-3])
    runs_as_root = os.geteuid() == 0 and shutil.which("runuser") is None
    if found and not runs_as_root:
        return found[-1].parent
    reason = "PostgreSQL is not installed (Debian: apt-get install postgresql), so not tested on"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _run(*words: list[Path | str]) -> None:
    as_postgres = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*as_postgres, *map(str, chain(*words))]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)
