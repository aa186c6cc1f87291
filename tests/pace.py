"""How slow this machine is just now: limits in seconds are for one that is not."""

import re
from time import process_time

# Seconds that the work below took on a busy machine on which every limit held. There, and on any
# machine that is quicker, limits are what is written; only a slower one is given more.
USUAL = 0.02
WORDS = " ".join(f"word{number}" for number in range(4000))


def slowness() -> float:
    """Return how many times longer than usual work takes here; never less than once as long."""
    return max(1.0, min(_took() for _ in range(5)) / USUAL)


def _took() -> float:
    began = process_time()
    counts: dict[str, int] = {}
    for word in re.findall(r"\w+", WORDS) * 8:
        counts[word[-2:]] = counts.get(word[-2:], 0) + 1
    return process_time() - began
