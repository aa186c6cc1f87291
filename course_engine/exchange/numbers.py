"""Numbers as other formats write them, as the decimal strings of ours."""

import re
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"[-+]?(?:\d{1,30}\.?\d{0,30}|\.\d{1,30})(?:[eE][-+]?\d{1,2})?")
_OURS = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,10})?")


def read(text: str) -> Decimal | None:
    """Return the number that a text is, or None."""
    bare = text.strip()
    if not _NUMBER.fullmatch(bare):
        return None
    try:
        return Decimal(bare)
    except InvalidOperation:
        return None


def between(low: Decimal, high: Decimal) -> tuple[str, str] | None:
    """Return both ends as we write them; None where they are too long, or the range is empty."""
    written = f"{low:f}", f"{high:f}"
    fits = low <= high and all(_OURS.fullmatch(each) for each in written)
    return written if fits else None
