"""Questions as the Markdown that an author would write for them."""

import json
from collections.abc import Sequence
from typing import assert_never

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
from course_engine.exchange import markdown_text


def head(title: str) -> list[str]:
    """Return the front matter of a bank."""
    return ["---", f"title: {json.dumps(title, ensure_ascii=False)}", "---"]


def question(asked: Question) -> list[str]:
    """Return the lines of one question, from its heading on."""
    parts = (
        [_heading(asked)],
        markdown_text.blocks(asked.vignette),
        _answers(asked),
        _quoted(asked.explanation),
    )
    lines: list[str] = []
    for part in filter(None, parts):
        lines += ["", *part] if lines else part
    return lines


def _heading(asked: Question) -> str:
    marks = [f"#{asked.id}", *_kind(asked)]
    if asked.competencies:
        marks.append(f'competency="{" ".join(asked.competencies)}"')
    if asked.critical:
        marks.append("critical")
    if asked.level:
        marks.append(f"level={asked.level}")
    if asked.practice:
        marks.append("practice")
    if asked.points != 1:
        marks.append(f"points={asked.points}")
    return f"## {markdown_text.inline(asked.prompt)} {{{' '.join(marks)}}}"


def _kind(asked: Question) -> list[str]:
    """Return what a heading says where the answers cannot show the kind."""
    match asked:
        case ScopeQuestion():
            return [".scope"]
        case Reflection():
            return [".reflection"]
        case Written():
            twice = [f"assessors={asked.assessors}"] if asked.assessors != 1 else []
            words = [f'words="{asked.fewest}..{asked.most}"'] if asked.most is not None else []
            return [".written", f'rubric="{asked.rubric}"', *twice, *words]
        case (
            SingleChoice()
            | MultipleChoice()
            | Matching()
            | Ordering()
            | ShortAnswer()
            | NumberAnswer()
        ):
            return []
        case _:
            assert_never(asked)


def _answers(asked: Question) -> list[str]:
    match asked:
        case SingleChoice() | ScopeQuestion():
            return _choices(asked.choices, "- ({})")
        case MultipleChoice():
            return _choices(asked.choices, "- [{}]")
        case Matching():
            return [f"- {_line(pair.left)} => {_line(pair.right)}" for pair in asked.pairs]
        case Ordering():
            return [
                line
                for number, step in enumerate(asked.items, 1)
                for line in _item(f"{number}.", step)
            ]
        case ShortAnswer():
            return [f"= {text}" for text in asked.accepted]
        case NumberAnswer(low=low, high=high):
            return [f"= {low}" if low == high else f"= {low}..{high}"]
        case Reflection() | Written():
            return []
        case _:
            assert_never(asked)


def _choices(choices: Sequence[Choice], mark: str) -> list[str]:
    lines = []
    for choice in choices:
        lines += _item(mark.format("x" if choice.right else " "), choice.text)
        lines += [f"    {line}" for line in _quoted(choice.feedback)]
    return lines


def _item(opening: str, html: Html) -> list[str]:
    first, *rest = markdown_text.item(html) or [""]
    return [f"{opening} {first}", *(f"    {line}" if line else "" for line in rest)]


def _line(html: Html) -> str:
    return " ".join(filter(None, markdown_text.item(html)))


def _quoted(html: Html | None) -> list[str]:
    return [f"> {line}" if line else ">" for line in markdown_text.blocks(html)] if html else []
