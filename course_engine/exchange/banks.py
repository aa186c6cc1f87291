"""A bank of our own, made of questions from elsewhere: only what our parser reads back is kept."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

from course_engine.curriculum import parsing, plain, question_markup, scanning
from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.problems import Problem, Report, stops
from course_engine.curriculum.questions import (
    Choice,
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
from course_engine.curriculum.reading import LARGEST_TEXT, Line
from course_engine.exchange import markdown_questions, words
from course_engine.exchange.ids import Ids
from course_engine.exchange.losses import Losses

_LONGEST_TITLE = 300
_FULL = LARGEST_TEXT - 8 * 1024
_MOST_LINES = 19_000
_BEFORE_AND_QUESTION = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """A bank as Markdown, its questions, and what was not imported. Without any, no Markdown."""

    markdown: str
    questions: tuple[Question, ...]
    problems: tuple[Problem, ...]


def made(title: str, found: Iterable[Question], losses: Losses) -> Imported:
    """Write the questions as one bank. Each has its line in the file that it came from."""
    title = " ".join(words.seen(title).split())[:_LONGEST_TITLE] or "Imported questions"
    lines = markdown_questions.head(title)
    size = 0
    ids = Ids()
    kept: list[Question] = []
    for question in found:
        named = replace(question, id=ids.take(question.id, plain.text(question.prompt)))
        wanted = _sayable(named, losses)
        written = markdown_questions.question(wanted)
        more = sum(len(line.encode()) + 1 for line in written)
        if size + more > _FULL or len(lines) + len(written) > _MOST_LINES:
            reason = "the bank is full. Import the rest from a file of its own."
            losses.question(question.line, "bank-full", reason)
        elif _reads_back(written, wanted, losses):
            size += more
            kept.append(wanted)
            lines += ["", *written]
    return _finished("\n".join(lines) + "\n" if kept else "", losses)


def _sayable(question: Question, losses: Losses) -> Question:
    if isinstance(question, Reflection | Written) and question.practice:
        reason = "a box for own words has no key to practice with. Ask it in a quiz."
        losses.part(question.line, "practice", "the tag practice", reason)
        question = replace(question, practice=False)
    if isinstance(question, Reflection | Written) and question.explanation:
        reason = "a box for own words has no explanation. Put its words above the box."
        losses.part(question.line, "explanation", "the general feedback", reason)
        return replace(question, explanation=None)
    return question


def _finished(markdown: str, losses: Losses) -> Imported:
    """Read the whole bank once more, as a course would; a bank with a Problem is not handed out."""
    draft = Draft(path="bank.md", addresses=Addresses(known={}), report=Report("bank.md"))
    parsed = parsing.bank(markdown.encode(), draft) if markdown else None
    if parsed is None or parsed.value is None or stops(parsed.problems):
        losses.hint(1, "nothing-imported", "there is no question to write. Look at the file.")
        return Imported(markdown="", questions=(), problems=losses.found)
    questions = parsed.value.questions
    if without := sum(not question.competencies for question in questions):
        count = "1 question names" if without == 1 else f"{without} questions name"
        message = f'{count} no competency. Add competency="…" to the headings of the bank.'
        losses.hint(1, "no-competency", message)
    return Imported(markdown=markdown, questions=questions, problems=losses.found)


def _reads_back(written: list[str], wanted: Question, losses: Losses) -> bool:
    draft = Draft(path="", addresses=Addresses(known={}), report=Report(""))
    lines = [Line(text=line, number=number) for number, line in enumerate(written, 1)]
    read = question_markup.read(lines, draft)
    problems = [each for each in draft.report.found if each.severity == "problem"]
    if problems:
        losses.question(wanted.line, problems[0].code, problems[0].message)
    elif read is None or len(tuple(scanning.sections(lines))) != _BEFORE_AND_QUESTION:
        reason = "its text looks like another question to our format. Simplify it."
        losses.question(wanted.line, "not-sayable", reason)
    elif isinstance(wanted, ShortAnswer) and isinstance(read, NumberAnswer):
        message = "the answer is a number, so it is now a number question. Look at it."
        losses.hint(wanted.line, "now-a-number", message)
        return True
    elif _shape(read) != _shape(wanted):
        reason = "our Markdown cannot say its text as it stands. Simplify it."
        losses.question(wanted.line, "not-sayable", reason)
    else:
        return True
    return False


def _shape(question: Question) -> object:
    """Return what must not change: kind, key, and the words in their order."""
    asked = (question.prompt, question.vignette, question.explanation or "")
    return (
        question.kind,
        question.points,
        question.critical,
        question.level,
        question.practice,
        question.competencies,
        [_bare(each) for each in asked],
        _answers(question),
    )


def _answers(question: Question) -> object:
    match question:
        case SingleChoice() | MultipleChoice() | ScopeQuestion():
            return [_choice(choice) for choice in question.choices]
        case Matching(pairs=pairs):
            return [(_bare(pair.left), _bare(pair.right)) for pair in pairs]
        case Ordering(items=items):
            return [_bare(step) for step in items]
        case ShortAnswer(accepted=accepted):
            return accepted
        case NumberAnswer(low=low, high=high):
            return low, high
        case Reflection():
            return None
        case Written():
            return question.rubric, question.assessors, question.fewest, question.most
        case _:
            assert_never(question)


def _choice(choice: Choice) -> tuple[str, bool, str]:
    return _bare(choice.text), choice.right, _bare(choice.feedback or "")


def _bare(html: str) -> str:
    return " ".join(plain.text(html).split())
