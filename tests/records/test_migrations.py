"""Migrations: they agree with the tables, and say plainly when a database is not theirs."""

import importlib
import pkgutil

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from course_engine import records
from course_engine.records import engine, schema
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
