"""Questions out as GIFT; what the format has no form for is told."""

from collections.abc import Iterable
from decimal import Decimal
from typing import assert_never

from course_engine.curriculum import plain
from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.exchange import stems, tags, words
from course_engine.exchange.gift.scanning import escaped
from course_engine.exchange.losses import Losses
from course_engine.exchange.shelves import Shelf

_NEAREST = Decimal("0.00001")
_BACKSLASH = "\\"


class _Unsayable(Exception):
    """What the format has no form for; its one argument is the reason, with a remedy."""


def write(shelves: Iterable[Shelf], losses: dict[str, Losses]) -> str:
    """Return one file, a category for each shelf. ``losses`` are kept by source file."""
    pieces = ["// Written by Course Engine. Ids and tags bring the questions back as they were."]
    for shelf in shelves:
        pieces.append(f"$CATEGORY: {shelf.title.replace('/', '//')}")
        for question in shelf.questions:
            own = losses[question.source]
            try:
                pieces.append(_question(question, own))
            except _Unsayable as error:
                own.question(question.line, "not-in-gift", str(error))
    return "\n\n".join(pieces) + "\n"


def _question(asked: Question, losses: Losses) -> str:
    answers = "\n".join(f"  {line}" for line in _answers(asked, losses))
    stem = _html(stems.joined(asked.prompt, asked.vignette), asked, losses)
    explanation = asked.explanation
    general = f"  ####{_html(explanation, asked, losses)}\n" if explanation else ""
    marks = "".join(f" [tag:{tag.replace(']', _BACKSLASH + ']')}]" for tag in tags.of(asked))
    body = f"{answers}\n{general}" if answers else general
    opening = "{" if not body or body.startswith("#") else "{\n"
    return f"// [id:{asked.id}]{marks}\n::{asked.id}::{stem} {opening}{body}}}"


def _answers(asked: Question, losses: Losses) -> list[str]:
    match asked:
        case SingleChoice() | ScopeQuestion() | MultipleChoice():
            return [
                _choice(mark, choice, asked, losses)
                for mark, choice in zip(_marks(asked), asked.choices, strict=True)
            ]
        case Matching(pairs=pairs):
            return [
                f"={_html(pair.left, asked, losses)} -> {escaped(_bare(pair.right, asked))}"
                for pair in pairs
            ]
        case Ordering():
            raise _Unsayable("GIFT cannot order steps. Export the question as QTI.")
        case ShortAnswer(accepted=accepted):
            if any("->" in text for text in accepted):
                raise _Unsayable("GIFT reads -> as a pair. Export the question as QTI.")
            return [f"=%100%{escaped(text.replace('*', _BACKSLASH + '*'))}" for text in accepted]
        case NumberAnswer(low=low, high=high):
            return [f"#{low}" if low == high else f"#{low}..{high}"]
        case Reflection() | Written():
            return []
        case _:
            assert_never(asked)


def _marks(asked: SingleChoice | ScopeQuestion | MultipleChoice) -> list[str]:
    """Return the mark before each choice, so that it earns there what it earns here."""
    rights = [at for at, choice in enumerate(asked.choices) if choice.right]
    match asked:
        case SingleChoice():
            return ["=" if choice.right else "~" for choice in asked.choices]
        case ScopeQuestion():
            near = {at + step for at in rights for step in (-1, 1)}
            places = range(len(asked.choices))
            return ["=" if at in rights else "~%50%" if at in near else "~" for at in places]
        case MultipleChoice():
            share = f"{(Decimal(100) / max(len(rights), 1)).quantize(_NEAREST).normalize():f}"
            return [f"~%{share}%" if each.right else f"~%-{share}%" for each in asked.choices]
        case _:
            assert_never(asked)


def _choice(mark: str, choice: Choice, asked: Question, losses: Losses) -> str:
    feedback = f" #{_html(choice.feedback, asked, losses)}" if choice.feedback else ""
    return f"{mark}{_html(choice.text, asked, losses)}{feedback}"


def _html(html: Html, asked: Question, losses: Losses) -> str:
    return f"[html]{escaped(words.portable(html, asked.line, losses))}"


def _bare(html: Html, asked: Question) -> str:
    """Return the words of the right-hand side of a pair, which GIFT keeps without any marks."""
    text = plain.text(html)
    if words.plain(text) != words.paragraph(html):
        reason = f"GIFT has bare words on the right of a pair, not {asked.id}'s marks. Remove them."
        raise _Unsayable(reason)
    return text
