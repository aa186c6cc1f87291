"""Where questions that join a bank begin to be counted."""

from collections.abc import Mapping

from course_engine.assessment.blueprints import plan_of
from course_engine.curriculum.blueprints import cells
from course_engine.curriculum.course import Exam


def head_starts(exam: Exam, worn: Mapping[str, int]) -> dict[str, int]:
    """Return how worn the questions that were never counted are taken to be.

    A question that joins later begins level with the least worn one of its cell. At nothing, it
    would stand on every paper until it had caught up, and would be worn out by then.
    """
    if plan_of(exam).drawn <= worn.keys():
        return {}
    topics = {topic.slug: topic.questions for topic in exam.bank}
    starts: dict[str, int] = {}
    for cell in cells(exam.draw, exam.levels):
        ids = [each.id for each in topics.get(cell.topic, ()) if cell.takes(each)]
        least = min((worn[each] for each in ids if each in worn), default=0)
        starts.update((each, least) for each in ids if each not in worn)
    return starts
