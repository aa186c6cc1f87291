"""A turn: one process of a site has it at a time, and it ends when that process does."""

import subprocess
import sys
from collections.abc import Callable

from sqlalchemy import Engine

from course_engine.records.turns import Turn
from tests.databases import PostgresServer, SqliteFiles

TAKE_AND_WAIT = """
import sys
from course_engine.records import engine
from course_engine.records.turns import Turn
turn = Turn(engine.create(sys.argv[1]), "clerk")
print(turn.take(), flush=True)
sys.stdin.read()
"""


def test_one_has_the_turn_until_they_leave_it(
    databases: SqliteFiles | PostgresServer, opened: Callable[..., Engine]
) -> None:
    url = databases.bare()
    first, second = Turn(opened(url), "clerk"), Turn(opened(url), "clerk")
    assert first.take()
    assert first.take(), "who has it keeps it"
    assert not second.take()
    other = Turn(opened(url), "other")
    assert other.take(), "turns of other names are others"
    other.leave()
    first.leave()
    assert second.take()
    second.leave()


def test_the_turn_of_a_killed_process_is_free_at_once(
    databases: SqliteFiles | PostgresServer, opened: Callable[..., Engine]
) -> None:
    url = databases.bare()
    with subprocess.Popen(
        [sys.executable, "-c", TAKE_AND_WAIT, url],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        mine = Turn(opened(url), "clerk")
        assert not mine.take()
        other.kill()
        other.wait()
        assert any(mine.take() for _ in range(100))
        mine.leave()
