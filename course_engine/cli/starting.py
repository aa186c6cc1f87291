"""What every command that needs the site does first: read settings, ready the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from flask import Flask

from course_engine import settings as settings_file
from course_engine.app import create_app
from course_engine.cli.lasting import lasting
from course_engine.records import schema
from course_engine.settings import Settings, WrongSetting
from course_engine.web import logs
from course_engine.web.database import db


def settings(*, demo: bool = False, **more: Any) -> Settings:
    """Read the settings, or stop with the one line that names what is wrong."""
    try:
        return settings_file.load(demo=demo, **more)
    except WrongSetting as error:
        stop(str(error))


def site(chosen: Settings) -> Flask:
    """Build the site on an up-to-date database, or stop with one line."""
    try:
        schema.upgrade(chosen.database_url)
        with lasting():
            return create_app(chosen)
    except (WrongSetting, schema.DatabaseUnusable) as error:
        stop(str(error))


@contextmanager
def context(*, demo: bool = False) -> Iterator[Flask]:
    """Open the site for one command."""
    chosen = settings(demo=demo)
    logs.start("WARNING")
    app = site(chosen)
    with app.app_context():
        yield app
        db.close()


def stop(line: str) -> NoReturn:
    """Leave with exit code 2 and one line on standard error."""
    click.echo(f"course-engine: {line}", err=True)
    raise SystemExit(2)
