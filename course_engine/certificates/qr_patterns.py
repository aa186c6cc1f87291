"""The same QR codes that segno draws, quickly, for many addresses of one length.

Codes of one size and mask are linear: the difference between two codes is what the difference of
their texts would draw. So one code is drawn by segno for each length, and for each bit of a text of
that length it is worked out which squares it turns, with those of its error correction.
"""

from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import chain, compress, zip_longest
from operator import xor
from typing import Any

import segno
from segno import consts

# One of the eight patterns that keep a code from having large plain areas. Trying all of them
# takes five times as long, and what is written here looks like chance under each.
_MASK = 3
_FILLER = b"x"
_VALUES = bytes.maketrans(b"01", b"\0\1")
_MOST_WITH_SHORT_COUNT = 9  # Up to this version, the length is written in 8 bits, then in 16.


@dataclass(frozen=True, kw_only=True, slots=True)
class _Pattern:
    """A code of fillers, its squares as ``squares`` gives them, and what each bit of text turns.

    ``turned`` has the squares for each bit of the text.
    """

    side: int
    squares: int
    turned: tuple[int, ...]


def code(address: str) -> Any:
    """Make the code with segno; it survives 15 % of its area being unreadable."""
    return segno.make_qr(address, error="m", boost_error=False, mask=_MASK)


def squares(address: str) -> tuple[int, int]:
    """Return the side of the same code, and its squares as the bits of one number, dark ones set.

    Rows follow one another, and each ends in a light square that is not the code's.
    """
    text = address.encode()
    pattern = _pattern(len(text))
    difference = int.from_bytes(text) ^ int.from_bytes(_FILLER * len(text))
    chosen = compress(pattern.turned, bits(difference, len(pattern.turned)))
    return pattern.side, reduce(xor, chosen, pattern.squares)


def bits(number: int, amount: int) -> bytes:
    """Return the bits of a number as so many bytes of 0 and 1."""
    return f"{number:0{amount}b}".encode().translate(_VALUES)


def _message(difference: int, length: int, version: int) -> list[int]:
    """Put data into blocks, work out their error correction, and interleave both."""
    sizes: Any = consts.ECC
    blocks = [
        (block.num_data, block.num_total - block.num_data)
        for block in sizes[version][consts.ERROR_LEVEL_M]
        for _ in range(block.num_blocks)
    ]
    room = sum(amount for amount, _ in blocks)
    # Before the text stand its kind, in four bits, and its length.
    head = 4 + (8 if version <= _MOST_WITH_SHORT_COUNT else 16)
    left = (difference << (room * 8 - head - length * 8)).to_bytes(room)
    words, corrections = [], []
    for amount, extra in blocks:
        words.append(left[:amount])
        corrections.append(_correction(left[:amount], extra))
        left = left[amount:]
    woven = chain(zip_longest(*words), zip_longest(*corrections))
    return [byte for column in woven for byte in column if byte is not None]


def _correction(words: bytes, amount: int) -> bytes:
    """Divide by the generator polynomial of Reed and Solomon; return the remainder."""
    multiples, size = _multiples(amount), amount * 8
    rest, low = 0, (1 << size) - 1
    for word in words:
        rest = ((rest << 8) & low) ^ multiples[word ^ (rest >> (size - 8))]
    return rest.to_bytes(amount)


@lru_cache
def _multiples(amount: int) -> tuple[int, ...]:
    power, logarithm = consts.GALIOS_EXP, consts.GALIOS_LOG
    return 0, *(
        int.from_bytes(bytes(power[logarithm[by] + one] for one in consts.GEN_POLY[amount]))
        for by in range(1, 256)
    )


@lru_cache
def _pattern(length: int) -> _Pattern:
    made = code((_FILLER * length).decode())
    kinds = [list(row) for row in made.matrix_iter(border=0, verbose=True)]
    side = len(kinds)
    # segno takes one square too many for a part of the format.
    kinds[8][side - 9] = consts.TYPE_DATA_DARK
    free = {consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT}
    order: list[int] = []
    # Pairs of columns, from the right, up and down in turn, around the one that only keeps time.
    for turn, right in enumerate((*range(side - 1, 6, -2), *range(5, 0, -2))):
        for row in range(side) if turn % 2 else reversed(range(side)):
            pair = (right, right - 1)
            order += [row * (side + 1) + column for column in pair if kinds[row][column] in free]

    def turned_by(difference: int) -> int:
        turned = ["0"] * side * (side + 1)
        for place, byte in enumerate(_message(difference, length, made.version)):
            if byte:
                for bit, turns in enumerate(f"{byte:08b}"):
                    turned[order[place * 8 + bit]] = turns
        return int("".join(turned), 2)

    return _Pattern(
        side=side,
        squares=int("".join(str(square) for row in made.matrix for square in (*row, 0)), 2),
        turned=tuple(turned_by(1 << bit) for bit in reversed(range(length * 8))),
    )
