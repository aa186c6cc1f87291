"""Tiny exams with every paper that could be drawn from them, to hold the drawing to."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, combinations, product
from typing import get_args

from hypothesis import strategies as st

from course_engine.curriculum import blueprints
from course_engine.curriculum.course import Exam, Topic
from course_engine.curriculum.questions import Level, Question
from tests import builders

Paper = tuple[Question, ...]
CITED = st.sampled_from([(), ("f:I.1",), ("f:II",), ("f:III", "f:I")])


@st.composite
def exams(draw: st.DrawFn) -> Exam:
    """An exam of one or two topics, drawn by level or not, with minimums that may be too much."""
    topics = []
    drawn: list[tuple[str, int]] = []
    levels: list[tuple[str, Level, int]] = []
    for slug in "ab"[: draw(st.integers(1, 2))]:
        size = draw(st.integers(1, 5))
        questions = tuple(_question(draw, f"{slug}-{number}") for number in range(size))
        topics.append(Topic(slug=slug, title=slug, questions=questions))
        if draw(st.booleans()):
            wanted = [(slug, level, draw(st.integers(0, 2))) for level in get_args(Level)[1:]]
            levels += wanted
            drawn.append((slug, sum(count for _, _, count in wanted)))
        else:
            drawn.append((slug, draw(st.integers(0, 3))))
    names = st.sampled_from(["f:I", "f:II", "f:III", "critical"])
    at_least = draw(st.dictionaries(names, st.integers(1, 2), max_size=3))
    return replace(
        builders.exam(draw={}, bank={}),
        draw=tuple(drawn),
        levels=tuple(levels),
        at_least=tuple(at_least.items()),
        bank=tuple(topics),
    )


def _question(draw: st.DrawFn, name: str) -> Question:
    return replace(
        builders.single(name, critical=draw(st.booleans())),
        competencies=draw(CITED),
        level=draw(st.sampled_from(get_args(Level)[1:])),
    )


def papers_of(exam: Exam) -> Iterator[Paper]:
    """Yield every paper that meets the blueprint, found by trying all."""
    bank = {topic.slug: topic.questions for topic in exam.bank}
    cells = blueprints.cells(exam.draw, exam.levels)
    takes = [combinations(filter(cell.takes, bank[cell.topic]), cell.count) for cell in cells]
    for taken in product(*takes):
        paper = tuple(chain.from_iterable(taken))
        if meets(paper, dict(exam.at_least)):
            yield paper


def meets(paper: Paper, minimums: Mapping[str, int]) -> bool:
    """Say whether each question can be counted for one minimum so that all are met."""
    if not any(minimums.values()):
        return True
    name = next(name for name, count in minimums.items() if count)
    less = {**minimums, name: minimums[name] - 1}
    return any(
        name in blueprints.signature(question, minimums)
        and meets(paper[:at] + paper[at + 1 :], less)
        for at, question in enumerate(paper)
    )


def faults(exam: Exam) -> list[blueprints.Fault]:
    """What ``check`` finds in the blueprint."""
    bank = {topic.slug: topic.questions for topic in exam.bank}
    parts = blueprints.cells(exam.draw, exam.levels)
    return list(blueprints.faults(parts, dict(exam.at_least), bank))
