"""``course-engine db``: the database."""

import click

from course_engine.cli import starting
from course_engine.records import schema


@click.group()
def db() -> None:
    """Look after the database."""


@db.command()
@click.option("--demo", is_flag=True, help="The demo site's database instead of your own.")
def upgrade(*, demo: bool) -> None:
    """Bring the database to this version of the program.

    Run it after installing a new version. "serve" does the same when it starts, so this is for
    sites that start their web processes another way. Nothing happens when all is up to date.
    """
    chosen = starting.settings(demo=demo)
    try:
        before, after = schema.upgrade(chosen.database_url)
    except schema.DatabaseUnusable as error:
        starting.stop(str(error))
    click.echo("Already up to date." if before == after else f"Upgraded to {after}.")
