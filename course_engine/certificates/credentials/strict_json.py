"""JSON from anybody: read within limits, and never in two ways."""

import json
from typing import Any

LARGEST = 64 * 1024


class NotOurs(ValueError):
    """A document that is no credential of the kind that is written here."""


def parsed(content: bytes) -> dict[str, Any]:
    """Read JSON from anybody.

    :raises NotOurs: it is too large, nested too deeply, says a word twice, or is no object.
    """
    if len(content) > LARGEST:
        raise NotOurs("The credential is too large.")
    try:
        found = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise NotOurs("The credential is no JSON that can be read.") from error
    if not isinstance(found, dict):
        raise NotOurs("The credential is no JSON object.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("A word stands there twice.")
    return found
