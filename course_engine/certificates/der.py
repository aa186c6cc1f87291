"""DER, as far as a signature needs it: each value has exactly one way to be written (X.690)."""

from collections.abc import Iterable, Iterator

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL = 0x30, 0x31, 0x02, 0x04, 0x06, 0x05
CONTEXT_0, CONTEXT_1 = 0xA0, 0xA1

_LONG = 0x80  # Set in a length of more than one byte, and in all but the last byte of a number.


def element(tag: int, *parts: bytes) -> bytes:
    """Write an element around parts that are written already."""
    content = b"".join(parts)
    length = len(content)
    if length < _LONG:
        return bytes([tag, length]) + content
    size = length.to_bytes((length.bit_length() + 7) // 8)
    return bytes([tag, _LONG | len(size)]) + size + content


def set_of(members: Iterable[bytes]) -> bytes:
    """Write a set, whose order is that of its bytes."""
    return element(SET, *sorted(members))


def integer(number: int) -> bytes:
    """Write a number that is not negative."""
    return element(INTEGER, number.to_bytes(number.bit_length() // 8 + 1))


def identifier(dotted: str) -> bytes:
    """Write an object identifier such as 1.2.840.113549."""
    first, second, *others = map(int, dotted.split("."))
    encoded = bytearray([first * 40 + second])
    for number in others:
        low = [number & 0x7F]
        while number := number >> 7:
            low.append(number & 0x7F | _LONG)
        encoded += bytes(reversed(low))
    return element(OID, bytes(encoded))


def tagged(tag: int, written: bytes) -> bytes:
    """Put another tag in the place of an element's own."""
    return bytes([tag]) + written[1:]


def elements(content: bytes) -> Iterator[bytes]:
    """Yield the elements that stand one after the other; IndexError where one is cut off."""
    place = 0
    while place < len(content):
        start, length = place + 2, content[place + 1]
        if length & _LONG:
            start += length ^ _LONG
            length = int.from_bytes(content[place + 2 : start])
        yield content[place : start + length]
        place = start + length


def inside(written: bytes) -> list[bytes]:
    """List the elements inside an element."""
    return list(elements(content_of(written)))


def content_of(written: bytes) -> bytes:
    """Return what is inside an element."""
    return written[2 + (written[1] ^ _LONG if written[1] & _LONG else 0) :]
