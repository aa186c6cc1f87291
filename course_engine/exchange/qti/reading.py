"""QTI in, questions out: items of 2.1, 2.2 and 3.0 whose interaction we have a kind for."""

from collections.abc import Iterable, Iterator

from course_engine.curriculum.questions import NO_HTML, Html, Question
from course_engine.exchange import banks, stems, tags, words
from course_engine.exchange.banks import Imported
from course_engine.exchange.losses import Losses
from course_engine.exchange.qti import declarations, interactions, packages, trees
from course_engine.exchange.qti.interactions import Asked
from course_engine.exchange.qti.packages import Found
from course_engine.exchange.qti.trees import Node

_INTERACTION = "interaction"
_EXPLANATIONS = ("explanation", "general", "solution", "rationale")


def read(content: bytes, *, name: str, title: str = "") -> Imported:
    """Read an item or a package. Without ``title``, the bank is named as the assessment is."""
    losses = Losses(name)
    contents = packages.read(content, losses)
    return banks.made(title or contents.title, _questions(contents.items, losses), losses)


def _questions(items: Iterable[Found], losses: Losses) -> Iterator[Question]:
    for found in items:
        if question := _question(found, losses):
            yield question


def _question(found: Found, losses: Losses) -> Question | None:
    item = found.root
    where = f"{found.path}: " if found.path else ""
    body = item.first("itembody")
    asking = [node for node in body.inside if node.name.endswith(_INTERACTION)] if body else []
    if body is None or len(asking) != 1:
        reason = f"{where}it has {len(asking)} interactions. Make each a question of its own."
        losses.question(item.line, "not-one-interaction", reason)
        return None
    if item.first("templatedeclaration"):
        reason = f"{where}it makes up its numbers for each person. Write one case of it."
        losses.question(item.line, "template", reason)
        return None
    interaction = asking[0]
    marked = tags.read(found.keywords)
    for tag in marked.other:
        reason = "our questions have no free tags. Name a competency instead."
        losses.part(item.line, "tag", f'{where}the keyword "{tag[:60]}"', reason)
    prompt, vignette = _asks(item, body, interaction, losses)
    feedback, explanation = _said(item, losses)
    asked = Asked(
        item=item,
        line=item.line,
        where=where,
        tags=marked,
        feedback=feedback,
        fields={
            "id": item.get("identifier"),
            "prompt": prompt,
            "vignette": vignette,
            "explanation": explanation,
            "competencies": marked.competencies,
            "critical": marked.critical,
            "level": marked.level,
            "practice": marked.practice,
            "points": _points(found, marked.points, losses),
            "line": item.line,
        },
    )
    return interactions.read(interaction, asked, losses)


def _asks(item: Node, body: Node, interaction: Node, losses: Losses) -> tuple[Html, Html]:
    """Return the prompt and the vignette: the interaction's own prompt asks, if it has one."""
    own = next((each for each in interaction.children if each.name == "prompt"), None)
    title = item.get("title")
    inline = interaction.name == "textentryinteraction"
    around = _cleaned(_without(body, interaction, gap=inline), losses)
    if own is None or not own.text:
        return stems.split(around, otherwise=title)
    prompt, more = stems.split(_cleaned(own, losses), otherwise=title)
    return prompt, Html("\n".join(filter(None, (around, more)))) or NO_HTML


def _without(node: Node, interaction: Node, *, gap: bool) -> Node:
    """Return the body without its interaction; a gap in a sentence is shown as an ellipsis."""
    parts: list[trees.Part] = []
    for part in node.parts:
        if part is interaction:
            parts += ["…"] if gap and _words_around(node, interaction) else []
        elif isinstance(part, Node):
            if part.name not in {"rubricblock", "feedbackblock", "feedbackinline", "modalfeedback"}:
                parts.append(_without(part, interaction, gap=gap))
        else:
            parts.append(part)
    return Node(name=node.name, line=node.line, attributes=node.attributes, parts=parts)


def _words_around(node: Node, interaction: Node) -> bool:
    return any(
        part.strip() if isinstance(part, str) else part is not interaction and part.text
        for part in node.parts
    )


def _cleaned(node: Node, losses: Losses) -> Html:
    return words.html(trees.html(node), node.line, losses)


def _said(item: Node, losses: Losses) -> tuple[dict[str, Html], Html | None]:
    """Return the feedback that stands outside of the choices, by choice, and the explanation."""
    choices = {choice.get("identifier") for choice in item.all("simplechoice")}
    feedback: dict[str, Html] = {}
    explanation: Html | None = None
    for modal in item.all("modalfeedback"):
        identifier = modal.get("identifier")
        if identifier in choices:
            feedback[identifier] = _cleaned(modal, losses)
        elif identifier.lower() in _EXPLANATIONS and explanation is None:
            explanation = words.paragraph(_cleaned(modal, losses)) or None
        else:
            reason = "it belongs to no choice. Put its words into the explanation."
            losses.part(modal.line, "feedback", f'the feedback "{modal.text[:60]}"', reason)
    for rubric in item.all("rubricblock"):
        reason = "our questions have no rubric. Keep it where those who grade see it."
        losses.part(rubric.line, "rubric", f'the rubric "{rubric.text[:60]}"', reason)
    return feedback, explanation


def _points(found: Found, tagged: int | None, losses: Losses) -> int:
    """Return the tagged points, else the weight in the assessment, else what the item declares."""
    if tagged:
        return tagged
    written = found.weight or declarations.points(found.root)
    points = declarations.whole_points(written) if written else 1
    if points is None:
        reason = "points are whole numbers from 1 to 99. It counts 1."
        losses.part(found.root.line, "points", f"the weight {written[:20]}", reason)
    return points or 1
