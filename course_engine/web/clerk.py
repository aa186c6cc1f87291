"""The clerk: what a site does by itself, beside the pages, one small step after the other."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask

from course_engine.records.turns import Turn
from course_engine.web import analyzing, awaiting, bulk, closing, ledger, renewing, repairing
from course_engine.web.database import db

log = logging.getLogger(__name__)

AFTER_A_FAULT = 60.0
_NAP = 0.5

Work = Callable[[], bool | None]
"""A task's work: no arguments, commits in small steps, may be killed at any moment.

It returns after a few seconds at most, so that the other tasks have their turn, and says True when
there is more to do at once. Doing it twice does no more than doing it once.
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One thing that the clerk does; ``every`` is the pause in seconds when nothing was left."""

    name: str
    work: Work
    every: float


TASKS: tuple[Task, ...] = (
    Task(name="bulk jobs", work=bulk.work, every=1.0),
    Task(name="ledger head", work=ledger.mail_head, every=600.0),
    Task(name="renewals", work=renewing.remind, every=3600.0),
    Task(name="closing attempts", work=closing.close_run_out, every=5.0),
    Task(name="settling repairs", work=repairing.settle_next, every=5.0),
    Task(name="item analysis", work=analyzing.make_next, every=3.0),
    Task(name="credentials that wait", work=awaiting.issue_waiting, every=60.0),
)
"""Everything that the clerk does. A new task is added here, and nowhere else."""


def run(
    app: Flask,
    *,
    stop: Callable[[], bool],
    once: bool = False,
    tasks: Sequence[Task] | None = None,
) -> bool:
    """Do what is due until told to stop; ``once`` does everything there is, and ends.

    Of several clerks one works at a time, and another goes on when it is gone. Say whether this
    one had its turn.
    """
    known = TASKS if tasks is None else tasks
    with app.app_context():
        turn = Turn(db.engine, "clerk")
    due = dict.fromkeys((task.name for task in known), 0.0)
    worked = False
    try:
        while not stop():
            if not turn.take():
                if once:
                    return False
                time.sleep(_NAP)
                continue
            worked = True
            ready = [task for task in known if due[task.name] <= time.monotonic()]
            for task in ready:
                if stop():
                    break
                due[task.name] = time.monotonic() + _step(app, task)
            if once and all(moment > time.monotonic() for moment in due.values()):
                break
            if not ready:
                time.sleep(_NAP)
    finally:
        turn.leave()
    return worked


def _step(app: Flask, task: Task) -> float:
    """Work at one task, and return the pause before it is due again, in seconds."""
    with app.app_context():
        try:
            return 0.0 if task.work() else task.every
        except Exception:
            # A fault of one task must not keep the clerk from the others.
            db.session.rollback()
            log.exception("a task of the clerk failed", extra={"task": task.name})
            return max(AFTER_A_FAULT, task.every)
