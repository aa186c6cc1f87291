"""A connection is kept from one session to the next, unless it broke or was changed."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from course_engine.app import create_app
from course_engine.records.connections import Connections
from course_engine.web.database import db, write_once
from tests.conftest import settings_for
from tests.databases import PostgresServer, SqliteFiles


@pytest.fixture
def connections(
    databases: SqliteFiles | PostgresServer, opened: Callable[..., Engine]
) -> Iterator[Connections]:
    made = Connections(opened(databases.bare()))
    with made.engine.begin() as connection:
        connection.execute(text("CREATE TABLE word (said VARCHAR(20))"))
    yield made
    made.close()


@pytest.fixture
def of_postgresql(
    postgres_server: PostgresServer, opened: Callable[..., Engine]
) -> Iterator[Connections]:
    made = Connections(opened(postgres_server.bare()))
    yield made
    made.close()


def say(connection: Connection, word: str) -> None:
    connection.execute(text("INSERT INTO word (said) VALUES (:word)"), {"word": word})


def said(connection: Connection) -> list[str]:
    return list(connection.execute(text("SELECT said FROM word")).scalars())


def backend(connection: Connection) -> int:
    number: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return number


def test_a_connection_is_kept_for_whoever_comes_next_without_what_was_not_committed(
    connections: Connections,
) -> None:
    first = connections.take()
    say(first, "kept")
    first.commit()
    say(first, "dropped")
    connections.leave(first)
    second = connections.take()
    assert second is first
    assert said(second) == ["kept"]
    connections.leave(second)


def test_no_two_have_the_same_connection(connections: Connections) -> None:
    first, second = connections.take(), connections.take()
    assert first is not second
    connections.leave(first)
    connections.leave(second)


def test_a_connection_that_behaves_in_its_own_way_is_not_kept(connections: Connections) -> None:
    odd = connections.take().execution_options(isolation_level="SERIALIZABLE")
    say(odd, "odd")
    connections.leave(odd)
    assert odd.closed
    usual = connections.take()
    assert said(usual) == []
    assert usual.get_isolation_level() == usual.default_isolation_level
    connections.leave(usual)


def end(connections: Connections, *numbers: int) -> None:
    """End some of them from the other end, as a database that goes away does."""
    with connections.engine.connect() as other:
        for number in numbers:
            other.execute(text("SELECT pg_terminate_backend(:it)"), {"it": number})


def test_a_connection_that_broke_is_not_kept_and_the_next_one_works(
    of_postgresql: Connections,
) -> None:
    first = of_postgresql.take()
    end(of_postgresql, backend(first))
    with pytest.raises(OperationalError):
        backend(first)
    of_postgresql.leave(first)
    assert first.closed
    second = of_postgresql.take()
    assert backend(second)
    of_postgresql.leave(second)


def assert_the_next_one_broke(connections: Connections) -> None:
    broken = connections.take()
    with pytest.raises(OperationalError):
        backend(broken)
    connections.leave(broken)


def test_a_connection_that_breaks_while_nobody_has_it_fails_once(
    of_postgresql: Connections,
) -> None:
    first = of_postgresql.take()
    number = backend(first)
    of_postgresql.leave(first)
    end(of_postgresql, number)
    assert_the_next_one_broke(of_postgresql)
    second = of_postgresql.take()
    assert backend(second) != number
    of_postgresql.leave(second)


def test_where_one_broke_the_idle_ones_are_not_trusted_either(of_postgresql: Connections) -> None:
    first, second = of_postgresql.take(), of_postgresql.take()
    numbers = [backend(first), backend(second)]
    of_postgresql.leave(first)
    of_postgresql.leave(second)
    end(of_postgresql, *numbers)
    assert_the_next_one_broke(of_postgresql)
    fresh = of_postgresql.take()
    assert backend(fresh) not in numbers
    of_postgresql.leave(fresh)


def test_closing_gives_back_every_connection_that_nobody_has(connections: Connections) -> None:
    idle, busy = connections.take(), connections.take()
    connections.leave(idle)
    connections.close()
    assert idle.invalidated
    assert said(busy) == []
    connections.leave(busy)


def test_a_process_that_begins_forgets_the_connections_and_does_not_touch_them(
    of_postgresql: Connections,
) -> None:
    of_the_parent = of_postgresql.take()
    number = backend(of_the_parent)
    of_postgresql.leave(of_the_parent)
    of_postgresql.forget()
    own = of_postgresql.take()
    assert backend(own) != number
    assert backend(of_the_parent) == number, "the parent's is still open"
    of_the_parent.invalidate()
    of_postgresql.leave(own)


@pytest.fixture
def site(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Flask]:
    """A site on PostgreSQL whose process has asked something before."""
    app = create_app(settings_for(tmp_path, database_url=postgres_server.fresh()))
    assert app.test_client().get("/health").status_code == 200
    yield app
    with app.app_context():
        db.close()


def go_away(site: Flask) -> None:
    """End every connection of the site, as when its database is started anew."""
    with site.app_context(), db.engine.connect() as other:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        others += " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        other.execute(text(others))


def test_nobody_sees_that_a_database_was_started_anew(site: Flask) -> None:
    go_away(site)
    assert site.test_client().get("/health").status_code == 200


def test_in_the_middle_of_a_transaction_a_lost_connection_is_a_fault(site: Flask) -> None:
    with site.app_context():
        db.session.execute(text("SELECT 1"))
        go_away(site)
        with pytest.raises(OperationalError):
            db.session.execute(text("SELECT 1"))
        db.session.rollback()
        assert db.session.execute(text("SELECT 1")).scalar_one() == 1


def test_a_single_statement_is_not_run_twice(site: Flask) -> None:
    with site.test_request_context(method="POST"), write_once():
        go_away(site)
        with pytest.raises(OperationalError):
            db.session.execute(text("SELECT 1"))
