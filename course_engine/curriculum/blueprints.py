"""The blueprint of an exam: which questions fill which part of it, and whether the bank can."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from course_engine.curriculum.apportioning import Shortfall, Signature, Stratum, apportion
from course_engine.curriculum.questions import Level, Question

CRITICAL = "critical"
"""What ``at_least`` calls the questions that may not be missed."""

Draw = Sequence[tuple[str, int]]
Levels = Sequence[tuple[str, Level, int]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """One part of a blueprint: ``count`` questions of a topic, of one level if it names one."""

    topic: str
    level: Level | None
    count: int

    def takes(self, question: Question) -> bool:
        """Say whether a question of the topic may stand here."""
        return self.level in {None, question.level}


@dataclass(frozen=True, kw_only=True, slots=True)
class TooFew:
    """A cell that its topic cannot fill."""

    cell: Cell
    held: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Short:
    """Minimums that the cells cannot meet together, with what each cell could give to them."""

    names: tuple[str, ...]
    needed: int
    given: tuple[tuple[Cell, int], ...]


Fault = TooFew | Short


def cells(draw: Draw, levels: Levels) -> tuple[Cell, ...]:
    """Return the cells in the order of the file; a topic that names levels has one for each."""
    found: list[Cell] = []
    for topic, count in draw:
        named = [Cell(topic=topic, level=level, count=n) for at, level, n in levels if at == topic]
        found += named or [Cell(topic=topic, level=None, count=count)]
    return tuple(found)


def category(citation: str) -> str:
    """Return the category of a citation, before its first dot: samhsa:III for samhsa:III.3."""
    return citation.partition(".")[0]


def signature(question: Question, minimums: Mapping[str, int]) -> Signature:
    """Name the minimums that a question can count for, of which it will count for one.

    They are the category of the competency that it cites first, and critical.
    """
    names = {category(key) for key in question.competencies[:1]}
    return frozenset(minimums.keys() & (names | {CRITICAL} if question.critical else names))


def faults(
    parts: Sequence[Cell], minimums: Mapping[str, int], bank: Mapping[str, Sequence[Question]]
) -> Iterator[Fault]:
    """Yield why no paper can meet the blueprint; nothing when one can.

    Minimums are weighed once every cell can be filled.
    """
    strata = []
    whole = True
    for cell in parts:
        groups: dict[Signature, list[int]] = {}
        for question in filter(cell.takes, bank.get(cell.topic, ())):
            groups.setdefault(signature(question, minimums), []).append(0)
        held = sum(map(len, groups.values()))
        if held < cell.count:
            whole = False
            yield TooFew(cell=cell, held=held)
        strata.append(Stratum(count=cell.count, groups=groups))
    found = apportion(strata, minimums) if whole else None
    if isinstance(found, Shortfall):
        given = zip(parts, found.given, strict=True)
        yield Short(
            names=tuple(name for name in minimums if name in found.names),
            needed=found.needed,
            given=tuple((cell, count) for cell, count in given if count),
        )
