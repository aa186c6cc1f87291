"""The process in which pages are printed: one call after another, each within its limits.

Started by ``apart``, as ``python -m course_engine.press.worker``. It ends when the site does, when
nothing was to do for a while, and after running out of memory.
"""

import logging
import os
import pickle
import select
import sys
from contextlib import suppress
from typing import IO, Any

from course_engine.errors import Refusal
from course_engine.press import limits, messages
from course_engine.press.faults import DesignFaulty, PrintingFault
from course_engine.press.messages import Unfinished

IDLE_SECONDS = 600

log = logging.getLogger(__name__)


def main() -> None:
    """Answer calls from standard input until there are no more, or nobody waits for answers."""
    with suppress(BrokenPipeError):
        _work()


def _work() -> None:
    calls, answers = sys.stdin.buffer, _private_output()
    while _something_comes(calls):
        try:
            call = messages.receive(calls)
        except Unfinished:
            return
        try:
            answer = _answer(call)
        except MemoryError:
            answer = messages.failure(PrintingFault("Printing took more memory than it may."))
            messages.send(answers, *answer)
            # What is left over, nobody knows; a new process begins with nothing.
            return
        messages.send(answers, *answer)


def _answer(call: bytes) -> tuple[bytes, bytes]:
    function, arguments, named, allowed = pickle.loads(call)  # noqa: S301 - from the site itself
    limits.hold(allowed)
    try:
        return messages.success(function(*arguments, **named))
    except (Refusal, PrintingFault) as why:
        return messages.failure(why)
    except RecursionError:
        return messages.failure(DesignFaulty("The template is nested too deeply."))
    except MemoryError:
        raise
    except Exception as fault:
        log.exception("printing failed")
        return messages.failure(DesignFaulty(f"{type(fault).__name__}: {fault}"))


def _private_output() -> IO[bytes]:
    """Keep standard output for answers, and send what anybody else prints to the log."""
    private: Any = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return private  # type: ignore[no-any-return]


def _something_comes(calls: IO[bytes]) -> bool:
    if os.name != "posix":  # Nothing else can wait for a pipe with a limit.
        return True
    return bool(select.select([calls], [], [], IDLE_SECONDS)[0])


if __name__ == "__main__":
    main()
