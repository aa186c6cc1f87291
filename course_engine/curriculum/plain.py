"""Rendered text back to plain words: for signing, counting and weighing."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[2-6]|dt|dd|th|td|blockquote|pre|div)>|<br>")
_WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")


def text(html: str) -> str:
    """Return the words that a person sees, one block to a line."""
    if "<" not in html and "&" not in html:
        return " ".join(html.split())
    lines = unescape(_TAG.sub("", _BLOCK_END.sub("\n", html.replace("\n", " ")))).split("\n")
    return "\n".join(" ".join(line.split()) for line in lines if line.strip())


def words(html: str) -> int:
    """Return how many words a person reads."""
    return len(_WORD.findall(text(html)))
