"""Servers to measure: the site as ``course-engine serve`` runs it, and the bare app beside it."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from tests import ports
from tests.bench.load import Address, Line, Request, written

ROOT = Path(__file__).parents[2]
WORKERS = 2
STARTING = 60


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server, and how long it took to its first answer."""

    address: Address
    process: int
    seconds_to_first_answer: float
    log: TextIO

    def told(self) -> tuple[float, ...]:
        """Return the milliseconds of each request since the last look, as the site logs them."""
        lines = [json.loads(line) for line in self.log if line.startswith("{")]
        return tuple(line["ms"] for line in lines if line["message"] == "answered")

    def memory(self) -> float:
        """Return what the server and its workers hold in MB (PSS: what is shared counts once)."""
        return sum(_proportional(process) for process in (self.process, *_children(self.process)))


@contextmanager
def site(environment: Mapping[str, str]) -> Iterator[Server]:
    """Serve a site by its own command."""
    port = ports.free()
    words = ["-m", "course_engine", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with _running(words, environment, port, "/health") as server:
        yield server


@contextmanager
def bare(database_url: str) -> Iterator[Server]:
    """Serve the bare app by the same server, with as many workers."""
    port = ports.free()
    words = ["-m", "gunicorn", "--preload", "--workers", str(WORKERS), "--log-level", "warning"]
    words += ["--no-control-socket", "--bind", f"127.0.0.1:{port}", "tests.bench.bare:app"]
    with _running(words, {"BENCH_DATABASE_URL": database_url}, port, "/") as server:
        yield server


@contextmanager
def _running(
    words: list[str], environment: Mapping[str, str], port: int, path: str
) -> Iterator[Server]:
    # A site keeps its compiled modules between starts, whatever this machine is set to.
    kept = {
        name: each
        for name, each in os.environ.items()
        if "COURSE_ENGINE" not in name and name != "PYTHONDONTWRITEBYTECODE"
    }
    with (
        tempfile.NamedTemporaryFile("a", prefix="course-engine-log-") as log,
        Path(log.name).open() as told,
    ):
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=kept | {"PYTHONPATH": str(ROOT)} | dict(environment),
            stdout=subprocess.DEVNULL,
            stderr=log,
            start_new_session=True,
        )
        try:
            address = ("127.0.0.1", port)
            _wait(process, Request(address=address, content=written(address, "GET", path)))
            took = time.perf_counter() - began
            yield Server(
                address=address, process=process.pid, seconds_to_first_answer=took, log=told
            )
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                # A worker that was forked a moment ago did not hear of it.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(process: "subprocess.Popen[bytes]", request: Request) -> None:
    deadline = time.monotonic() + STARTING
    while True:
        try:
            Line().ask(request)
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(each) for each in listed.split()]


def _proportional(process: int) -> float:
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0
