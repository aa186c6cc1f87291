"""Serials and verification codes: made to be read aloud, typed and mistyped.

Both are Crockford base 32 (no I, L, O, U) and end in a check character. The characters are
elements of the field with 32 elements; the check makes the sum of all of them, each times its
own power of a generator, zero. So one wrong character is always caught, and so are any two
characters that changed places.
"""

from course_engine.errors import N_, Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SERIAL_BYTES = 5
CODE_BYTES = 16

_PREFIX = "CE"
_SERIAL_LENGTH = 9
_CODE_LENGTH = 27
_READ_ALIKE = str.maketrans("OIL", "011")
_SEPARATORS = str.maketrans("", "", " -\t\r\n\u00a0\u2010\u2011\u2012\u2013\u2014")
_FIELD_POLYNOMIAL = 0b100101  # x⁵ + x² + 1, whose root x generates the field.


class Mistyped(Refused):
    """A serial or code that was never given out: its length, letters or check are wrong."""

    explanation = N_(
        "There is a typing mistake in this number. Please compare it letter by letter."
    )


def new_serial(randomness: bytes) -> str:
    """Make a serial like ``CE-7K3M-9QXW-4`` of 5 random bytes; who stores it keeps it unique."""
    text = _checked(_in_base_32(randomness, SERIAL_BYTES))
    return f"{_PREFIX}-{text[:4]}-{text[4:8]}-{text[8]}"


def new_code(randomness: bytes) -> str:
    """Make a verification code of 16 random bytes: 27 characters, without separators."""
    return _checked(_in_base_32(randomness, CODE_BYTES))


def grouped(code: str) -> str:
    """Show a code in groups of three, the way that people read and type it."""
    return "-".join(code[start : start + 3] for start in range(0, len(code), 3))


def parse_serial(typed: str) -> str:
    """Return the serial that was meant; case, spaces, hyphens, O/0 and I/L/1 do not matter.

    Raises Mistyped where no serial can have been meant.
    """
    text = _normal(typed)
    # "CE" is made of letters of the alphabet, so only the length tells whether it was typed.
    if len(text) == len(_PREFIX) + _SERIAL_LENGTH:
        if not text.startswith(_PREFIX):
            raise Mistyped
        text = text.removeprefix(_PREFIX)
    text = _valid(text, _SERIAL_LENGTH)
    return f"{_PREFIX}-{text[:4]}-{text[4:8]}-{text[8]}"


def parse_code(typed: str) -> str:
    """Return the verification code that was meant, as ``new_code`` made it, or raise Mistyped."""
    return _valid(_normal(typed), _CODE_LENGTH)


def _in_base_32(randomness: bytes, length: int) -> str:
    if len(randomness) != length:
        raise ValueError(f"{length} random bytes are needed, {len(randomness)} were given.")
    number = int.from_bytes(randomness)
    digits = -(-length * 8 // 5)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(digits)))


def _normal(typed: str) -> str:
    return typed.translate(_SEPARATORS).upper().translate(_READ_ALIKE)


def _valid(text: str, length: int) -> str:
    if len(text) != length or not set(text) <= set(ALPHABET) or _checked(text[:-1]) != text:
        raise Mistyped
    return text


def _checked(text: str) -> str:
    """Append the check character: the value that brings the weighted sum to zero."""
    total = 0
    for character in text:
        total = _times_x(total ^ ALPHABET.index(character))
    return text + ALPHABET[total]


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ _FIELD_POLYNOMIAL if doubled & 32 else doubled
