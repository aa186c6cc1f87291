"""``course-engine check`` and ``schema``: tell authors what is wrong, and what a file may hold."""

import json
from dataclasses import asdict
from pathlib import Path

import click

from course_engine.cli.progress import working
from course_engine.curriculum import loading, schemas
from course_engine.curriculum.problems import Problem, in_order

_KEYS = ("path", "line", "column", "severity", "code", "message")


@click.command()
@click.argument("path", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="Lines for people, a JSON list for programs, or annotations for GitHub Actions.",
)
@click.option("--strict", is_flag=True, help="Let warnings fail the check too.")
def check(path: Path, shape: str, *, strict: bool) -> None:
    """Check the course or the curriculum at PATH and tell of every fault at once.

    PATH is the folder of one course (it holds a course.md), or a folder of courses with their
    frameworks. Each fault is told as "file:line:column: what is wrong. What to do." Problems keep
    a course from being published. Warnings are worth a look and do not.

    Exit code 0 when there is no problem, 1 when there is one, 2 when there is no course at PATH.
    """
    with working(f"Checking {path}"):
        curriculum = loading.load_curriculum(path)
    if not curriculum.courses and not curriculum.problems:
        message = "There is no course there. A course is a folder that holds a course.md."
        raise click.UsageError(message)
    found = in_order(
        (*curriculum.problems, *(each for course in curriculum.courses for each in course.problems))
    )
    click.echo(_SHAPES[shape](found), nl=False)
    problems = sum(each.severity == "problem" for each in found)
    if shape == "text":
        click.echo(_summary(len(curriculum.courses), problems, len(found) - problems), err=True)
    raise SystemExit(1 if problems or (strict and found) else 0)


@click.command()
@click.argument("kind", type=click.Choice(sorted(schemas.SCHEMAS)))
def schema(kind: str) -> None:
    """Print the JSON Schema of one kind of file, for editors that complete and check YAML."""
    click.echo(schemas.published(kind), nl=False)


def _text(found: tuple[Problem, ...]) -> str:
    return "".join(f"{each}\n" for each in found)


def _json(found: tuple[Problem, ...]) -> str:
    listed = [{key: asdict(each)[key] for key in _KEYS} for each in found]
    return json.dumps(listed, indent=2) + "\n"


def _github(found: tuple[Problem, ...]) -> str:
    return "".join(
        f"::{'error' if each.severity == 'problem' else 'warning'} "
        f"file={_escaped(each.path, ':,')},line={each.line},col={each.column},"
        f"title={each.code}::{_escaped(each.message)}\n"
        for each in found
    )


def _escaped(text: str, marks: str = "") -> str:
    for mark in f"%\r\n{marks}":
        text = text.replace(mark, f"%{ord(mark):02X}")
    return text


_SHAPES = {"text": _text, "json": _json, "github": _github}


def _summary(courses: int, problems: int, warnings: int) -> str:
    return (
        f"{_count(courses, 'course')} checked: "
        f"{_count(problems, 'problem')}, {_count(warnings, 'warning')}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


if __name__ == "__main__":
    check()
