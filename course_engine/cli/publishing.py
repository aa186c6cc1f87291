"""``course-engine publish``: make what authors wrote into editions."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from course_engine.cli import starting
from course_engine.cli.progress import working
from course_engine.web import publishing


@click.command()
@click.argument(
    "path", type=click.Path(exists=True, file_okay=False, path_type=Path), required=False
)
@click.option("--course", "only", help="Publish this course alone (the name of its folder).")
@click.option("--demo", is_flag=True, help="Publish to the demo site.")
@click.option("--format", "shape", type=click.Choice(["text", "json"]), default="text")
def publish(path: Path | None, only: str | None, *, demo: bool, shape: str) -> None:
    """Check the courses under PATH and publish each that has no Problem.

    PATH is a curriculum folder; without it, the one that COURSE_ENGINE_CURRICULUM names. A course
    with Problems is not published, and its last edition goes on being served. People who have
    begun an edition keep it. Exit code 1 when any course was refused.
    """
    with working("Publishing"), starting.context(demo=demo) as app:
        outcomes = publishing.publish(path or app.extensions["settings"].curriculum, only=only)
    if shape == "json":
        click.echo(json.dumps([asdict(outcome) for outcome in outcomes], indent=2))
    for outcome in outcomes if shape == "text" else ():
        edition = f" ({outcome.digest[:12]})" if outcome.digest else ""
        click.echo(f"{outcome.slug}: {outcome.result}{edition}")
        for problem in outcome.problems:
            click.echo(f"  {problem}")
    if not outcomes:
        starting.stop("There is no course there. A course is a folder that holds a course.md.")
    if any(outcome.result == "refused" for outcome in outcomes):
        raise SystemExit(1)
