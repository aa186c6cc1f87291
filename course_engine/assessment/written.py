"""Comparing what people type with what a key accepts: words and numbers."""

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal

# Phones put curly quotes and long dashes where a keyboard has plain ones.
_PLAIN_MARKS = str.maketrans(
    "\u2018\u2019\u02bc\u201c\u201d\u2010\u2011\u2013\u2014\u2212", "'''\"\"-----"
)
_SPACES = str.maketrans("\u00a0\u2009\u202f", "   ")
# Classes up to 9 (nukta, voicing, virama) make other letters; the classes above are accents.
_LAST_LETTER_MAKING_CLASS = 9

_ONE_MARK = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?P<mark>[,. '])\d{3}((?P=mark)\d{3})*((?!(?P=mark))[.,]\d+)?")


def same_words(given: str, accepted: Iterable[str]) -> bool:
    """Say whether the text is one of the accepted ones; case, spacing and accents do not matter.

    Curly and plain quotes, and dashes of any length, are the same. Nothing fuzzy is.
    """
    folded = _fold(given)
    return bool(folded) and folded in {_fold(text) for text in accepted}


def within(given: str, *, low: str, high: str) -> bool:
    """Say whether the text is a number from ``low`` to ``high``, both included."""
    return any(Decimal(low) <= number <= Decimal(high) for number in readings(given))


def readings(text: str) -> tuple[Decimal, ...]:
    """Return every number that the text can mean: none, one, or two.

    The decimal mark is a point or a comma. "1,500" is one and a half to some people and fifteen
    hundred to others; both readings are returned, so nobody is marked down for their country.
    """
    plain = text.translate(_PLAIN_MARKS).translate(_SPACES).strip()
    found = []
    if _ONE_MARK.fullmatch(plain):
        found.append(Decimal(plain.replace(",", ".")))
    if grouped := _GROUPED.fullmatch(plain):
        found.append(Decimal(plain.replace(grouped["mark"], "").replace(",", ".")))
    return tuple(found)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN_MARKS)).casefold()
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", plain)
        if not character.isspace()
        and unicodedata.category(character) != "Cf"
        and unicodedata.combining(character) <= _LAST_LETTER_MAKING_CLASS
    )
