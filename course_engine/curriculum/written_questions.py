"""Questions that people mark: read from their heading, with a rubric and no key."""

from typing import Any

from course_engine.curriculum.answer_lines import Answers
from course_engine.curriculum.drafts import Citation, Draft
from course_engine.curriculum.question_heads import Head
from course_engine.curriculum.questions import Question, Written


def marked_by_people(
    head: Head, answers: Answers, draft: Draft, asked: dict[str, Any]
) -> Question | None:
    """Read words that people mark: nothing to choose, and a rubric to mark them by."""
    if answers.family is not None:
        message = "a written question has no answers. Take them out, or take out .written."
        draft.report.problem(answers.items[0].opening.place, "answers-here", message)
    if head.practice:
        message = "people do not mark practice. Take out practice, or ask another kind of question."
        draft.report.problem(head.place, "written-here", message)
    if not head.rubric:
        message = 'the written question has no rubric. Add rubric="…" after .written.'
        draft.report.problem(head.place, "no-rubric", message)
        return None
    fewest, most = head.words_asked or (0, None)
    if most is not None and fewest > most:
        message = "the range of words is empty. Write the smaller number first."
        draft.report.problem(head.place, "empty-range", message)
    draft.rubrics.append(Citation(head.rubric, head.rubric_place or head.place))
    assessors = head.assessors or 1
    return Written(**asked, rubric=head.rubric, assessors=assessors, fewest=fewest, most=most)


def tell_of_rubric(head: Head, draft: Draft) -> None:
    """Tell of attributes that only a written question has, where there is none."""
    if not head.written and (head.rubric or head.assessors or head.words_asked):
        message = "rubric, assessors and words belong to .written. Add it, or take them out."
        draft.report.problem(head.rubric_place or head.place, "bad-attribute", message)
