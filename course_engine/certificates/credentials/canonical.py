"""JSON-LD in, canonical N-Quads out (RDFC-1.0): the text that a proof is made over.

A JSON-LD processor takes ten milliseconds to find out what the words of a document mean, and for
every certificate it finds the same. So it is asked once for each *shape*: the document with every
value replaced by a mark. The statements that it finds are filled with the values of each document.
A test compares the result with the processor's own for many documents.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

from course_engine.certificates.credentials import contexts

LARGEST = 64 * 1024

# Their values choose the meaning of other words, so they belong to the shape.
_WORDS = {"@context", "type", "proofPurpose"}
_MARK = re.compile(r'(<urn:mark:\d+>|"urn:mark:\d+"|_:b\d+)')
_IRI = re.compile(r'(?:https?|did|urn):[^\x00-\x20<>"{}|\\^`\x7f-\x9f]*')
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_ESCAPED = str.maketrans({"\\": "\\\\", "\n": "\\n", '"': '\\"'})

_Line = tuple[str, ...]
_pyld_is_one_at_a_time = Lock()


class NotCanonical(ValueError):
    """A document that has no canonical form here: a word, value or shape that we never write."""


def canonical(document: Mapping[str, Any]) -> str:
    """Return the canonical N-Quads of a document without proof.

    :raises NotCanonical: a word that no context defines, an address that is none, a control
        character other than a line break, or two nameless nodes that cannot be told apart.
    """
    values: list[str] = []
    shape = json.dumps(_shape(document, values), ensure_ascii=False)
    if len(shape) > LARGEST:
        raise NotCanonical("The document is too large.")
    lines = {tuple(_filled(line, values)) for line in _statements(shape)}
    names = _names(lines)
    return "".join(sorted("".join(names.get(part, part) for part in line) for line in lines))


def _shape(value: Any, values: list[str], word: str = "") -> Any:
    """Copy a document with a mark in the place of each text; the texts go into ``values``."""
    if isinstance(value, Mapping):
        for key in value:
            # A full address, a keyword or a context of its own would say in other words what a
            # reader of the plain document does not see.
            if not (key.isalpha() or (key == "@context" and not word)):
                raise NotCanonical(f"The word {key!r} cannot stand here.")
        return {key: _shape(inner, values, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [_shape(inner, values, word) for inner in value]
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        raise NotCanonical(f"The value of {word} must be a text.")
    if word in _WORDS:
        if value.startswith("urn:mark:"):
            raise NotCanonical(f"{value!r} is a mark of our own.")
        return value
    values.append(value)
    return f"urn:mark:{len(values) - 1}"


@lru_cache(maxsize=256)
def _statements(shape: str) -> tuple[_Line, ...]:
    """Ask the JSON-LD processor what a shape says, each statement split at its marks."""
    from pyld import jsonld  # noqa: PLC0415 - it takes 20 MB, and few processes sign or check

    dropped: list[str] = []
    processor = jsonld.JsonLdProcessor(on_property_dropped=dropped.append)
    options = {"format": "application/n-quads", "documentLoader": contexts.load}
    try:
        with _pyld_is_one_at_a_time:
            text = processor.to_rdf(json.loads(shape), options)
    except (jsonld.JsonLdError, contexts.UnknownContext) as error:
        raise NotCanonical(f"The document is not JSON-LD that we understand: {error}") from error
    if dropped:
        raise NotCanonical(f"No context defines: {', '.join(map(str, dropped))}.")
    return tuple(tuple(_MARK.split(line)) for line in text.splitlines(keepends=True))


def _filled(line: _Line, values: list[str]) -> Iterator[str]:
    for part in line:
        if part.startswith("<urn:mark:"):
            address = values[int(part[10:-1])]
            if not _IRI.fullmatch(address):
                raise NotCanonical(f"This is not an address: {address!r}.")
            yield f"<{address}>"
        elif part.startswith('"urn:mark:'):
            text = values[int(part[10:-1])]
            if _CONTROL.search(text):
                raise NotCanonical(f"A control character stands in {text!r}.")
            yield f'"{text.translate(_ESCAPED)}"'
        else:
            yield part


def _names(lines: Iterable[_Line]) -> dict[str, str]:
    """Name each nameless node by the order of the digests of what is said with it."""
    about: dict[str, list[_Line]] = {}
    for line in lines:
        for node in {part for part in line if part.startswith("_:b")}:
            about.setdefault(node, []).append(line)
    digests = {_digest(node, said): node for node, said in about.items()}
    if len(digests) != len(about):
        raise NotCanonical("Two nameless nodes cannot be told apart.")
    return {digests[digest]: f"_:c14n{n}" for n, digest in enumerate(sorted(digests))}


def _digest(node: str, said: Iterable[_Line]) -> str:
    def spoken(part: str) -> str:
        return ("_:a" if part == node else "_:z") if part.startswith("_:b") else part

    text = "".join(sorted("".join(map(spoken, line)) for line in said))
    return hashlib.sha256(text.encode()).hexdigest()
