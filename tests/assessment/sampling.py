"""Strategies: papers of every kind of question, and answers that a page could send."""

from dataclasses import replace

from hypothesis import strategies as st

from course_engine.assessment import papers
from course_engine.assessment.answers import Answer, lines
from course_engine.assessment.papers import Item, Paper
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    Ordering,
    Question,
    Scope,
    ScopeQuestion,
    SingleChoice,
)
from tests import builders

seeds = st.integers() | st.text(max_size=10)

_words = st.text("abé 1,.'", min_size=1, max_size=5)

_one_right = st.integers(0, 3).map(lambda at: "".join("-x"[n == at] for n in range(4)))
_some_right = st.text("x-", min_size=2, max_size=6).filter(lambda rights: "x" in rights)

questions: st.SearchStrategy[Question] = st.one_of(
    st.builds(builders.single, rights=_one_right, critical=st.booleans()),
    st.builds(builders.multiple, rights=_some_right),
    st.builds(builders.scope, right=st.sampled_from(Scope), critical=st.booleans()),
    st.builds(builders.matching, rights=st.text("pqrs", min_size=1, max_size=5)),
    st.builds(builders.ordering, items=st.permutations("abcd").map("".join)),
    st.builds(builders.short, accepted=st.lists(_words, min_size=1, max_size=3).map(tuple)),
    st.integers(0, 50).map(lambda low: builders.number(low=str(low), high=str(low + 5))),
    st.builds(builders.reflection),
    st.builds(builders.written, critical=st.booleans(), points=st.integers(1, 3)),
)


@st.composite
def drawn_papers(draw: st.DrawFn) -> Paper:
    asked = [
        _renamed(question, f"q{place}")
        for place, question in enumerate(draw(st.lists(questions, min_size=1, max_size=6)))
    ]
    return papers.draw(builders.quiz(*asked), edition="e1", seed=draw(seeds))


def answers_to(item: Item) -> st.SearchStrategy[Answer]:
    """Anything that the page could send for this item, blank included."""
    numbers = [str(number) for number in range(1, len(item.order) + 1)]
    match item.question:
        case SingleChoice() | ScopeQuestion():
            return st.sampled_from([(), *((number,) for number in numbers)])
        case MultipleChoice():
            return st.sets(st.sampled_from(numbers)).map(lambda some: tuple(sorted(some, key=int)))
        case Matching() | Ordering() as question:
            count = lines(question)
            field = st.sampled_from(["", *numbers])
            return st.lists(field, min_size=count, max_size=count).map(tuple)
        case _:
            return _words.map(lambda words: (words.strip(),) if words.strip() else ())


@st.composite
def sat_papers(draw: st.DrawFn) -> tuple[Paper, dict[str, Answer]]:
    paper = draw(drawn_papers())
    return paper, {item.question.id: draw(answers_to(item)) for item in paper.items}


def _renamed(question: Question, question_id: str) -> Question:
    return replace(question, id=question_id)
