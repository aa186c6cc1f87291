"""The bytes of a file as text, whatever they are."""

import codecs

from course_engine.exchange import words
from course_engine.exchange.losses import Losses

LARGEST = 16 * 1024 * 1024
"""Bytes of a file of questions."""


def text(content: bytes, losses: Losses) -> str | None:
    """Return the text of a file, or None where it is none, which is told with its line."""
    if len(content) > LARGEST:
        losses.question(1, "too-large", f"it is larger than {LARGEST >> 20} MiB. Split it.")
        return None
    sixteen = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        decoded = content.decode("utf-16" if sixteen else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        losses.question(line, "not-utf-8", "a byte here is not UTF-8. Save the file as UTF-8.")
        return None
    decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    kept = words.seen(decoded)
    if len(kept) != len(decoded):
        lines = zip(decoded.split("\n"), range(1, decoded.count("\n") + 2), strict=True)
        first = next(number for line, number in lines if words.seen(line) != line)
        reason = "no editor shows them. Look whether something is missing."
        losses.part(first, "control-character", "control characters", reason)
    return kept
