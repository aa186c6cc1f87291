"""The clerk beside a real server: started again when it dies, gone when the server is."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.servers import Server

pytestmark = [pytest.mark.slow]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path, arguments=("--workers", "1"))
    made.settle("ana@example.org")
    yield made.start()
    made.stop()


def children(parent: int) -> set[int]:
    """The ids of the living processes that a process started."""
    found = set()
    for each in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, above = each.read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(above) == parent and state != "Z":
            found.add(int(each.parent.name))
    return found


def clerk_of(server: Server) -> int | None:
    """The only grandchild: the keeper's child."""
    assert server.process is not None
    assert server.process.pid is not None
    found = {one for child in children(server.process.pid) for one in children(child)}
    return next(iter(found), None)


def wait_until(condition: Callable[[], object]) -> None:
    until = time.monotonic() + 15
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the system tells nothing of processes")
def test_a_clerk_that_dies_is_started_again_and_ends_with_the_server(server: Server) -> None:
    wait_until(lambda: clerk_of(server))
    first = clerk_of(server)
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: clerk_of(server) not in {None, first})
    second = clerk_of(server)
    assert second is not None
    assert server.process is not None
    server.process.kill()
    server.process.join(30)
    wait_until(lambda: not Path(f"/proc/{second}").exists())
    server.process = None
