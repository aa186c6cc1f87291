"""Migrations: they agree with the tables, and say plainly when a database is not theirs."""

import hashlib
import importlib
import json
import pkgutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from course_engine import records
from course_engine.records import certificates, engine, ledger, ledger_checking, schema
from course_engine.records.base import metadata
from tests.databases import PostgresServer, SqliteFiles

Databases = SqliteFiles | PostgresServer

for module in pkgutil.iter_modules(records.__path__):
    importlib.import_module(f"course_engine.records.{module.name}")


def test_migrations_make_exactly_the_tables_that_the_program_uses(databases: Databases) -> None:
    prepared = engine.create(databases.fresh())
    with prepared.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert len(inspect(connection).get_table_names()) == len(metadata.tables) + 1
    prepared.dispose()


def test_an_empty_database_is_brought_up_to_date_once(databases: Databases) -> None:
    url = databases.bare()
    assert schema.upgrade(url) == (None, schema.NEWEST)
    assert schema.upgrade(url) == (schema.NEWEST, schema.NEWEST)


def test_a_database_of_a_newer_program_is_left_alone(databases: Databases) -> None:
    url = databases.bare()
    schema.upgrade(url)
    prepared = engine.create(url)
    with prepared.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.DatabaseUnusable, match="revision 9999, and this program knows"):
        schema.upgrade(url)
    with prepared.connect() as connection:
        assert schema.revision(connection) == "9999"
    prepared.dispose()


def test_a_database_that_cannot_be_reached_is_named_without_its_password() -> None:
    with pytest.raises(schema.DatabaseUnusable) as refused:
        schema.upgrade("postgresql+psycopg://site:secret@127.0.0.1:1/site")
    assert "127.0.0.1:1/site" in str(refused.value)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_answers_keep_their_attempt_when_attempts_learn_to_wait(databases: Databases) -> None:
    url = databases.bare()
    old = engine.create(url)
    with old.begin() as connection:
        _upgrade(connection, "0002")
        for statement in _ONE_ANSWER:
            connection.execute(text(statement))
    schema.upgrade(url)
    with old.begin() as connection:
        kept = text("SELECT answer FROM response JOIN attempt ON attempt.id = attempt_id")
        assert connection.execute(kept).scalars().all() == ['["1"]']
        connection.execute(text("UPDATE attempt SET state = 'marking'"))
    for refused in (
        "UPDATE attempt SET state = 'lost'",
        "DELETE FROM attempt",
        _ONE_ANSWER[3].replace("(1, 1, 'q'", "(2, 1, 'q'"),
    ):
        with pytest.raises(SQLAlchemyError), old.begin() as connection:
            connection.execute(text(refused))
    old.dispose()


def test_certificates_issued_before_there_was_a_ledger_are_in_it(databases: Databases) -> None:
    url = databases.bare()
    old = engine.create(url)
    with old.begin() as connection:
        _upgrade(connection, "0002")
        for statement in _ONE_ANSWER:
            connection.execute(text(statement))
        for statement, values in _ONE_CERTIFICATE:
            connection.execute(text(statement), values)
    schema.upgrade(url)
    with Session(old) as session:
        assert list(ledger_checking.faults(session)) == []
        assert [one.serial for one in certificates.of_person(session, 1)] == ["CE-7K3M-9QXW-4"]
        newest = ledger.head(session, now=datetime(2026, 11, 23, tzinfo=UTC))
    assert newest is not None
    assert newest.number == len(_EVENTS)
    old.dispose()


_FACTS = {
    "serial": "CE-7K3M-9QXW-4",
    "code": "X" * 27,
    "legal_name": "Rosa Ñandú",
    "course_title": "C",
    "course_slug": "c",
    "edition": "d",
    "language": "en",
    "kind": "completion",
    "minutes": [["self-paced", 90]],
    "started_on": "2026-11-01",
    "completed_on": "2026-11-22",
    "issued_on": "2026-11-22",
    "time_zone": "UTC",
    "issuer": {"name": "Harbor", "place": "", "web": ""},
    "signatory": None,
    "verify_url": "https://example.org/v/CE-7K3M-9QXW-4/X",
    "verify_address": "https://example.org/verify",
    "statements": [],
}
_EVENTS = ("issued", "withdrawn", "restored")
_ONE_CERTIFICATE: tuple[tuple[str, dict[str, object]], ...] = (
    (
        (
            "INSERT INTO certificate (id, serial, code, enrollment_id, person_id, course_slug, "
            "search_name, kind, state, facts, pdf_sha256, issued_at) VALUES (1, :serial, :code, 1, "
            "1, 'c', :name, 'completion', 'issued', :facts, :sha256, '2026-11-22 10:00:00+00:00')"
        ),
        {
            "serial": _FACTS["serial"],
            "code": _FACTS["code"],
            "name": "rosa ñandú",
            "facts": json.dumps(_FACTS),
            "sha256": hashlib.sha256(b"%PDF").hexdigest(),
        },
    ),
    ("INSERT INTO certificate_document (certificate_id, pdf) VALUES (1, :pdf)", {"pdf": b"%PDF"}),
    *(
        (
            (
                "INSERT INTO certificate_event (id, certificate_id, kind, at, reason_class, "
                "public_note, private_note) "
                "VALUES (:id, 1, :kind, '2026-11-22 10:00:00+00:00', '', '', '')"
            ),
            {"id": at, "kind": kind},
        )
        for at, kind in enumerate(_EVENTS, start=1)
    ),
)
_ONE_ANSWER = (
    (
        "INSERT INTO person (id, email, legal_name, used_name, sort_name, roles, created_at) "
        "VALUES (1, 'a@example.org', 'A', 'A', 'a', 'trainee', '2026-11-22')"
    ),
    (
        "INSERT INTO edition (digest, course_slug, title, language, document, published_at) "
        "VALUES ('d', 'c', 'C', 'en', '{}', '2026-11-22')"
    ),
    (
        "INSERT INTO enrollment "
        "(id, person_id, sort_name, course_slug, edition_digest, started_at) "
        "VALUES (1, 1, 'a', 'c', 'd', '2026-11-22')"
    ),
    (
        "INSERT INTO attempt "
        "(id, enrollment_id, quiz, number, state, seed, paper, policy, started_at) "
        "VALUES (1, 1, 'q', 1, 'submitted', '', '{}', '{}', '2026-11-22')"
    ),
    (
        "INSERT INTO response (attempt_id, question_id, answer, sequence, saved_at) "
        "VALUES (1, 'one', '[\"1\"]', 1, '2026-11-22')"
    ),
)


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(schema.__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
