"""One way to mix things: the same seed gives the same order, in every process, for ever."""

import hashlib
from collections.abc import Callable, Iterable
from typing import TypeVar

Seed = int | str
T = TypeVar("T")


def place(seed: Seed, name: str) -> bytes:
    """Return where a named thing stands in the shuffle of this seed: a digest to sort by.

    A digest, and not ``random.shuffle``: Python promises to keep only ``random.random`` the same
    between versions, and a paper that is drawn again must come out the same. It also makes the
    place of a question independent of how many others there are.
    """
    return hashlib.sha256(f"{seed}\n{name}".encode()).digest()


def shuffled(things: Iterable[T], *, seed: Seed, name: Callable[[T], str]) -> tuple[T, ...]:
    """Return the things in the order of this seed; ``name`` tells them apart."""
    return tuple(sorted(things, key=lambda thing: place(seed, name(thing))))
