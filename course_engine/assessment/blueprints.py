"""Which questions of the bank an exam takes."""

from collections import Counter
from collections.abc import Collection

from course_engine.assessment.shuffling import Seed, place
from course_engine.curriculum.course import Exam, Topic
from course_engine.curriculum.questions import Question

Drawn = list[Question]


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
    back only when a topic has no unseen one left. Within that, every category of competencies that
    the bank cites is sampled as far as there is room, and so is danger. Raises BlueprintUnmet.
    """
    topics = {topic.slug: topic for topic in exam.bank}
    known = frozenset(seen)
    ranked = [_ranked(slug, topics.get(slug), count, seed, known) for slug, count in exam.draw]
    drawn = [questions[:count] for questions, (_, count) in zip(ranked, exam.draw, strict=True)]
    left = [questions[count:] for questions, (_, count) in zip(ranked, exam.draw, strict=True)]
    _widen(drawn, left, known)
    return tuple(question for questions in drawn for question in questions)


def sampled(question: Question) -> frozenset[str]:
    """Name what a paper samples by asking this: categories, and danger.

    The category of a citation is what stands before its first dot: samhsa:III for samhsa:III.3.
    """
    categories = {key.partition(".")[0] for key in question.competencies}
    return frozenset(categories | {"critical"} if question.critical else categories)


def _ranked(slug: str, topic: Topic | None, count: int, seed: Seed, seen: frozenset[str]) -> Drawn:
    held = topic.questions if topic else ()
    if len(held) < count:
        raise BlueprintUnmet(topic=slug, wanted=count, held=len(held))
    return sorted(held, key=lambda question: (question.id in seen, place(seed, question.id)))


def _widen(drawn: list[Drawn], left: list[Drawn], seen: frozenset[str]) -> None:
    """Exchange questions within their topic for others that sample what is missing so far."""
    counts = Counter(name for questions in drawn for each in questions for name in sampled(each))
    held = Counter(name for questions in left for each in questions for name in sampled(each))
    # What few questions sample comes first, while there is most room to exchange.
    for name in sorted(held, key=lambda name: (held[name], name)):
        if counts[name]:
            continue
        for taken, rest in zip(drawn, left, strict=True):
            pair = _exchange(name, taken, rest, counts, seen)
            if pair:
                out, into = pair
                taken[taken.index(out)] = into
                rest.remove(into)
                counts.subtract(sampled(out))
                counts.update(sampled(into))
                break


def _exchange(
    name: str, taken: Drawn, rest: Drawn, counts: Counter[str], seen: frozenset[str]
) -> tuple[Question, Question] | None:
    """Find what may leave without leaving a gap, and what comes in its place."""
    for into in rest:
        if name not in sampled(into):
            continue
        for out in reversed(taken):
            worse = into.id in seen and out.id not in seen
            if not worse and all(counts[each] > 1 for each in sampled(out) - sampled(into)):
                return out, into
    return None
