"""How much of the machine one printing may take, where the system can be told to hold to it.

Linux keeps all three limits. macOS has no working limit of memory, and Windows has neither that
nor one of processor time; the limit of time on the clock is kept everywhere, by the other side.
"""

import time
from dataclasses import dataclass
from math import ceil
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has no such limits.
    resource = None  # type: ignore[assignment]

_MEGABYTE = 1024 * 1024
_STATE = Path("/proc/self/statm")


@dataclass(frozen=True, kw_only=True, slots=True)
class Limits:
    """Seconds of processor time, seconds on the clock, and megabytes beyond what is held before.

    The seconds leave room for a slow machine that prints its first page: a usual page takes less
    than one.
    """

    processor: float = 15
    clock: float = 40
    megabytes: int = 400


def hold(limits: Limits) -> None:
    """Limit what this process may take from now on; the system kills it, or memory runs out."""
    if resource is None:
        return
    used = ceil(time.process_time() + limits.processor)
    _lower(resource.RLIMIT_CPU, used)
    _lower(resource.RLIMIT_CORE, 0)
    if _STATE.exists():
        pages = int(_STATE.read_text(encoding="ascii").split()[0])
        held = pages * resource.getpagesize()
        _lower(resource.RLIMIT_AS, held + limits.megabytes * _MEGABYTE)


def _lower(which: int, amount: int) -> None:
    _, most = resource.getrlimit(which)
    if most != resource.RLIM_INFINITY:
        amount = min(amount, most)
    resource.setrlimit(which, (amount, most))
