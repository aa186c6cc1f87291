"""Bitstring Status Lists: one bit for each certificate, which says whether it is in force.

Each certificate has one place, on two lists. *Revocation* is for good: the certificate was
superseded by another. *Suspension* can end: the certificate was withdrawn, and may be restored.
So a program can tell the two apart in words that every verifier knows.
"""

import base64
import gzip
from collections.abc import Iterable
from io import BytesIO
from typing import Any, Literal

from course_engine.certificates.credentials import contexts

Purpose = Literal["revocation", "suspension"]

PURPOSES: tuple[Purpose, ...] = ("revocation", "suspension")
MEANS: dict[Purpose, str] = {"revocation": "superseded", "suspension": "withdrawn"}
# A list that is shorter would tell who is asked about; the standard asks for this much.
LENGTH = 131_072


def entries(site: str, status_index: int) -> list[dict[str, Any]]:
    """Say where the standing of a certificate is found.

    ``status_index`` counts through all lists of a site: the first place of the second is LENGTH.
    """
    number, place = divmod(status_index, LENGTH)
    return [
        {
            "id": f"{address(site, purpose, number)}#{place}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": purpose,
            "statusListIndex": str(place),
            "statusListCredential": address(site, purpose, number),
        }
        for purpose in PURPOSES
    ]


def address(site: str, purpose: Purpose, number: int) -> str:
    """Return where a list is served."""
    return f"{site}/status/{purpose}/{number}"


def compose(
    site: str, *, issuer: str, purpose: Purpose, number: int, places: Iterable[int], since: str
) -> dict[str, Any]:
    """Write a list without its proof: the bit of each of ``places`` is set, all others are not.

    ``since`` is the moment of the last change, as an XML Schema dateTime.
    """
    own = address(site, purpose, number)
    return {
        "@context": [contexts.CREDENTIALS],
        "id": own,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": since,
        "credentialSubject": {
            "id": f"{own}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(places),
        },
    }


def encoded(places: Iterable[int]) -> str:
    """Pack the bits: the first place is the highest bit of the first byte."""
    bits = bytearray(LENGTH // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def is_set(encoded_list: str, place: int) -> bool:
    """Read one bit of a list.

    :raises ValueError: it is no list of the length that we write.
    """
    text = encoded_list.removeprefix("u")
    packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    with gzip.GzipFile(fileobj=BytesIO(packed)) as file:
        bits = file.read(LENGTH // 8 + 1)
    if len(bits) != LENGTH // 8:
        raise ValueError("This list has not the length that it should have.")
    return bool(bits[place // 8] & 0x80 >> place % 8)
