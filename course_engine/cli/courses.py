"""The course that a command is about: a folder, or a name below the curriculum's folder."""

from pathlib import Path

import click

from course_engine.cli import starting
from course_engine.curriculum import loading
from course_engine.curriculum.course import Asset, Course


def opened(named: str) -> tuple[Course, tuple[Asset, ...]]:
    """Return the course with its pictures.

    Leaves with exit code 2 where there is no such course, and with 1 and every Problem where it
    cannot be published either.
    """
    folder = Path(named)
    if not (folder / "course.md").is_file():
        folder = starting.settings().curriculum / named
    if not (folder / "course.md").is_file():
        starting.stop(f'there is no course "{named}". Name its folder, or see what is there.')
    (loaded,) = loading.load(folder)
    if loaded.course is None:
        for problem in loaded.problems:
            click.echo(f"{problem}", err=True)
        click.echo("The course has Problems. Mend them first.", err=True)
        raise SystemExit(1)
    return loaded.course, loaded.assets
