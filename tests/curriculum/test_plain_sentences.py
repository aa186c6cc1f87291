"""Plain sentences skip the parser; what comes out must be what the parser would have made."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course_engine.curriculum import markup, plain
from course_engine.curriculum.reading import Line, joined, trimmed
from tests.curriculum.authored import draft

# Hundreds of examples through the parser itself: too much for the inner ring.
pytestmark = [pytest.mark.pure, pytest.mark.slow]

TYPED = (
    'She asks, 5 of us; why? (One.) "Yes," he said: it\'s 50% - or 3/4 of it … “so” ‘it’ is — '
    "No! @here 12. 1) a: b $5 été naïve www.example.org e.g. x~y - -- --- : ' \" ) ?"
)
WORDS = st.lists(
    st.sampled_from(TYPED.split()) | st.text(alphabet="ab .,:;-!?\"'()19é\u00a0", max_size=6),
    max_size=12,
).map(" ".join)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.lists(WORDS, min_size=1, max_size=3).map("\n".join))
def test_a_plain_text_is_what_the_parser_would_make_of_it(text: str) -> None:
    lines = trimmed([Line(text=each, number=at) for at, each in enumerate(text.split("\n"), 1)])
    quick = markup.blocks(lines, draft())
    slow = markup._CONVERTERS.fragments.convert(joined(lines), lines, draft(), "blocks")
    assert quick == slow.strip()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(WORDS)
def test_plain_words_are_what_the_parser_would_make_of_them(text: str) -> None:
    quick = markup.inline([Line(text=text, number=1)], draft())
    assert plain.text(quick) == " ".join(text.replace("\u00a0", " ").split())


def test_most_feedback_is_plain() -> None:
    assert markup._PLAIN.fullmatch("Right. They are her words, and her questions.")
    assert markup._PLAIN.fullmatch('"I\'m here from nine," she says.\nYou can call.')
    for marked in ("*so*", "a  \nb", "1. a", "- a", "a\n---", "<b>", "a & b", "[a](b)", "a\n  b"):
        assert not markup._PLAIN.fullmatch(marked)
