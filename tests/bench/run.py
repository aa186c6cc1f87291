"""The whole run: sites are seeded, served side by side, measured in turn, and told as ratios."""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click
import pytest

from tests import databases
from tests.bench import (
    analyzing,
    authoring,
    certificates,
    figures,
    journeys,
    load,
    pages,
    printing,
    seeding,
    serving,
)
from tests.bench.figures import Figure
from tests.bench.seeding import CLIENTS, Site

RESULTS = Path("bench-results.json")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How often and how long things are measured."""

    rounds: int
    seconds: float
    times: int
    starts: int
    sizes: tuple[int, ...]
    certificates: int
    analyzed: int


FULL = Pace(
    rounds=30,
    seconds=0.2,
    times=7,
    starts=3,
    sizes=(50, 50_000),
    certificates=10_000,
    analyzed=25_000,
)
QUICK = Pace(rounds=5, seconds=0.2, times=2, starts=1, sizes=(50,), certificates=200, analyzed=1000)


def main() -> None:
    """Measure, print the table and write the results."""
    words = argparse.ArgumentParser(prog="make bench", description=__doc__)
    words.add_argument("--quick", action="store_true", help="under a minute, SQLite and 50 alone")
    words.add_argument("--out", type=Path, default=RESULTS, help="where the results are written")
    given = words.parse_args()
    pace = QUICK if given.quick else FULL
    began = time.perf_counter()
    found: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="course-engine-bench-") as name:
        folder = Path(name)
        courses = seeding.curriculum(folder / "curriculum")
        _tell("certificates", began)
        printed, pdf = printing.at_issue(times=pace.times)
        printed += certificates.measure(times=pace.times, many=pace.certificates)
        _tell("check of a large curriculum", began)
        found += authoring.check(folder / "large", times=1 if given.quick else 2)
        _tell("item analysis", began)
        found += analyzing.measure(folder / "analysis", courses, people=pace.analyzed)
        measured = partial(_database, courses=courses, pace=pace, began=began)
        folder_of = {each: folder / each for each in ("SQLite", "PostgreSQL")}
        for each in folder_of.values():
            each.mkdir()
        found += measured(
            "SQLite",
            folder=folder_of["SQLite"],
            address=lambda each: f"sqlite:///{folder_of['SQLite'] / each}.db",
            pdf=pdf,
        )
        if not given.quick:
            with _postgres() as fresh:
                if fresh is not None:
                    found += measured(
                        "PostgreSQL", folder=folder_of["PostgreSQL"], address=fresh, pdf=None
                    )
    found += printed
    click.echo(f"\n{figures.table(found)}\n")
    took = time.perf_counter() - began
    run = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "quick": given.quick,
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load_average": os.getloadavg()[0],
        "seconds": round(took),
    }
    figures.write(given.out, found, run)
    missed = [f"{each.where}: {each.name}" for each in found if each.reached is False]
    ending = f"{took:.0f} s; written to {given.out}; {len(missed)} targets missed"
    click.echo("\n  ".join([ending, *missed]))


def _database(
    title: str,
    *,
    folder: Path,
    courses: Path,
    address: Callable[[str], str],
    pace: Pace,
    pdf: bytes | None,
    began: float,
) -> list[Figure]:
    """Measure everything that one kind of database answers for."""
    _tell(f"{title}: seeding", began)
    sites = [
        seeding.site(folder / f"site-{size}", courses, address(f"site-{size}"), size)
        for size in pace.sizes
    ]
    bare_address = address("bare")
    found: list[Figure] = []
    with ExitStack() as stack:
        clients = stack.enter_context(load.clients(CLIENTS))
        bare = stack.enter_context(serving.bare(bare_address))
        served = [(each, stack.enter_context(serving.site(each.environment))) for each in sites]
        _tell(f"{title}: pages", began)
        places = [pages.place(*each) for each in served]
        found += pages.measure(bare, places, clients, rounds=pace.rounds, seconds=pace.seconds)
        _tell(f"{title}: a whole quiz, the export", began)
        for each in served:
            found += journeys.whole_quiz(*each, bare, times=pace.times)
        found += journeys.export(*served[-1])
        if pdf is not None:
            _tell(f"{title}: an archive, one changed file", began)
            found += printing.archive(*served[0], pdf, times=pace.times)
            found += authoring.republish(*served[0], times=pace.times)
    if pdf is not None:
        _tell(f"{title}: start", began)
        found += journeys.start(_as_published(sites[0]), bare_address, times=pace.starts)
    return [figures.under(each, title) for each in found]


def _as_published(site: Site) -> Site:
    """Start a site once, so that what is measured afterwards finds nothing to publish."""
    with serving.site(site.environment):
        return site


@contextmanager
def _postgres() -> Iterator[Callable[[str], str] | None]:
    """Start a PostgreSQL; None, loudly, where there is none."""
    started = databases.running_postgres(durable=True)
    try:
        server = started.__enter__()
    except pytest.skip.Exception as missing:
        click.echo(f"\nPOSTGRESQL IS NOT MEASURED: {missing}\n")
        yield None
        return
    try:
        yield lambda _name: server.bare()
    finally:
        started.__exit__(None, None, None)


def _tell(what: str, began: float) -> None:
    click.echo(f"{time.perf_counter() - began:5.0f} s  {what}")
