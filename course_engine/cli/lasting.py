"""What a command loads at its start stays until its end."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Load or build what stays for good: nobody looks for garbage in it, now or later.

    Python would walk over all of it again and again while it grows, which took a fifth of a start.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
