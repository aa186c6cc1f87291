"""GIFT in, questions out: the whole of the format."""

import re
from collections.abc import Iterator

from course_engine.curriculum.questions import Html, Question
from course_engine.exchange import banks, sources, stems, tags
from course_engine.exchange.banks import Imported
from course_engine.exchange.gift import kinds, parts, scanning
from course_engine.exchange.gift.kinds import Asked
from course_engine.exchange.gift.scanning import Block, Category
from course_engine.exchange.losses import Losses

_TITLE = re.compile(r"\s*::((?:\\.|[^\\])*?)::", re.DOTALL)

_LONGEST = 100_000


def read(content: bytes, *, name: str, title: str = "") -> Imported:
    """Read a file of GIFT. Without ``title``, the bank is named for the first category."""
    losses = Losses(name)
    text = sources.text(content, losses)
    found = list(scanning.blocks(text)) if text else []
    categories = [each for each in found if isinstance(each, Category) and each.path]
    named = {each.path: each for each in reversed(categories)}
    first = categories[0].path if categories else ()
    for path, each in named.items():
        if path != first:
            reason = "one bank is one topic. Its questions stand among the others."
            losses.part(each.line, "category", f'the category "{"/".join(path)}"', reason)
    questions = _questions([each for each in found if isinstance(each, Block)], losses)
    return banks.made(title or (first[-1] if first else ""), questions, losses)


def _questions(found: list[Block], losses: Losses) -> Iterator[Question]:
    for block in found:
        if question := _question(block, losses):
            yield question


def _question(block: Block, losses: Losses) -> Question | None:
    text = block.text
    title = ""
    if len(text) > _LONGEST:
        reason = f"it is longer than {_LONGEST} characters. Part the questions by empty lines."
        losses.question(block.line, "text-too-long", reason)
        return None
    if found := _TITLE.match(text):
        title = " ".join(scanning.unescaped(found[1]).split())
        # The words keep their line: what is taken away leaves its line ends.
        text = "\n" * found[0].count("\n") + text[found.end() :]
    opening = scanning.find(text, "{")
    closing = scanning.find(text, "}", start=opening + 1)
    if opening < 0 and closing < 0:
        reason = "a description asks nothing. Put its words into a lesson."
        losses.question(block.line, "description", reason)
        return None
    if opening < 0 or closing < opening or scanning.find(text[closing + 1 :], "{", "}") >= 0:
        reason = r"its braces do not match. Write one { and one }, and \{ for a brace."
        losses.question(block.line, "braces", reason)
        return None
    inside = text[opening + 1 : closing]
    line = block.line + text.count("\n", 0, opening)
    form, before = parts.formatted(text[:opening], "moodle")
    stem = _stem(before, text[closing + 1 :], form, block.line, losses)
    general = scanning.find(inside, "####")
    explanation = inside[general + 4 :] if general >= 0 else ""
    marked = tags.read(block.tags)
    for tag in marked.other:
        reason = "our questions have no free tags. Name a competency instead."
        losses.part(block.line, "tag", f'the tag "{tag[:60]}"', reason)
    prompt, vignette = stems.split(stem, otherwise=title)
    asked = Asked(
        line=block.line,
        form=form,
        tags=marked,
        fields={
            "id": block.id or title,
            "prompt": prompt,
            "vignette": vignette,
            "explanation": parts.html(explanation, form, line, losses) or None,
            "competencies": marked.competencies,
            "critical": marked.critical,
            "level": marked.level,
            "practice": marked.practice,
            "points": marked.points or 1,
            "line": block.line,
        },
    )
    return kinds.read(inside[:general] if general >= 0 else inside, line, asked, losses)


def _stem(before: str, after: str, form: str, line: int, losses: Losses) -> Html:
    """Return what is asked; a gap in the middle of it is shown as an ellipsis."""
    text = before if not after.strip() else f"{before.rstrip()} … {after.strip()}"
    return parts.html(text, form, line, losses)
