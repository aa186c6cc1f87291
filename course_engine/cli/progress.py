"""Signs of life during long work: on a terminal a moving line, otherwise nothing."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def working(words: str) -> Iterator[None]:
    """Show what is being done until it is done.

    Only a person at a terminal is shown anything, on standard error: what a program reads, and
    what goes into a log, stays as it is.
    """
    if not sys.stderr.isatty():
        yield
        return
    # Rich takes a moment to load, and only this needs it.
    from rich.console import Console  # noqa: PLC0415

    with Console(stderr=True).status(words):
        yield
