"""Questions as authors write them, read into values; nothing of a key passes through HTML."""

from collections.abc import Sequence
from typing import Any

from course_engine.curriculum import (
    answer_lines,
    markup,
    question_heads,
    question_kinds,
    written_questions,
)
from course_engine.curriculum.answer_lines import Answers
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.question_heads import Head
from course_engine.curriculum.question_kinds import Kind
from course_engine.curriculum.questions import Question
from course_engine.curriculum.reading import Line, trimmed
from course_engine.curriculum.scanning import coded


def read(lines: Sequence[Line], draft: Draft, *, own_id: str = "") -> Question | None:
    """Read one question from its heading on; None when a problem leaves nothing to ask.

    Without ``own_id`` the heading must give an id; with it, the question takes this one.
    """
    head = question_heads.read(lines[0], draft)
    if not head.id and not own_id:
        message = "the question has no id. Add one that never changes, such as {#first-talk}."
        draft.report.problem(head.place, "no-id", message)
    below = lines[1:]
    code = coded(below)
    for at, line in enumerate(below):
        if at not in code and line.text.startswith("!!!"):
            message = "a block cannot stand inside a question. Write its words plainly."
            draft.report.problem(line.place, "block-here", message)
    answers = answer_lines.read(below, draft)
    written_questions.tell_of_rubric(head, draft)
    kind = _kind(head, answers)
    if kind is None:
        message = "the question has no answers. Write - ( ) and - (x) lines under it."
        draft.report.problem(head.place, "no-answers", message)
        return None
    return kind(head, answers, draft, _asked(head, answers, draft, own_id))


def _kind(head: Head, answers: Answers) -> Kind | None:
    if head.written:
        return written_questions.marked_by_people
    if head.reflection:
        return question_kinds.reflection
    if head.scope:
        return question_kinds.scope
    return question_kinds.BY_FAMILY[answers.family] if answers.family else None


def _asked(head: Head, answers: Answers, draft: Draft, own_id: str) -> dict[str, Any]:
    """Return the fields that every kind has."""
    explanation = trimmed(answers.explanation)
    return {
        "id": head.id or own_id,
        "prompt": markup.inline([head.words], draft),
        "vignette": markup.blocks(answers.vignette, draft),
        "explanation": markup.blocks(explanation, draft) if explanation else None,
        "competencies": head.competencies,
        "critical": head.critical,
        "level": head.level,
        "practice": head.practice,
        "points": head.points,
        "source": draft.path,
        "line": head.opening.number,
    }
