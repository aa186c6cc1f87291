"""The exact questions one person was asked, and in which order they saw them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, assert_never

from course_engine.assessment import blueprints
from course_engine.assessment.shuffling import Seed, place, shuffled
from course_engine.curriculum.course import Exam, Quiz
from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)

Document = dict[str, Any]
"""A value as it is stored: what ``json.dumps`` takes and ``json.loads`` gives back."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One question on a paper.

    ``order`` holds, for each place on the page, the index of the option that stands there: a
    choice, the right-hand side of a pair, an item to be ordered. It is empty for written answers.
    """

    question: Question
    order: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """The exact questions one person was asked, in the order they saw them."""

    edition: str
    items: tuple[Item, ...]


class PaperUnreadable(ValueError):
    """A stored paper does not fit the edition that it names."""


def draw(
    asked: Quiz | Exam,
    *,
    edition: str,
    seed: Seed,
    seen: Collection[str] = (),
    worn: Mapping[str, int] | None = None,
) -> Paper:
    """Draw a paper: every question of a quiz, or as many of the bank as the exam's blueprint says.

    ``seen`` holds the ids on the person's earlier papers, ``worn`` on how many papers of anybody
    each question of an exam stood. Questions stand in the order of the seed, or where the policy
    says so in that of the files.

    The same seed gives the same paper. The seed must be a secret, drawn anew for each attempt: who
    knows it and the course files knows which option stands where. Raises what ``blueprints.select``
    raises.
    """
    match asked:
        case Quiz():
            questions = asked.questions
        case Exam():
            questions = blueprints.select(asked, seed=seed, seen=seen, asked=worn)
        case _:
            assert_never(asked)
    if asked.policy.order == "shuffled":
        laid = shuffled(questions, seed=seed, name=lambda question: f"place of {question.id}")
    else:
        places = {key: at for at, key in enumerate(questions_by_id(asked))}
        laid = tuple(sorted(questions, key=lambda question: places[question.id]))
    return Paper(edition=edition, items=tuple(item(question, seed=seed) for question in laid))


def item(question: Question, *, seed: Seed) -> Item:
    """Lay out one question: its options in the order of the seed."""
    options = _options(question)
    if isinstance(question, ScopeQuestion):  # IN, ADAPT, REDIRECT, NOW is a scale, always shown so.
        return Item(question=question, order=options)
    names = _names(question)
    order = sorted(options, key=lambda option: place(seed, f"{question.id}\n{names[option]}"))
    return Item(question=question, order=tuple(order))


def check_item(question: Question) -> Item:
    """Lay out an inline check: mixed, and the same for everybody, as a lesson is rendered once."""
    return item(question, seed="check")


def questions_by_id(asked: Quiz | Exam) -> dict[str, Question]:
    """Return every question that a paper of this quiz or exam may hold."""
    match asked:
        case Quiz():
            return {question.id: question for question in asked.questions}
        case Exam():
            return {question.id: question for topic in asked.bank for question in topic.questions}
        case _:
            assert_never(asked)


def question_ids(document: Document) -> frozenset[str]:
    """Return the ids of the questions on a stored paper: what its person has now seen."""
    return frozenset(question_id for question_id, _ in document["items"])


def to_document(paper: Paper) -> Document:
    """Return what is stored: ids and orders only, as the edition keeps the words for ever."""
    return {
        "edition": paper.edition,
        "items": [[item.question.id, list(item.order)] for item in paper.items],
    }


def from_document(document: Document, questions: Mapping[str, Question]) -> Paper:
    """Read a stored paper back with the questions of its edition. Raises PaperUnreadable."""
    edition = document["edition"]
    items = []
    for question_id, order in document["items"]:
        question = questions.get(question_id)
        if question is None:
            raise PaperUnreadable(f'edition {edition} has no question "{question_id}"')
        if sorted(order) != list(_options(question)):
            raise PaperUnreadable(
                f'question "{question_id}" of edition {edition} has other options'
            )
        items.append(Item(question=question, order=tuple(order)))
    return Paper(edition=edition, items=tuple(items))


def _names(question: Question) -> Sequence[object]:
    """Name the options by something that says nothing of the key.

    The steps of an ordering stand in the right order, and so do the pairs of a matching. Mixed by
    their words, they come out the same whatever is right.
    """
    match question:
        case Matching():
            return [pair.right for pair in question.pairs]
        case Ordering():
            return question.items
        case _:
            return _options(question)


def _options(question: Question) -> tuple[int, ...]:
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return tuple(range(len(question.choices)))
        case Matching():
            rights = [pair.right for pair in question.pairs]
            # Two lines may share their right-hand side: it is offered once.
            return tuple(i for i, right in enumerate(rights) if rights.index(right) == i)
        case Ordering():
            return tuple(range(len(question.items)))
        case ShortAnswer() | NumberAnswer() | Reflection() | Written():
            return ()
        case _:
            assert_never(question)
