"""The state of the database: brought up to date here, by the migrations beside this file."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from course_engine.records import engine

_MIGRATIONS = Path(__file__).parent / "migrations"
REVISIONS = tuple(sorted(each.name[:4] for each in _MIGRATIONS.glob("versions/[0-9]*.py")))
NEWEST = REVISIONS[-1]
_LOCK = 20_261_122  # Any number will do, as long as it is always the same.


class DatabaseUnusable(Exception):
    """A database that the program cannot start with; its text is the one line to print."""


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring a database to this version of the program, in one transaction.

    Return the revision it had, None for an empty one, and the revision it has now. A database that
    is up to date is only looked at.

    :raises DatabaseUnusable: it cannot be reached, or a newer program has worked with it.
    """
    prepared = engine.create(url)
    try:
        with prepared.connect() as connection:
            before = revision(connection)
        if before is not None and before not in REVISIONS:
            raise DatabaseUnusable(
                f"The database has revision {before}, and this program knows {NEWEST} as the "
                "newest. Install the version that was used last, or restore an older backup."
            )
        if before != NEWEST:
            with prepared.begin() as connection:
                _migrate(connection)
    except (SQLAlchemyError, engine.DatabaseBusy) as error:
        shown = prepared.url.render_as_string(hide_password=True)
        cause = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
        raise DatabaseUnusable(f"The database at {shown} cannot be used: {cause}") from error
    finally:
        prepared.dispose()
    return before, NEWEST


def revision(connection: Connection) -> str | None:
    """Return the revision of a database, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar_one_or_none()
    return found


def _migrate(connection: Connection) -> None:
    # Alembic takes a moment to load, and a database that is up to date does without.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    if connection.dialect.name == "postgresql":
        # Two processes that start together take turns; the second finds nothing to do.
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
