"""A question out as one item of QTI 3.0."""

from collections.abc import Iterator, Sequence
from typing import assert_never

from course_engine.curriculum import plain
from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Pair,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.exchange import html_trees, words
from course_engine.exchange.html_trees import Child, Element
from course_engine.exchange.losses import Losses
from course_engine.exchange.qti import scoring
from course_engine.exchange.qti.tags import element, tag

_NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
_LONGEST_TITLE = 80
# What our pages add for themselves: it means nothing in another system.
_OURS = frozenset({"tabindex", "class"})


def item(asked: Question, losses: Losses) -> str:
    """Return the whole file of one question."""
    writer = _Writer(asked, losses)
    inside = (
        scoring.response(asked),
        *scoring.outcomes(asked),
        element("qti-item-body", *writer.body()),
        scoring.processing(asked),
        *writer.modal_feedback(),
    )
    title = plain.text(asked.prompt)[:_LONGEST_TITLE] or asked.id
    opening = {
        "xmlns": _NAMESPACE,
        "identifier": asked.id,
        "title": title,
        "adaptive": "false",
        "time-dependent": "false",
    }
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + element(
        "qti-assessment-item", *inside, **opening
    )


class _Writer:
    """Writes the body of one item."""

    def __init__(self, asked: Question, losses: Losses) -> None:
        self._asked = asked
        self._losses = losses

    def body(self) -> Iterator[str]:
        """Yield the situation, then what is asked and answered."""
        if self._asked.vignette:
            yield element("div", self._html(self._asked.vignette))
        match self._asked:
            case SingleChoice() | ScopeQuestion():
                yield self._interaction("choice", self._choices(self._asked.choices), most="1")
            case MultipleChoice():
                yield self._interaction("choice", self._choices(self._asked.choices), most="0")
            case Ordering(items=items):
                steps = [Choice(text=step, right=True) for step in items]
                yield self._interaction("order", self._choices(steps))
            case Matching(pairs=pairs):
                yield self._interaction("match", self._sets(pairs))
            case Reflection() | Written():
                yield self._interaction("extended-text", "")
            case ShortAnswer() | NumberAnswer():
                yield element("p", self._html(self._asked.prompt))
                gap = tag("qti-text-entry-interaction", response_identifier="RESPONSE")
                yield element("p", gap)
            case _:
                assert_never(self._asked)

    def modal_feedback(self) -> Iterator[str]:
        """Yield the explanation, which is said whatever was answered."""
        if self._asked.explanation:
            yield element(
                "qti-modal-feedback",
                element("qti-content-body", self._html(self._asked.explanation)),
                outcome_identifier="EXPLANATION",
                identifier="explanation",
                show_hide="show",
            )

    def _interaction(self, kind: str, inside: str, most: str = "") -> str:
        prompt = element("qti-prompt", self._html(self._asked.prompt))
        limit = {"max_choices": most} if most else {}
        name = f"qti-{kind}-interaction"
        return element(name, prompt, inside, response_identifier="RESPONSE", **limit)

    def _choices(self, choices: Sequence[Choice]) -> str:
        return "".join(
            element(
                "qti-simple-choice",
                self._html(choice.text),
                self._feedback(choice, f"choice-{number}"),
                identifier=f"choice-{number}",
            )
            for number, choice in enumerate(choices, 1)
        )

    def _feedback(self, choice: Choice, name: str) -> str:
        if not choice.feedback:
            return ""
        return element(
            "qti-feedback-block",
            element("qti-content-body", self._html(choice.feedback)),
            outcome_identifier="FEEDBACK",
            identifier=name,
            show_hide="show",
        )

    def _sets(self, pairs: Sequence[Pair]) -> str:
        rights = scoring.right_sides(pairs)
        left = [
            self._associable(f"left-{number}", pair.left, most="1")
            for number, pair in enumerate(pairs, 1)
        ]
        right = [
            self._associable(f"right-{number}", side, most="0")
            for number, side in enumerate(rights, 1)
        ]
        first, second = (element("qti-simple-match-set", *each) for each in (left, right))
        return first + second

    def _associable(self, name: str, html: Html, *, most: str) -> str:
        inside = self._html(html)
        return element("qti-simple-associable-choice", inside, identifier=name, match_max=most)

    def _html(self, html: Html) -> str:
        alone = words.portable(html, self._asked.line, self._losses)
        return html_trees.written([_bare(child) for child in html_trees.read(alone)])


def _bare(child: Child) -> Child:
    if isinstance(child, str):
        return child
    kept = {
        "xml:lang" if key == "lang" else key: value
        for key, value in child.attributes.items()
        if key not in _OURS
    }
    inside = [_bare(each) for each in child.children]
    return Element(tag=child.tag, attributes=kept, children=inside)
