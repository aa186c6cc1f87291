"""The contexts that give the words of a credential their meaning, from files; see README.md."""

import json
from functools import cache
from importlib import resources
from typing import Any

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

_FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}


class UnknownContext(ValueError):
    """A document names a context that is not shipped here; none is ever fetched."""


@cache
def context(address: str) -> dict[str, Any]:
    """Return the context published at an address, from its file.

    :raises UnknownContext: it is not one of ours.
    """
    if address not in _FILES:
        raise UnknownContext(f"The context {address} is not one that is shipped here.")
    text = resources.files(__package__).joinpath(_FILES[address]).read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def load(address: str, _options: Any) -> dict[str, Any]:
    """Hand a context to a JSON-LD processor in the form it asks for."""
    return {
        "contextUrl": None,
        "documentUrl": address,
        "document": context(address),
        "contentType": "application/ld+json",
    }
