"""How hard a text is to read, as a US school grade."""

import re
from functools import lru_cache

import pyphen

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+[\"'\u201d\u2019)]*(?:\s+|$)|\n")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<![lr])e$|(?<=[^dt])ed$|(?<=[^aeiouy])es$")


def grade(text: str) -> float:
    """Return the Flesch-Kincaid grade of an English text, one block to a line.

    The formula is 0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid et al., 1975).
    """
    sentences = [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


@lru_cache(maxsize=50_000)
def _syllables(word: str) -> int:
    # Each way alone counts too few: hyphens leave out "a-bout", groups of vowels "sci-ence".
    groups = len(_VOWELS.findall(_SILENT.sub("", word)))
    return max(1, groups, len(_hyphens().positions(word)) + 1)


@lru_cache(maxsize=1)
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US")
