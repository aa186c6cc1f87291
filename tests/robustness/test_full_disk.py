"""A disk without room: a kind page, and everything that was saved before is still there."""

import html
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.robustness.trainee import Trainee
from tests.servers import Server, sample_with_every_kind

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("full disk")]
EMAIL = "ana@example.org"
ROOM = 256 * 1024
LENGTH = 15_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path, curriculum=sample_with_every_kind(tmp_path))
    made.settle(EMAIL)
    yield made
    made.stop()


def fill(trainee: Trainee, path: str) -> tuple[str, int]:
    """Save longer and longer texts until one fails; return the last one saved, and the status."""
    saved = ""
    for number in range(200):
        text = f"{number} ".ljust(LENGTH, "x")
        answer = trainee.send(path, {"q-takeaway": text, "seen-takeaway": "nothing"})
        if answer.status != 200:
            return saved, answer.status
        saved = text
    raise AssertionError("the disk was never full")


def test_a_full_disk_is_told_kindly_and_loses_nothing(server: Server) -> None:
    database = server.instance / "course-engine.db"
    # No file of the server may grow beyond this, as if the disk had no room for more.
    server.largest_file = database.stat().st_size + ROOM
    server.start()
    trainee = Trainee(server, EMAIL)
    trainee.sign_in()
    attempt = f"/attempts/{trainee.start()}"
    saved, status = fill(trainee, f"{attempt}/save")
    assert saved
    assert status == 500

    told = trainee.post(f"{attempt}/save", {"q-takeaway": "y" * LENGTH, "seen-takeaway": "x"})
    assert told.status == 500
    page = html.unescape(told.body)
    assert "This is not your fault. What was saved before is safe." in page
    assert "Need help now?" in page
    assert "Traceback" not in page
    assert saved in trainee.get(attempt).body, "pages are still shown, with what was saved"

    server.stop()
    server.largest_file = None
    server.start()
    assert saved in trainee.get(attempt).body
    assert trainee.save(f"{attempt}/save", {"q-takeaway": "Room again.", "seen-takeaway": "x"})
    assert "Room again." in trainee.get(attempt).body
