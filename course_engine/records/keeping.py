"""Triggers by which the database itself refuses to change or delete what is kept; for migrations.

A later migration that rebuilds one of these tables in SQLite has to make its triggers again.
"""

from collections.abc import Collection, Mapping

from alembic import op


def keep(tables: Mapping[str, Collection[str]]) -> None:
    """Refuse every DELETE on these tables, and every UPDATE of the columns named; none means all.

    PostgreSQL refuses TRUNCATE too, by the function that migration 0002 makes.
    """
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, columns in tables.items():
        changing = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
        if sqlite:
            for word, action in (("changed", changing), ("deleted", "DELETE")):
                op.execute(
                    f"CREATE TRIGGER {table}_never_{word} BEFORE {action} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is never {word}'); END"
                )
            continue
        op.execute(
            f"CREATE TRIGGER {table}_never_changed BEFORE {changing} OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_never_emptied BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
