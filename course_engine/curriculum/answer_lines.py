"""The lines under a question, sorted: vignette, items with their feedback, explanation."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.reading import Line, dedented, trimmed
from course_engine.curriculum.scanning import coded

Family = Literal["choice", "tick", "pair", "accepted", "step"]

_OPENINGS: dict[Family, re.Pattern[str]] = {
    "choice": re.compile(r"[-*+] +\((?P<mark>[ xX])\)(?: +|$)"),
    "tick": re.compile(r"[-*+] +\[(?P<mark>[ xX])\](?: +|$)"),
    "pair": re.compile(r"[-*+] +(?=.*?\s=>(?:\s|$))"),
    "accepted": re.compile(r"=(?: +|$)"),
    "step": re.compile(r"\d{1,9}[.)] +"),
}
_EITHER = re.compile(r"[-*+] +[(\[](?P<mark>[ xX])[)\]](?: +|$)")
_BEGINNINGS = frozenset("-*+=0123456789")
_MISSHAPEN = re.compile(r"[-*+] *(?:\( *[xX]? *\)|\[ *[xX]? *\])(?!\()")
_WRITTEN: dict[Family, str] = {
    "choice": "- ( )",
    "tick": "- [ ]",
    "pair": "- left => right",
    "accepted": "= answer",
    "step": "1. step",
}


@dataclass(kw_only=True, slots=True)
class Item:
    """One line of an answer, with what belongs to it."""

    opening: Line
    marked: bool
    text: list[Line]
    feedback: list[Line] = field(default_factory=list)


@dataclass(kw_only=True, slots=True)
class Answers:
    """What stands under a question."""

    family: Family | None
    vignette: tuple[Line, ...]
    items: list[Item] = field(default_factory=list)
    explanation: list[Line] = field(default_factory=list)


def read(lines: Sequence[Line], draft: Draft) -> Answers:
    """Sort the lines under a heading. The first marks found decide how the question is answered."""
    code = coded(lines)
    families = [None if at in code else _family(line) for at, line in enumerate(lines)]
    family = next((each for each in _OPENINGS if each in families), None)
    for at, line in enumerate(lines):
        if at not in code and not families[at] and _MISSHAPEN.match(line.text):
            message = "this mark is not complete. Write - ( ) or - (x), with one space inside."
            draft.report.problem(line.place, "bad-mark", message)
    if family == "choice" and "tick" in families:
        line = lines[families.index("tick")]
        message = "( ) and [ ] cannot stand under one question. Use ( ) where one choice is right."
        draft.report.problem(line.place, "mixed-marks", message)
    if family is None:
        return Answers(family=None, vignette=trimmed(lines))
    first = families.index(family)
    answers = Answers(family=family, vignette=trimmed(lines[:first]))
    # Marks of the other kind were told of above; as answers they are complete.
    opening = _EITHER if family == "choice" else _OPENINGS[family]
    _Sorting(answers, opening, draft).run(lines[first:])
    return answers


def _family(line: Line) -> Family | None:
    if line.text[:1] not in _BEGINNINGS:
        return None
    return next((name for name, opening in _OPENINGS.items() if opening.match(line.text)), None)


class _Sorting:
    """Goes over the lines from the first answer on, once."""

    def __init__(self, answers: Answers, opening: re.Pattern[str], draft: Draft) -> None:
        self._answers = answers
        self._opening = opening
        self._draft = draft
        self._own: list[Line] = []

    def run(self, lines: Sequence[Line]) -> None:
        code = coded(lines)
        after_blank = False
        for at, line in enumerate(lines):
            opening = self._opening.match(line.text) if at not in code else None
            if opening and not self._answers.explanation:
                self._close()
                marked = (opening.groupdict().get("mark") or " ") in "xX"
                rest = line.after(opening.end())
                self._answers.items.append(Item(opening=line, marked=marked, text=[rest]))
            elif line.text.startswith(">"):
                self._close()
                self._answers.explanation.append(_unquoted(line))
            elif self._answers.explanation:
                self._explain(line, after_blank=after_blank)
            elif line.blank or line.indent:
                self._own.append(line)
            else:
                self._stray(line)
            after_blank = line.blank
        self._close()

    def _explain(self, line: Line, *, after_blank: bool) -> None:
        if line.blank:
            self._answers.explanation.append(line)
        elif after_blank or self._opening.match(line.text):
            self._stray(line)
        else:
            self._answers.explanation.append(line)

    def _stray(self, line: Line) -> None:
        like = _WRITTEN[self._answers.family or "choice"]
        message = (
            f"this line belongs to no answer. Begin it with {like}, indent it by four, "
            "or put it above the answers."
        )
        self._draft.report.problem(line.place, "stray-line", message)

    def _close(self) -> None:
        """Give the indented lines since the last item to that item."""
        own, self._own = dedented(trimmed(self._own)), []
        if not own:
            return
        item = self._answers.items[-1]
        code = coded(own)
        for at, line in enumerate(own):
            bare = line.after(line.indent)
            if bare.text.startswith(">") and at not in code:
                item.feedback.append(_unquoted(bare))
            elif line.blank:
                (item.feedback or item.text).append(line)
            elif item.feedback and not item.feedback[-1].blank:
                item.feedback.append(line)
            elif item.feedback:
                message = "this stands after the feedback. Write the choice first, then its quote."
                self._draft.report.problem(line.place, "stray-line", message)
            else:
                item.text.append(line)


def _unquoted(line: Line) -> Line:
    return line.after(2 if line.text.startswith("> ") else 1)
