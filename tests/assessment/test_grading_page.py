"""The page about grading: every example on it earns what the page says."""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from course_engine.assessment import marking, papers, verdicts
from course_engine.assessment.answers import Answer
from course_engine.assessment.papers import Item
from course_engine.curriculum import plain, question_markup, rubric_files
from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.problems import Report
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    Ordering,
    Question,
    ScopeQuestion,
    SingleChoice,
)
from course_engine.curriculum.reading import Line

pytestmark = pytest.mark.pure

PAGE = (Path(__file__).parents[2] / "docs" / "grading.md").read_text()
EXAMPLE = re.compile(
    r"^```\w+ (?P<kind>\w+)\n(?P<text>.*?)^```\n\n\|[^\n]*\n\|[-|]*\n(?P<rows>(?:\|[^\n]*\n)+)",
    re.MULTILINE | re.DOTALL,
)
LEFT_BLANK = "–"


def draft() -> Draft:
    return Draft(path="page", addresses=Addresses(known={}), report=Report("page"))


def rows(found: re.Match[str]) -> list[list[str]]:
    lines = found["rows"].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def asked(text: str) -> Question:
    reading = draft()
    lines = [Line(text=line, number=at) for at, line in enumerate(text.splitlines(), 1)]
    question = question_markup.read(lines, reading)
    assert question is not None
    assert reading.report.found == ()
    return question


QUESTIONS = [
    (asked(found["text"]), *row)
    for found in EXAMPLE.finditer(PAGE)
    if found["kind"] == "question"
    for row in rows(found)
]


def answer_of(item: Item, words: str) -> Answer:
    """Turn the words of the page into what a browser would send."""
    match item.question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion() as question:
            shown = [plain.text(question.choices[at].text) for at in item.order]
            return tuple(sorted(str(shown.index(one) + 1) for one in words.split(" + ")))
        case Matching() as question:
            shown = [plain.text(question.pairs[at].right) for at in item.order]
            return tuple(
                "" if one == LEFT_BLANK else str(shown.index(one) + 1) for one in words.split(" / ")
            )
        case Ordering() as question:
            ranked = words.split(" / ")
            shown = [plain.text(question.items[at]) for at in item.order]
            return tuple(str(ranked.index(one) + 1) for one in shown)
        case _:
            return (words,)


def test_the_page_has_an_example_of_every_kind_that_is_graded_by_a_key() -> None:
    assert {question.kind for question, *_ in QUESTIONS} == {
        "single", "multiple", "scope", "matching", "ordering", "short", "number",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("question", "words", "earns"), QUESTIONS, ids=[f"{q.id}: {w}" for q, w, _ in QUESTIONS]
)
def test_an_example_earns_what_the_page_says(question: Question, words: str, earns: str) -> None:
    for seed in range(3):
        item = papers.item(question, seed=seed)
        assert marking.credit(item, answer_of(item, words)) == Fraction(earns)


def test_a_rating_comes_to_what_the_page_says() -> None:
    (found,) = (one for one in EXAMPLE.finditer(PAGE) if one["kind"] == "rubric")
    rubric = rubric_files.parse(found["text"].encode(), draft(), slug="reply").value
    assert rubric is not None
    for seen, earns, outcome in rows(found):
        levels, flags = seen.split(" / "), []
        if len(levels) > len(rubric.items):
            flags = [flag.id for flag in rubric.flags if flag.words == levels.pop()]
        chosen = {
            item.id: [level.words for level in item.levels].index(words)
            for item, words in zip(rubric.items, levels, strict=True)
        }
        verdict = verdicts.judge(rubric, chosen, flags)
        assert (verdict.credit, verdict.met) == (Fraction(earns), outcome == "met"), seen
