"""``course-engine import`` and ``export``: questions from and to other formats."""

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import click

from course_engine.cli import courses, starting
from course_engine.curriculum.problems import Problem, stops
from course_engine.exchange import aiken, shelves
from course_engine.exchange.banks import Imported
from course_engine.exchange.gift import reading as gift_reading
from course_engine.exchange.gift import writing as gift_writing
from course_engine.exchange.losses import Losses
from course_engine.exchange.qti import packages
from course_engine.exchange.qti import packing as qti_packing
from course_engine.exchange.qti import reading as qti_reading

_KEYS = ("path", "line", "column", "severity", "code", "message")
_READERS: dict[str, Callable[..., Imported]] = {
    "gift": gift_reading.read,
    "aiken": aiken.read,
    "qti": qti_reading.read,
}

_shape = click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Lines for people, or a JSON list for programs.",
)
_force = click.option("--force", is_flag=True, help="Replace the file if there is one.")
_out = click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write. One that exists is kept, unless you add --force.",
)


@click.command("import")
@click.argument("kind", type=click.Choice(list(_READERS)), metavar="gift|aiken|qti")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@_out
@click.option("--title", default="", help="The title of the bank, if the file has none to take.")
@_shape
@_force
def import_(kind: str, file: Path, out: Path, title: str, shape: str, *, force: bool) -> None:
    """Turn the questions in FILE into one bank in Markdown.

    FILE is GIFT, Aiken, or QTI 2.1, 2.2 or 3.0: one item, or a package. Everything that is not
    imported is told as "file:line:column: not imported because … What to do." Problems are
    questions that were left out. Warnings are parts of questions that were kept.

    Exit code 0 when every question was imported, 1 when one was left out, 2 when FILE cannot be
    read or the bank cannot be written. Without any question, nothing is written.
    """
    _free(out, force=force)
    try:
        with file.open("rb") as opened:
            content = opened.read(packages.LARGEST + 1)
    except OSError as error:
        starting.stop(f"{file} cannot be read: {error.strerror}.")
    imported = _READERS[kind](content, name=str(file), title=title)
    if imported.markdown:
        _write(out, imported.markdown.encode())
    _tell(imported.problems, shape)
    if shape == "text":
        left = sum(each.severity == "problem" for each in imported.problems)
        done = f"{_count(len(imported.questions))} imported, {left} left out."
        click.echo(f"{done} {f'Wrote {out}' if imported.markdown else 'Nothing written'}", err=True)
    raise SystemExit(1 if stops(imported.problems) or not imported.markdown else 0)


@click.command()
@click.argument("kind", type=click.Choice(["gift", "qti"]), metavar="gift|qti")
@click.argument("course")
@_out
@click.option("--only", default="", help="One module's quiz or one topic of the bank, by its name.")
@_shape
@_force
def export(kind: str, course: str, out: Path, only: str, shape: str, *, force: bool) -> None:
    """Write the questions of COURSE as a file of GIFT, or as a package of QTI 3.0.

    COURSE is the folder of a course, or its name below the folder that COURSE_ENGINE_CURRICULUM
    names. Quizzes and the topics of the bank become categories in GIFT and assessments in QTI. What
    the format cannot carry is told with its line. The file holds the keys, so keep it as you keep
    the bank.

    Exit code 0 when every question was exported, 1 when one was left out, 2 when there is nothing
    to export or the file cannot be written.
    """
    _free(out, force=force)
    found, _ = courses.opened(course)
    chosen = [shelf for shelf in shelves.of(found) if only in {"", shelf.slug}]
    if not chosen:
        starting.stop("there are no questions of that name. Leave out --only, or correct it.")
    sources = {question.source for shelf in chosen for question in shelf.questions}
    losses = {source: Losses(source, done="exported") for source in sources}
    if kind == "gift":
        _write(out, gift_writing.write(chosen, losses).encode())
    else:
        _write(out, qti_packing.pack(chosen, losses))
    problems = tuple(each for source in sorted(losses) for each in losses[source].found)
    _tell(problems, shape)
    if shape == "text":
        left = sum(each.severity == "problem" for each in problems)
        done = sum(len(shelf.questions) for shelf in chosen) - left
        click.echo(f"{_count(done)} exported, {left} left out. Wrote {out}", err=True)
    raise SystemExit(1 if stops(problems) else 0)


def _free(out: Path, *, force: bool) -> None:
    if out.exists() and not force:
        starting.stop(f"{out} exists already. Choose another name, or add --force.")


def _write(out: Path, content: bytes) -> None:
    """Write the whole file or none of it: beside its place first, then in one step into it."""
    beside = None
    try:
        with tempfile.NamedTemporaryFile(dir=out.parent, prefix=".", delete=False) as file:
            beside = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o644)
        beside.replace(out)
    except OSError as error:
        if beside:
            beside.unlink(missing_ok=True)
        starting.stop(f"{out} cannot be written: {error.strerror}.")


def _tell(problems: tuple[Problem, ...], shape: str) -> None:
    if shape == "json":
        listed = [{key: asdict(each)[key] for key in _KEYS} for each in problems]
        click.echo(json.dumps(listed, indent=2))
    else:
        for problem in problems:
            click.echo(str(problem))


def _count(number: int) -> str:
    return f"{number} question{'' if number == 1 else 's'}"
