"""Which questions of the bank an exam takes."""

from collections.abc import Collection

from course_engine.assessment.shuffling import Seed, place
from course_engine.curriculum.course import Exam, Topic
from course_engine.curriculum.questions import Question


class BlueprintUnmet(ValueError):
    """The bank holds fewer questions on a topic than the blueprint takes."""

    def __init__(self, *, topic: str, wanted: int, held: int) -> None:
        super().__init__(f'the blueprint draws {wanted} from "{topic}", but its bank holds {held}')
        self.topic = topic
        self.wanted = wanted
        self.held = held


def select(exam: Exam, *, seed: Seed, seen: Collection[str] = ()) -> tuple[Question, ...]:
    """Take from each topic as many questions as the blueprint says, those not yet seen first.

    ``seen`` holds the ids of the questions on this person's earlier papers. A seen question comes
    back only when a topic has no unseen one left. Raises BlueprintUnmet.
    """
    topics = {topic.slug: topic for topic in exam.bank}
    return tuple(
        question
        for slug, count in exam.draw
        for question in _from_topic(slug, topics.get(slug), count, seed, frozenset(seen))
    )


def _from_topic(
    slug: str, topic: Topic | None, count: int, seed: Seed, seen: frozenset[str]
) -> tuple[Question, ...]:
    held = topic.questions if topic else ()
    if len(held) < count:
        raise BlueprintUnmet(topic=slug, wanted=count, held=len(held))
    ranked = sorted(held, key=lambda question: (question.id in seen, place(seed, question.id)))
    return tuple(ranked[:count])
