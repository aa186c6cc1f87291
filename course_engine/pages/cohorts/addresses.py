"""Pasted lists of addresses: everything in them that is good, and everything that is not."""

import re
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

LONGEST_ADDRESS = 254
LONGEST_NAME = 200
MOST_AT_ONCE = 100

# A name may hold commas, so whatever stands before angle brackets is tried first.
_PIECE = re.compile(r"[^<>@;]*<[^<>]*>|[^,;]+")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ADDRESS = re.compile(
    rf"[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{{|}}~-]+)*@{_LABEL}(?:\.{_LABEL})+",
    re.ASCII | re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitee:
    """Somebody to be invited. The address is in the form in which it is compared."""

    address: str
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pasted:
    """What a pasted list holds; with a fault in it, nothing of it is used."""

    invitees: tuple[Invitee, ...]
    twice: tuple[str, ...]
    faults: tuple[str, ...]


def read(text: str) -> Pasted:
    """Read a list of addresses, and find every fault in it at once, each with its line."""
    invitees: dict[str, Invitee] = {}
    twice: dict[str, None] = {}
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        for piece in filter(None, (part.strip() for part in _PIECE.findall(line))):
            invitee = _invitee(piece)
            if invitee is None:
                said = _("Line %(number)s: “%(piece)s” is not an e-mail address.")
                faults.append(said % {"number": number, "piece": _shortened(piece)})
            elif invitee.address in invitees:
                twice[invitee.address] = None
            else:
                invitees[invitee.address] = invitee
    if not invitees and not faults:
        faults.append(_("There is no address in this list."))
    if len(invitees) > MOST_AT_ONCE:
        faults.append(
            ngettext(
                "This list has %(num)s address. Please send at most %(most)s at a time.",
                "This list has %(num)s addresses. Please send at most %(most)s at a time.",
                len(invitees),
                most=MOST_AT_ONCE,
            )
        )
    return Pasted(invitees=tuple(invitees.values()), twice=tuple(twice), faults=tuple(faults))


def is_address(text: str) -> bool:
    """Say whether mail can be sent to this: letters without accents, an @, and a domain."""
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def _invitee(piece: str) -> Invitee | None:
    named = _NAMED.fullmatch(piece)
    name = " ".join(named["name"].strip(" \t,\"'").split()) if named else ""
    address = (named["address"] if named else piece).strip().lower()
    if not is_address(address) or len(name) > LONGEST_NAME or not name.isprintable():
        return None
    return Invitee(address=address, name=name)


def _shortened(piece: str, most: int = 60) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in piece)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
