"""Which questions of the bank an exam takes: to the blueprint, unseen first, least worn first."""

import struct
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import shake_256
from heapq import nsmallest
from itertools import repeat

from course_engine.assessment.shuffling import Seed
from course_engine.curriculum import blueprints
from course_engine.curriculum.apportioning import Shortfall, Signature, Stratum, apportion
from course_engine.curriculum.blueprints import Cell
from course_engine.curriculum.course import Exam
from course_engine.curriculum.questions import Question

# The wishes for a question in one number, so that they add up: first whether it was seen, then how
# often it was asked, then 32 bits of chance. Each has more room than a whole paper needs, and a
# question that was not seen fits into a machine's word.
_SEEN = 1 << 100
_ASKED = 1 << 48


class BlueprintUnmet(ValueError):
    """The bank cannot give what the blueprint takes; ``check`` refuses such a course."""

    def __init__(self, cell: Cell, held: int) -> None:
        level = f" of level {cell.level}" if cell.level else ""
        super().__init__(
            f'the blueprint draws {cell.count}{level} from "{cell.topic}", '
            f"but its bank holds {held}"
        )


class MinimumsUnmet(ValueError):
    """No paper can hold as many questions of these categories as the blueprint wants."""

    def __init__(self, short: Shortfall) -> None:
        names = " and ".join(sorted(short.names))
        super().__init__(
            f"the blueprint needs {short.needed} on {names}, but can give {sum(short.given)}"
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """A cell with the places of its questions, by what they count for and by what they sample."""

    cell: Cell
    groups: Mapping[Signature, tuple[int, ...]]
    sampling: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What of an exam's blueprint depends on no person: made once for each edition.

    ``drawn`` holds the ids of the questions that a paper may hold at all.
    """

    questions: tuple[Question, ...]
    places: Mapping[str, int]
    signatures: tuple[Signature, ...]
    samples: tuple[frozenset[str], ...]
    names: tuple[str, ...]
    parts: tuple[_Part, ...]
    drawn: frozenset[str]
    minimums: Mapping[str, int]


def select(
    exam: Exam,
    *,
    seed: Seed,
    seen: Collection[str] = (),
    asked: Mapping[str, int] | None = None,
) -> tuple[Question, ...]:
    """Take questions so that the blueprint is met.

    ``seen`` holds the ids of the questions on this person's earlier papers: as few of them as the
    blueprint allows come back. ``asked`` tells on how many papers each question stood so far: those
    that stood on the fewest come first. The rest is chance, the same for the same seed. No other
    paper of this blueprint would hold fewer seen questions, or as few of them and less asked ones.

    Then every category of competencies that the bank cites is sampled as far as there is room, and
    so is danger. Raises BlueprintUnmet or MinimumsUnmet.
    """
    plan = plan_of(exam)
    size = len(plan.questions)
    costs = list(struct.unpack(f">{size}I", shake_256(f"{seed}".encode()).digest(4 * size)))
    if asked:
        counts = map(asked.get, plan.places, repeat(0))
        costs = [cost + count * _ASKED for cost, count in zip(costs, counts, strict=True)]
    for question_id in frozenset(seen) & plan.places.keys():
        costs[plan.places[question_id]] += _SEEN
    drawing = _Drawing(plan, costs)
    drawing.widen()
    return tuple(plan.questions[at] for taken in drawing.taken for at in taken)


def sampled(question: Question) -> frozenset[str]:
    """Name what a paper samples by asking this: the categories that it cites, and danger."""
    categories = {blueprints.category(key) for key in question.competencies}
    return frozenset(categories | {blueprints.CRITICAL} if question.critical else categories)


_MOST_PLANS = 64
_plans: dict[int, tuple[Exam, Plan]] = {}


def plan_of(exam: Exam) -> Plan:
    """Return the plan of an exam, made once for each value: editions are kept, and never change."""
    kept = _plans.get(id(exam))
    if kept is None or kept[0] is not exam:
        if len(_plans) >= _MOST_PLANS:
            _plans.clear()
        kept = _plans[id(exam)] = (exam, _plan(exam))
    return kept[1]


def _plan(exam: Exam) -> Plan:
    minimums = dict(exam.at_least)
    placed = [(topic.slug, question) for topic in exam.bank for question in topic.questions]
    placed.sort(key=lambda each: each[1].id)
    questions = tuple(question for _, question in placed)
    signatures = tuple(blueprints.signature(each, minimums) for each in questions)
    samples = tuple(map(sampled, questions))
    topics: dict[str, list[int]] = {}
    for at, (topic, _) in enumerate(placed):
        topics.setdefault(topic, []).append(at)
    parts = []
    for cell in blueprints.cells(exam.draw, exam.levels):
        groups: dict[Signature, list[int]] = {}
        sampling: dict[str, list[int]] = {}
        for at in topics.get(cell.topic, ()):
            if cell.takes(questions[at]):
                groups.setdefault(signatures[at], []).append(at)
                for name in samples[at]:
                    sampling.setdefault(name, []).append(at)
        part = _Part(
            cell=cell,
            groups={each: tuple(members) for each, members in groups.items()},
            sampling={name: tuple(members) for name, members in sampling.items()},
        )
        if (held := sum(map(len, groups.values()))) < cell.count:
            raise BlueprintUnmet(cell, held)
        parts.append(part)
    held_by = Counter(name for part in parts for name in part.sampling for _ in part.sampling[name])
    return Plan(
        questions=questions,
        places={question.id: at for at, question in enumerate(questions)},
        signatures=signatures,
        samples=samples,
        # What few questions sample comes first, while there is most room to exchange.
        names=tuple(sorted(held_by, key=lambda name: (held_by[name], name))),
        parts=tuple(parts),
        drawn=frozenset(
            questions[at].id for part in parts for places in part.groups.values() for at in places
        ),
        minimums=minimums,
    )


class _Drawing:
    """The questions that are taken from each part, by their places in the plan."""

    def __init__(self, plan: Plan, costs: list[int]) -> None:
        self._plan = plan
        self._costs = costs
        best = [
            {
                # A part takes no more than its count of any group, so no more need an order.
                signature: nsmallest(part.cell.count, members, key=costs.__getitem__)
                for signature, members in part.groups.items()
            }
            for part in plan.parts
        ]
        found = apportion(
            [
                Stratum(
                    count=part.cell.count,
                    groups={name: [costs[at] for at in places] for name, places in groups.items()},
                )
                for part, groups in zip(plan.parts, best, strict=True)
            ],
            plan.minimums,
        )
        if isinstance(found, Shortfall):
            raise MinimumsUnmet(found)
        self._free = Counter(found.free)
        self.taken = [
            [at for signature, places in groups.items() for at in places[: counts[signature]]]
            for groups, counts in zip(best, found.taken, strict=True)
        ]

    def widen(self) -> None:
        """Exchange questions within their part for others that sample what is missing so far."""
        samples = self._plan.samples
        counts = Counter(name for taken in self.taken for at in taken for name in samples[at])
        for name in self._plan.names:
            if counts[name]:
                continue
            for part, taken in zip(self._plan.parts, self.taken, strict=True):
                if pair := self._exchange(part.sampling.get(name, ()), taken, counts):
                    out, into = pair
                    taken[taken.index(out)] = into
                    counts.subtract(samples[out])
                    counts.update(samples[into])
                    break

    def _exchange(
        self, offered: tuple[int, ...], taken: list[int], counts: Counter[str]
    ) -> tuple[int, int] | None:
        """Find what may leave without leaving a gap, and what comes in its place."""
        costs, samples = self._costs, self._plan.samples
        for into in sorted(offered, key=costs.__getitem__):
            for out in sorted(taken, key=costs.__getitem__, reverse=True):
                worse = costs[into] >= _SEEN > costs[out]
                lost = samples[out] - samples[into]
                if worse or any(counts[each] <= 1 for each in lost):
                    continue
                if self._still_met(out, into):
                    return out, into
        return None

    def _still_met(self, out: int, into: int) -> bool:
        """Say whether the minimums hold without one question, and count the other in its place."""
        leaving, coming = self._plan.signatures[out], self._plan.signatures[into]
        if self._free[leaving]:
            self._free[leaving] -= 1
            self._free[coming] += 1
            return True
        return leaving <= coming
