"""Which names can be printed, and in which form."""

import re
import unicodedata

from course_engine.errors import N_, Refused

LONGEST_NAME = 200

# Zero-width joiner and non-joiner shape Persian and Indic names; every other format character
# (bidirectional overrides and isolates, byte-order marks, tags) only hides or reorders text.
_SHAPING = {"\u200c", "\u200d"}
_UNPRINTABLE = {"Cn": "is not assigned", "Co": "is for private use", "Cs": "is half a character"}
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]+")
# Real names stack at most a handful of marks on one letter; towers of marks leave the page.
_MOST_MARKS = 6
_MOST_NAMED = 6
_UNREADABLE = N_("This name cannot be printed: %(characters)s.")


class NotPrintable(Refused):
    """Text that cannot stand on a certificate; the explanation names the characters."""


def printable_name(typed: str) -> str:
    """Return the name as it is printed: composed (NFC), on one line, without hidden controls.

    Mathematical letters become plain ones. Raises NotPrintable for an empty name, for more
    than 200 characters, and for unassigned or private-use characters, naming each of them.
    """
    visible = "".join(_visible(character) for character in unicodedata.normalize("NFC", typed))
    plain = _MATHEMATICAL.sub(lambda run: unicodedata.normalize("NFKC", run[0]), visible)
    name = unicodedata.normalize("NFC", " ".join(plain.split()))
    if not name.strip("\u200c\u200d "):
        raise NotPrintable(N_("A certificate needs a name."))
    if len(name) > LONGEST_NAME:
        raise NotPrintable(
            N_("This name has %(length)s characters. A certificate has room for %(longest)s."),
            length=len(name),
            longest=LONGEST_NAME,
        )
    if refused := {c for c in name if unicodedata.category(c) in _UNPRINTABLE}:
        raise NotPrintable(_UNREADABLE, characters=described(refused))
    if tower := _tower(name):
        raise NotPrintable(
            N_(
                "This name cannot be printed: more than %(most)s marks follow one letter "
                "(%(characters)s)."
            ),
            most=_MOST_MARKS,
            characters=described(tower),
        )
    return name


def described(characters: set[str]) -> str:
    """Name characters, at most six, for people who may not be able to see them."""
    named = [_description(character) for character in sorted(characters)]
    if len(named) > _MOST_NAMED:
        named[_MOST_NAMED:] = [f"and {len(named) - _MOST_NAMED} more"]
    return ", ".join(named)


def _visible(character: str) -> str:
    category = unicodedata.category(character)
    if character.isspace() or category in {"Zl", "Zp"}:
        return " "
    if category == "Cc" or (category == "Cf" and character not in _SHAPING):
        return ""
    return character


def _tower(name: str) -> set[str]:
    marks = 0
    for character in name:
        marks = marks + 1 if unicodedata.category(character) == "Mn" else 0
        if marks > _MOST_MARKS:
            return {character}
    return set()


def _description(character: str) -> str:
    point = f"U+{ord(character):04X}"
    if reason := _UNPRINTABLE.get(unicodedata.category(character)):
        return f"{point} ({reason})"
    name = unicodedata.name(character, "")
    return f"{character} ({point}{', ' + name.lower() if name else ''})"
