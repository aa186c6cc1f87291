"""``course-engine clerk``: what the site does by itself, also beside ``serve``."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import click
from flask import Flask

from course_engine.cli import starting
from course_engine.web import clerk as clerks
from course_engine.web import logs
from course_engine.web.database import db

_PATIENCE = 10.0
_LOOK = 0.5


@click.command()
@click.option("--once", is_flag=True, help="Do what there is to do, and end; for cron.")
@click.option("--demo", is_flag=True, help="Work for the demo site.")
def clerk(*, once: bool, demo: bool) -> None:
    """Do what the site does by itself: bulk jobs, reminders, the daily head of the ledger.

    "serve" starts a clerk beside the web workers, so this command is for sites that start their
    web processes another way. Of several clerks one works at a time; it may be killed at any
    moment, and the next one goes on where it was.
    """
    chosen = starting.settings(demo=demo)
    logs.start(chosen.log_level)
    app = starting.site(chosen)
    asked_to_stop: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: asked_to_stop.append(number))
    try:
        worked = clerks.run(app, stop=lambda: bool(asked_to_stop), once=once)
    except KeyboardInterrupt:
        return
    if once and not worked:
        click.echo("Another clerk is at work.")


def start(app: Flask, *, demo: bool) -> Callable[[], None]:
    """Start a clerk beside the web workers; return what ends it.

    Where the system can fork, it shares what is loaded already, and a keeper starts it again when
    it dies. Both end with this process.
    """
    parent = os.getpid()
    if not hasattr(os, "fork"):
        words = ["clerk", "--demo"] if demo else ["clerk"]
        return subprocess.Popen([sys.executable, "-m", "course_engine", *words]).terminate  # noqa: S603 - our own command
    keeper = _forked(lambda: _keep(app, parent))

    def stop() -> None:
        # A web worker that ends comes through here too, and the clerk is not its own to end.
        if os.getpid() == parent:
            _end(keeper)

    return stop


def _keep(app: Flask, parent: int) -> None:
    """Keep one clerk at work until told to stop, or until the parent is gone."""
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    keeper = os.getpid()
    clerk_id: int | None = None
    # The web workers go first: what the clerk has to do can wait for a moment.
    time.sleep(_LOOK)
    while not told and os.getppid() == parent:
        if clerk_id is None or _ended(clerk_id):
            clerk_id = _forked(lambda: _work(app, keeper))
        time.sleep(_LOOK)
    if clerk_id is not None:
        _end(clerk_id)


def _work(app: Flask, keeper: int) -> None:
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _frame: told.append(number))
    with app.app_context():
        db.connections.forget()
    clerks.run(app, stop=lambda: bool(told) or os.getppid() != keeper)


def _forked(work: Callable[[], None]) -> int:
    """Do something in a process of its own, and return its id."""
    child = os.fork()
    if child:
        return child
    try:
        # Ctrl-C reaches the whole group; the parent is the one who answers it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        work()
    except BaseException:  # noqa: BLE001 - nothing of the parent may run on in this process
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(0)


def _ended(child: int) -> bool:
    try:
        return os.waitpid(child, os.WNOHANG)[0] == child
    except ChildProcessError:
        return True


def _end(child: int) -> None:
    """Ask a process to stop, and insist after ten seconds."""
    until = time.monotonic() + _PATIENCE
    with contextlib.suppress(ProcessLookupError):
        os.kill(child, signal.SIGTERM)
        while not _ended(child) and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(child, signal.SIGKILL)
