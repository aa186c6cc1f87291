"""Printing in a process of its own, so that no name, picture or template can stop the site.

Each process that prints has one such worker: started when it is first needed, kept warm, and
thrown away when it takes more than it may. A pipe that only the two know needs no address, no
lock file and nobody to look after it, and ends with the site.
"""

import atexit
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Timer
from typing import IO, Any, cast

from course_engine.press import messages
from course_engine.press.faults import PrintingFault
from course_engine.press.limits import Limits
from course_engine.press.messages import Printed, Unfinished
from course_engine.settings import PREFIX

LIMITS = Limits()
_COMMAND = (sys.executable, "-m", "course_engine.press.worker")


class PrintingStopped(PrintingFault):
    """The worker took more than it may, or was killed; nothing was printed."""


def run(function: Callable[..., Printed], *arguments: Any, **named: Any) -> Printed:
    """Call a module's function in the worker, with arguments that can be pickled.

    Refusals and PrintingFaults come through; any other error becomes one. Calls of several threads
    wait for each other. Raises PrintingStopped where the worker did not live to answer.
    """
    return run_within(LIMITS, function, *arguments, **named)


def run_within(
    limits: Limits, function: Callable[..., Printed], *arguments: Any, **named: Any
) -> Printed:
    """Do as ``run`` does within other limits, for what nobody is made to wait long for."""
    call = pickle.dumps((function, arguments, named, limits))
    with _turn:
        worker = _worker()
        try:
            return messages.outcome(*worker.ask(call, limits))
        except _Left:
            # It had nothing to do for long, and went just now: the next one answers.
            return messages.outcome(*_worker().ask(call, limits))


class _Left(PrintingStopped):
    """The worker ended of its own accord, for want of work."""


class _Worker:
    def __init__(self) -> None:
        # What can be loaded here, can be loaded there.
        # The worker reads pages that people write into, so it is told none of the site's secrets.
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(PREFIX)
        } | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self._calls: IO[bytes] = cast("IO[bytes]", self._process.stdin)
        self._answers: IO[bytes] = cast("IO[bytes]", self._process.stdout)

    @property
    def lives(self) -> bool:
        return self._process.poll() is None

    @property
    def number(self) -> int:
        return self._process.pid

    def ask(self, call: bytes, limits: Limits) -> tuple[bytes, bytes]:
        """Send a call and wait for head and content of the answer, as long as limits allow."""
        calls, answers = self._calls, self._answers
        late = Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        watch = Timer(limits.clock, stop)
        watch.start()
        try:
            messages.send(calls, call)
            return messages.receive(answers), messages.receive(answers)
        except (Unfinished, OSError) as gone:
            ending = self._process.wait()
            why = _reason(ending, limits, late=late.is_set())
            raise (PrintingStopped if ending else _Left)(why) from gone
        finally:
            watch.cancel()

    def close(self) -> None:
        """End it: it has read all that it will be asked."""
        for pipe in (self._calls, self._answers):
            with suppress(OSError):
                pipe.close()
        self._process.kill()
        self._process.wait()


def number() -> int:
    """Return the process number of this process's worker, which is started where there is none."""
    with _turn:
        return _worker().number


def close() -> None:
    """End the worker of this process, if there is one; the next call starts another."""
    with _turn:
        if worker := _mine.pop(os.getpid(), None):
            worker.close()


def _worker() -> _Worker:
    # By process, because the site's processes fork: each has its own, and none answers for two.
    worker = _mine.get(os.getpid())
    if worker is None or not worker.lives:
        if worker is not None:
            worker.close()
        worker = _mine[os.getpid()] = _Worker()
    return worker


def _reason(ending: int, limits: Limits, *, late: bool) -> str:
    if late:
        return f"Printing took longer than {limits.clock:g} seconds."
    if ending == -getattr(signal, "SIGXCPU", 0):
        return f"Printing took more than {limits.processor:g} seconds of processor time."
    return f"The press ended before it had printed anything (exit code {ending})."


_mine: dict[int, _Worker] = {}
_turn = Lock()
atexit.register(close)
