"""How long and how dense a text may be that is given to the renderer."""

import re
from collections.abc import Sequence

from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.reading import Line

# The parser's time grows with the square of some marks, and with the length of a text: what is far
# beyond any text that people write is refused instead of keeping a check waiting for minutes.
_LONGEST_TEXT = 60_000
_MOST_LINES = 2_000
_MOST_MARKS = 400
_MOST_BRACKETS = 120
_MARKS = re.compile(r"[\[\]*_`<>&\\!{}]")
_DEEPEST_INDENT = 48


def exceeded(lines: Sequence[Line], draft: Draft) -> bool:
    """Tell of a text that is longer, or more densely marked or indented, than any text is."""
    if len(lines) > _MOST_LINES or sum(len(line.text) for line in lines) > _LONGEST_TEXT:
        message = (
            f"the text is longer than {_LONGEST_TEXT} characters or {_MOST_LINES} lines. Split it."
        )
        draft.report.problem(lines[0].place, "text-too-long", message)
        return True
    marks = brackets = 0
    for line in lines:
        if line.blank:
            marks = brackets = 0
            continue
        marks += len(_MARKS.findall(line.text))
        brackets += line.text.count("[")
        depth = len(line.text) - len(line.text.lstrip("> "))
        if marks > _MOST_MARKS or brackets > _MOST_BRACKETS or depth > _DEEPEST_INDENT:
            message = "this paragraph has too many marks or levels. Break it into several."
            draft.report.problem(line.place, "too-tangled", message)
            return True
    return False
