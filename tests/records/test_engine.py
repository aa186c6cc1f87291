"""Connections: writers take turns, readers wait for nobody, a commit is on the disk."""

import threading
import time
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from course_engine.records import engine, journal, ledger_checking
from course_engine.records.engine import DatabaseBusy, Intent
from tests.databases import PostgresServer, SqliteFiles
from tests.records.site import NOW


def write(session: Session) -> None:
    journal.write(session, action="counted", subject=("site", 1), actor_id=None, now=NOW)


def entries(session: Session) -> int:
    return len(journal.page(session).rows)


@pytest.fixture
def url(sqlite_files: SqliteFiles) -> str:
    return sqlite_files.fresh()


def test_a_writer_waits_while_another_writes(url: str, opened: Callable[..., Engine]) -> None:
    prepared = opened(url)
    first = Session(prepared)
    write(first)
    threading.Timer(0.3, first.commit).start()
    with Session(prepared) as second:
        write(second)
        second.commit()
        assert entries(second) == 2


def test_a_writer_gives_up_when_the_others_leave_no_gap(
    url: str, opened: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    prepared = opened(url)
    with Session(prepared) as first, Session(prepared) as second:
        write(first)
        with pytest.raises(DatabaseBusy):
            write(second)
        first.commit()
    with Session(prepared) as third:
        assert entries(third) == 1


def test_a_reader_does_not_wait_for_a_writer(url: str, opened: Callable[..., Engine]) -> None:
    readers = opened(url, intent=lambda: "read")
    with Session(opened(url)) as writer, Session(readers) as reader:
        write(writer)
        began = time.monotonic()
        assert entries(reader) == 0
        assert time.monotonic() - began < 1


def test_every_commit_is_forced_to_the_disk_and_references_are_checked(
    url: str, opened: Callable[..., Engine]
) -> None:
    with opened(url).connect() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_database_that_is_there_answers(session: Session) -> None:
    assert engine.answers(session)


def test_a_database_that_is_not_there_does_not_answer(opened: Callable[..., Engine]) -> None:
    with Session(opened("sqlite:////nowhere/at/all.db")) as session:
        assert not engine.answers(session)


def test_a_reader_of_postgresql_opens_no_transaction_and_the_next_writer_does(
    postgres_server: PostgresServer, opened: Callable[..., Engine]
) -> None:
    intent: list[Intent] = ["read"]
    shared = opened(postgres_server.fresh(), intent=lambda: intent[0])
    with Session(shared) as reader:
        first, second = (reader.execute(text("SELECT now()")).scalar_one() for _ in range(2))
        assert first < second, "two statements, no transaction around them"
    intent[0] = "write"
    with Session(shared) as writer:
        first, second = (writer.execute(text("SELECT now()")).scalar_one() for _ in range(2))
        assert first == second, "one transaction"
        write(writer)
        writer.rollback()
        assert entries(writer) == 0


def test_a_single_statement_of_postgresql_is_kept_without_a_transaction_around_it(
    postgres_server: PostgresServer, opened: Callable[..., Engine]
) -> None:
    url = postgres_server.fresh()
    with Session(opened(url, intent=lambda: "write once")) as writer, Session(opened(url)) as other:
        write(writer)
        assert entries(other) == 1
        writer.commit()
        assert entries(other) == 1


def test_a_reader_that_asks_postgresql_to_hold_still_sees_one_moment(
    postgres_server: PostgresServer, opened: Callable[..., Engine]
) -> None:
    url = postgres_server.fresh()
    shared = opened(url, intent=lambda: "read")
    with Session(shared) as reader, Session(opened(url)) as writer:
        ledger_checking.hold_still(reader)
        assert entries(reader) == 0
        write(writer)
        writer.commit()
        assert entries(reader) == 0
        reader.rollback()
        assert entries(reader) == 1
