"""Questions of every kind that authors might write, for laws about formats."""

from dataclasses import replace
from html import escape
from typing import get_args

from hypothesis import strategies as st

from course_engine.curriculum.questions import (
    Choice,
    Html,
    Level,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Pair,
    Question,
    Reflection,
    Scope,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.exchange import banks
from course_engine.exchange.losses import Losses

WORDS = st.text(st.sampled_from("abcdeé漢 .,?-"), min_size=1, max_size=12).filter(
    lambda text: any(mark.isalpha() for mark in text)
)
ODD = st.one_of(
    WORDS,
    st.text(st.sampled_from("ab ~={}#:\\*_<>&[]|!-+.()1x%/\"'`→"), min_size=1, max_size=10),
    st.sampled_from(
        ["- (x) a", "= 3", "## b", "a => b", "a -> b", "1. c", "%50%d", "&amp;", "[html]e", "//f",
         "$CATEGORY: g", "::h::", "{#42}", "C #", "\\n", "![i](j)", "<b>k</b>", "snake_case"]
    ),
)  # fmt: skip


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _line(words: st.SearchStrategy[str]) -> st.SearchStrategy[Html]:
    return words.map(_squeezed).filter(bool).map(lambda text: Html(escape(text, quote=False)))


def lines(words: st.SearchStrategy[str]) -> st.SearchStrategy[Html]:
    """A text without paragraphs: words, some of them marked."""
    line = _line(words)
    marked = st.tuples(line, st.sampled_from(["em", "strong", "code"]), line, line).map(
        lambda made: Html(f"{made[0]} <{made[1]}>{made[2]}</{made[1]}> {made[3]}")
    )
    return st.one_of(line, line, marked)


def blocks(words: st.SearchStrategy[str]) -> st.SearchStrategy[Html]:
    """A text of paragraphs and lists."""
    line = lines(words)
    paragraph = line.map(lambda made: f"<p>{made}</p>")
    listed = st.lists(line, min_size=1, max_size=3).map(
        lambda made: "<ul>\n" + "\n".join(f"<li>{each}</li>" for each in made) + "\n</ul>"
    )
    ending = st.tuples(paragraph, listed, paragraph).map("\n".join)
    return st.one_of(paragraph, st.tuples(paragraph, paragraph).map("\n".join), ending).map(Html)


def _choices(words: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Choice, ...]]:
    choice = st.builds(
        Choice, text=lines(words), right=st.booleans(), feedback=st.none() | blocks(words)
    )
    several = st.lists(choice, min_size=2, max_size=5, unique_by=lambda each: each.text)
    return several.map(tuple)


def _only(choices: tuple[Choice, ...], right: int) -> tuple[Choice, ...]:
    return tuple(replace(each, right=at == right % len(choices)) for at, each in enumerate(choices))


def _scope(feedback: tuple[Html | None, ...], right: int) -> tuple[Choice, ...]:
    return tuple(
        Choice(text=Html(label.value), right=at == right, feedback=feedback[at])
        for at, label in enumerate(Scope)
    )


def _range(ends: tuple[str, str]) -> tuple[str, str]:
    low, high = sorted(ends, key=float)
    return low, high


@st.composite
def questions(draw: st.DrawFn, words: st.SearchStrategy[str] = ODD) -> Question:
    """One question, as our own parser would have read it."""
    asked = {
        "id": draw(st.from_regex(r"[a-z][a-z0-9]{0,6}", fullmatch=True)),
        "prompt": draw(lines(words)),
        "vignette": draw(st.just(Html("")) | blocks(words)),
        "explanation": draw(st.none() | blocks(words)),
        "competencies": tuple(
            draw(st.lists(st.sampled_from(["a:B", "samhsa:III.3", "npg:6"]), unique=True))
        ),
        "critical": draw(st.booleans()),
        "level": draw(st.sampled_from([None, *get_args(Level)])),
        "practice": draw(st.booleans()),
        "points": draw(st.integers(1, 99)),
    }
    decimals = st.decimals(-999, 999, places=2, allow_nan=False).map(lambda made: f"{made:f}")
    kind = draw(st.integers(0, 8))
    if kind == 0:
        return SingleChoice(**asked, choices=_only(draw(_choices(words)), draw(st.integers(0, 4))))
    if kind == 1:
        first, *rest = draw(_choices(words))
        return MultipleChoice(**asked, choices=(replace(first, right=True), *rest))
    if kind == 2:
        feedback = draw(st.tuples(*[st.none() | blocks(words)] * 4))
        return ScopeQuestion(**asked, choices=_scope(feedback, draw(st.integers(0, 3))))
    if kind == 3:
        pairs = st.lists(
            st.builds(Pair, left=lines(words), right=_line(words)),
            min_size=2, max_size=4, unique_by=lambda pair: pair.left,
        )  # fmt: skip
        return Matching(**asked, pairs=tuple(draw(pairs)))
    if kind == 4:
        steps = draw(st.lists(lines(words), min_size=2, max_size=4, unique=True))
        return Ordering(**asked, items=tuple(steps))
    if kind == 5:
        accepted = st.lists(words.map(_squeezed).filter(bool), min_size=1, max_size=3, unique=True)
        return ShortAnswer(**asked, accepted=tuple(draw(accepted)))
    if kind == 6:
        low, high = _range(draw(st.tuples(decimals, decimals)))
        return NumberAnswer(**asked, low=low, high=high)
    own = {**asked, "explanation": None, "practice": False}
    if kind == 7:
        fewest = draw(st.integers(0, 99))
        most = draw(st.none() | st.integers(max(fewest, 1), 9999))
        return Written(
            **own,
            rubric=draw(st.sampled_from(["reply", "first-talk"])),
            assessors=draw(st.sampled_from([1, 2])),
            fewest=0 if most is None else fewest,
            most=most,
        )
    return Reflection(**own)


def as_written(*made: Question) -> banks.Imported:
    """Write the questions as a bank and read it back: the questions that an author has."""
    return banks.made("A bank", made, Losses("made"))


def alone(question: Question) -> Question:
    """The question without the place that it stands in."""
    return replace(question, source="", line=0)
