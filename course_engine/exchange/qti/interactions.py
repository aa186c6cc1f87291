"""The interactions of QTI that we have a kind of question for."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Pair,
    Question,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
)
from course_engine.exchange import numbers, own_words, scoped, weights, words
from course_engine.exchange.losses import Losses
from course_engine.exchange.qti import declarations, trees
from course_engine.exchange.qti.declarations import Response
from course_engine.exchange.qti.trees import Node
from course_engine.exchange.tags import Tags

_FEEDBACK = frozenset({"feedbackinline", "feedbackblock"})
_PAIR = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What is known of an item before its interaction is read."""

    item: Node
    line: int
    where: str
    tags: Tags
    feedback: dict[str, Html]
    fields: dict[str, Any]


def read(interaction: Node, asked: Asked, losses: Losses) -> Question | None:
    """Return the question, or None with the reason told."""
    declared = declarations.response(asked.item, interaction.get("responseidentifier"))
    match interaction.name:
        case "choiceinteraction":
            return _choice(interaction, declared, asked, losses)
        case "orderinteraction":
            return _order(interaction, declared, asked, losses)
        case "matchinteraction":
            return _match(interaction, declared, asked, losses)
        case "textentryinteraction":
            return _entry(interaction, declared, asked, losses)
        case "extendedtextinteraction":
            if declared.correct:
                reason = "own words have no right answer. Put the model into a lesson."
                what = f'the model answer "{declared.correct[0][:40]}"'
                losses.part(asked.line, "model-answer", what, reason)
            name = f"{asked.where}an extended text"
            return own_words.question(
                asked.fields, asked.tags, line=asked.line, name=name, losses=losses
            )
        case other:
            name = other.removesuffix("interaction")
            return _refused(asked, losses, "kind", f'we have no kind for "{name}". Rewrite it.')


def _refused(asked: Asked, losses: Losses, code: str, reason: str) -> Question | None:
    losses.question(asked.line, code, f"{asked.where}{reason}")
    return None


def _choice(interaction: Node, declared: Response, asked: Asked, losses: Losses) -> Question | None:
    nodes = list(interaction.all("simplechoice"))
    right = set(declarations.right(declared))
    choices = tuple(_one(node, node.get("identifier") in right, asked, losses) for node in nodes)
    one = declared.cardinality != "multiple"
    if one and sum(choice.right for choice in choices) != 1:
        reason = f"{len(right)} of its choices are right where one may be chosen. Keep one."
        return _refused(asked, losses, "not-one-right", reason)
    if asked.tags.scope and (scope := scoped.judgements(choices)):
        return ScopeQuestion(**asked.fields, choices=scope)
    _weigh(nodes, choices, declared, losses, one=one)
    if one:
        return SingleChoice(**asked.fields, choices=choices)
    return MultipleChoice(**asked.fields, choices=choices)


def _one(node: Node, right: bool, asked: Asked, losses: Losses) -> Choice:  # noqa: FBT001
    said = [part for part in node.inside if part.name in _FEEDBACK]
    shown = Node(
        name=node.name,
        line=node.line,
        parts=[each for each in node.parts if isinstance(each, str) or each.name not in _FEEDBACK],
    )
    feedback = Html("\n".join(words.html(trees.html(each), each.line, losses) for each in said))
    feedback = feedback or asked.feedback.get(node.get("identifier"), feedback)
    return Choice(
        text=words.html(trees.html(shown).strip(), node.line, losses),
        right=right,
        feedback=words.paragraph(feedback) or None,
    )


def _weigh(
    nodes: list[Node], choices: tuple[Choice, ...], declared: Response, losses: Losses, *, one: bool
) -> None:
    if not declared.mapped:
        return
    earned = [declared.mapped.get(node.get("identifier"), Decimal(0)) for node in nodes]
    good = [value for value, choice in zip(earned, choices, strict=True) if choice.right]
    whole = (max(good, default=Decimal(0)) if one else sum(good, Decimal(0))) or Decimal(1)
    rights = [choice.right for choice in choices]
    lines = [node.line for node in nodes]
    weights.tell([value / whole for value in earned], rights, lines, losses, one=one)


def _order(interaction: Node, declared: Response, asked: Asked, losses: Losses) -> Question | None:
    nodes = {node.get("identifier"): node for node in interaction.all("simplechoice")}
    if sorted(declared.correct) != sorted(nodes) or not nodes:
        reason = "its right order does not name each step once. Write every step."
        return _refused(asked, losses, "order", reason)
    items = tuple(_one(nodes[name], True, asked, losses).text for name in declared.correct)  # noqa: FBT003
    return Ordering(**asked.fields, items=items)


def _match(interaction: Node, declared: Response, asked: Asked, losses: Losses) -> Question | None:
    sets = [
        {node.get("identifier"): node for node in each.all("simpleassociablechoice")}
        for each in interaction.all("simplematchset")
    ]
    joined = [tuple(value.split()) for value in declarations.right(declared)]
    if len(sets) != _PAIR or any(len(pair) != _PAIR for pair in joined):
        return _refused(asked, losses, "match", "its pairs are not whole. Write two sets of them.")
    lefts, rights = sets
    if sorted(pair[0] for pair in joined) != sorted(lefts) or not joined:
        reason = "what stands left does not belong to one right side each. Split the question."
        return _refused(asked, losses, "match", reason)
    belongs = {pair[0]: pair[1] for pair in joined}
    if not set(belongs.values()) <= set(rights):
        return _refused(asked, losses, "match", "a pair names a side that is missing. Add it.")
    for name in rights.keys() - set(belongs.values()):
        reason = "every right side of ours belongs to something. Leave it out."
        what = f'the extra choice "{rights[name].text[:40]}"'
        losses.part(rights[name].line, "extra-choice", what, reason)
    pairs = tuple(
        Pair(left=_side(node, losses), right=_side(rights[belongs[name]], losses))
        for name, node in lefts.items()
    )
    return Matching(**asked.fields, pairs=pairs)


def _side(node: Node, losses: Losses) -> Html:
    return words.html(trees.html(node).strip(), node.line, losses)


def _entry(interaction: Node, declared: Response, asked: Asked, losses: Losses) -> Question | None:
    accepted = dict.fromkeys(declarations.right(declared))
    most = max(declared.mapped.values(), default=Decimal(0))
    for text, earns in declared.mapped.items():
        if earns == most and most > 0:
            accepted[text] = None
        elif text not in accepted and earns > 0:
            reason = "an answer of this kind is right or wrong. Accept it, or leave it out."
            losses.part(asked.line, "weight", f'the answer "{text[:40]}" for a part', reason)
    if declared.base in {"integer", "float"}:
        return _number(interaction, tuple(accepted), asked, losses)
    texts = tuple(dict.fromkeys(filter(None, (" ".join(words.seen(t).split()) for t in accepted))))
    if not texts:
        return _refused(asked, losses, "no-answers", "it declares no right answer. Write one.")
    return ShortAnswer(**asked.fields, accepted=texts)


def _number(
    interaction: Node, accepted: tuple[str, ...], asked: Asked, losses: Losses
) -> Question | None:
    ends = declarations.limits(asked.item, interaction.get("responseidentifier"))
    values = {numbers.read(text) for text in accepted}
    only = next(iter(values)) if len(values) == 1 else None
    if ends is None and only is not None:
        ends = only, only
    written = numbers.between(*ends) if ends else None
    if written is None:
        return _refused(asked, losses, "bad-number", "it states no single range. Write one.")
    low, high = written
    return NumberAnswer(**asked.fields, low=low, high=high)
