"""The clerk: tasks done in turn, whatever becomes of one of them."""

import time

import pytest
from flask import Flask

from course_engine.records.turns import Turn
from course_engine.web import clerk
from course_engine.web.clerk import Task
from course_engine.web.database import db


class Heap:
    """Work that is done a piece at a time."""

    def __init__(self, pieces: int) -> None:
        self.pieces = pieces
        self.steps = 0

    def work(self) -> bool:
        self.steps += 1
        self.pieces -= 1
        return self.pieces > 0


def never() -> bool:
    return False


def task(name: str, heap: Heap) -> Task:
    return Task(name=name, work=heap.work, every=60)


def test_once_does_everything_there_is_and_ends(app: Flask) -> None:
    small, large = Heap(1), Heap(5)
    assert clerk.run(app, stop=never, once=True, tasks=[task("s", small), task("l", large)])
    assert (small.steps, large.steps) == (1, 5)


def test_a_long_task_does_not_keep_the_others_waiting(app: Flask) -> None:
    order: list[str] = []

    def long() -> bool:
        order.append("long")
        return len(order) < 4

    def short() -> None:
        order.append("short")

    tasks = [Task(name="long", work=long, every=60), Task(name="short", work=short, every=60)]
    clerk.run(app, stop=never, once=True, tasks=tasks)
    assert order[:2] == ["long", "short"]


def test_a_task_that_fails_is_logged_and_the_others_go_on(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("a fault")

    heap = Heap(2)
    monkeypatch.setattr(clerk.log, "propagate", True)
    tasks = [Task(name="broken", work=broken, every=1), task("whole", heap)]
    with caplog.at_level("ERROR", logger=clerk.log.name):
        clerk.run(app, stop=never, once=True, tasks=tasks)
    assert heap.steps == 2


def test_a_second_clerk_waits_while_the_first_is_there(app: Flask) -> None:
    with app.app_context():
        first = Turn(db.engine, "clerk")
    assert first.take()
    heap = Heap(1)
    assert not clerk.run(app, stop=never, once=True, tasks=[task("h", heap)])
    assert heap.steps == 0
    until = time.monotonic() + 0.2
    clerk.run(app, stop=lambda: time.monotonic() > until, tasks=[task("h", heap)])
    assert heap.steps == 0
    first.leave()
    assert clerk.run(app, stop=never, once=True, tasks=[task("h", heap)])


def test_every_task_has_a_name_of_its_own() -> None:
    names = [known.name for known in clerk.TASKS]
    assert len(set(names)) == len(names)
