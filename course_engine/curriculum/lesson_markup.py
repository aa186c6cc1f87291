"""The body of a lesson, read into blocks: prose, private reflections, inline checks."""

import hashlib
from collections.abc import Sequence

from course_engine.curriculum import markup, plain, question_markup, scanning
from course_engine.curriculum.course import Block, Check, Prose, Reflect
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.elements import CALLOUTS
from course_engine.curriculum.frontmatter import did_you_mean
from course_engine.curriculum.questions import Choice, Html, Question, Written
from course_engine.curriculum.reading import Line
from course_engine.curriculum.scanning import Admonition

_RENDERED = frozenset({*CALLOUTS, "story"})
_KINDS = frozenset({*_RENDERED, "reflect", "check"})


def read(lines: Sequence[Line], draft: Draft, *, slug: str) -> tuple[Block, ...]:
    """Read the body of a lesson.

    The prose is rendered as one text, so that footnotes and link definitions reach across the
    boxes and questions between its parts.
    """
    code = scanning.coded(lines)
    prose: list[Line] = []
    boxes: list[Reflect | Check | None] = []
    at = 0
    while at < len(lines):
        opened = scanning.admonition(lines, at) if at not in code else None
        if opened and opened.kind in {"reflect", "check"}:
            prose.extend(markup.stand_in(len(boxes), lines[at]))
            boxes.append(_box(opened, draft, slug))
            at = opened.end
            continue
        prose.append(lines[at] if at in code else _sound(opened, lines[at], draft))
        at += 1
    _tell_of_twins(boxes, lines, draft)
    return _assembled(markup.document(prose, draft), boxes)


def without_boxes(lines: Sequence[Line], draft: Draft) -> Html:
    """Render an introduction or a statement: prose with callouts, nothing to answer."""
    code = scanning.coded(lines)
    prose: list[Line] = []
    for at, line in enumerate(lines):
        opened = scanning.admonition(lines, at) if at not in code else None
        if opened and opened.kind in {"reflect", "check"}:
            message = f"a {opened.kind} block belongs into a lesson. Move it to one."
            draft.report.problem(line.place, "block-here", message)
            prose.append(line.after(len(line.text)))
        else:
            prose.append(line if at in code else _sound(opened, line, draft))
    return markup.document(prose, draft)


def words(blocks: Sequence[Block]) -> int:
    """Return how many words the lesson holds, its questions and prompts included."""
    return sum(plain.words(html) for block in blocks for html in _texts(block))


def _texts(block: Block) -> tuple[str, ...]:
    match block:
        case Prose():
            return (block.html,)
        case Reflect():
            return (block.prompt, block.html)
        case Check():
            asked = block.question
            choices: tuple[Choice, ...] = getattr(asked, "choices", ())
            return (asked.prompt, asked.vignette, *(choice.text for choice in choices))


def _box(opened: Admonition, draft: Draft, slug: str) -> Reflect | Check | None:
    if opened.kind == "reflect":
        return _reflect(opened, draft, slug)
    return _check(opened, draft, slug)


def _reflect(opened: Admonition, draft: Draft, slug: str) -> Reflect | None:
    prompt = (opened.title or "").strip()
    if not prompt:
        message = 'the reflection asks nothing. Write !!! reflect "Your question".'
        draft.report.problem(opened.opening.place, "no-prompt", message)
        return None
    return Reflect(
        key=_key(slug, "reflect", prompt), prompt=prompt, html=markup.blocks(opened.body, draft)
    )


def _check(opened: Admonition, draft: Draft, slug: str) -> Check | None:
    place = opened.opening.place
    if opened.title is not None:
        message = "a check has no title. Write its question as a ## heading inside."
        draft.report.problem(place, "title-here", message)
    before, *asked = scanning.sections(opened.body)
    if len(asked) != 1 or any(not line.blank for line in before):
        message = "a check holds one question. Write one ## heading first, indented by four."
        draft.report.problem(place, "one-question", message)
        return None
    key = _key(slug, "check", asked[0][0].text)
    question: Question | None = question_markup.read(asked[0], draft, own_id=key)
    if isinstance(question, Written):
        message = "people cannot mark a check. Move the written question to a quiz, or reflect."
        draft.report.problem(asked[0][0].place, "written-here", message)
    return Check(key=question.id, question=question) if question else None


def _key(slug: str, kind: str, words: str) -> str:
    """Return a name that stays while the lesson and the words stay."""
    return hashlib.sha256(f"{slug}\n{kind}\n{words}".encode()).hexdigest()[:16]


def _sound(opened: Admonition | None, line: Line, draft: Draft) -> Line:
    """Return the line, or an empty one for the opening of a block that may not be rendered."""
    if not line.text.startswith("!!!"):
        return line
    if opened is None:
        message = 'this block is not complete. Write !!! note, or !!! story "Name", on one line.'
        code = "bad-block"
    elif opened.kind not in _KINDS:
        message = f'unknown block "{opened.kind}". {did_you_mean(opened.kind, _KINDS)}'
        code = "unknown-block"
    elif opened.kind == "story" and not (opened.title or "").strip():
        message, code = 'the story has no name. Write !!! story "Name".', "no-title"
    elif opened.title is not None and not opened.title.strip():
        message, code = "the title is empty. Write one, or leave the quotes out.", "no-title"
    elif not opened.body:
        message, code = "the block is empty. Indent its text by four spaces.", "empty-block"
    else:
        return line
    draft.report.problem(line.place, code, message)
    return line.after(len(line.text))


def _tell_of_twins(
    boxes: Sequence[Reflect | Check | None], lines: Sequence[Line], draft: Draft
) -> None:
    seen: set[str] = set()
    openings = [line for line in lines if line.text.startswith(("!!! reflect", "!!! check"))]
    for box, line in zip(boxes, openings, strict=False):
        if box and box.key in seen:
            message = "the same words are asked twice in this lesson. Change one."
            draft.report.problem(line.place, "asked-twice", message)
        if box:
            seen.add(box.key)


def _assembled(html: Html, boxes: Sequence[Reflect | Check | None]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for part in markup.parted(html):
        if isinstance(part, int):
            if box := boxes[part]:
                blocks.append(box)
        else:
            blocks.append(Prose(html=part))
    return tuple(blocks)
