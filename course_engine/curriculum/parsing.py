"""One file at a time: bytes in, the value that it describes out, with all its faults and places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from course_engine.curriculum import (
    frontmatter,
    lesson_markup,
    plain,
    question_markup,
    reading,
    scanning,
    wording,
)
from course_engine.curriculum.blueprints import CRITICAL
from course_engine.curriculum.course import Block, Lesson, Policy, Statement
from course_engine.curriculum.drafts import Citation, Draft
from course_engine.curriculum.problems import START, Problem, stops
from course_engine.curriculum.questions import Html, Question
from course_engine.curriculum.reading import Line
from course_engine.curriculum.rubric_schemas import RolePlayFront
from course_engine.curriculum.rubrics import RolePlay
from course_engine.curriculum.schema_parts import Schema
from course_engine.curriculum.schemas import (
    BankFront,
    CourseFront,
    ExamFront,
    LessonFront,
    ModuleFront,
    QuizFront,
    StatementFront,
)
from course_engine.curriculum.yaml_values import Marked

T = TypeVar("T")
S = TypeVar("S", bound=Schema)
B = TypeVar("B")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parsed(Generic[T]):
    """What one file holds, what is wrong with it, and where its keys and citations stand.

    ``pictures`` are the SHA-256 digests of those that it shows, ``rubrics`` those that it names.
    """

    value: T | None
    problems: tuple[Problem, ...]
    citations: tuple[Citation, ...]
    marked: Marked | None
    pictures: tuple[str, ...] = ()
    rubrics: tuple[Citation, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Headed(Generic[S]):
    """A head with an introduction under it: course.md, module.md."""

    front: S
    introduction: Html


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked(Generic[S]):
    """A head, an introduction and questions: quiz.md, exam.md and the files of a bank."""

    front: S
    introduction: Html
    questions: tuple[Question, ...]


def course(content: bytes, draft: Draft) -> Parsed[Headed[CourseFront]]:
    """Parse course.md."""
    return _parsed(content, draft, CourseFront, lesson_markup.without_boxes, _headed)


def module(content: bytes, draft: Draft) -> Parsed[Headed[ModuleFront]]:
    """Parse module.md."""
    return _parsed(content, draft, ModuleFront, lesson_markup.without_boxes, _headed)


def statement(content: bytes, draft: Draft, *, slug: str) -> Parsed[Statement]:
    """Parse a statement; its plain words are what a signature is kept with."""

    def build(front: StatementFront, html: Html) -> Statement:
        return Statement(slug=slug, title=front.title, html=html, text=plain.text(html))

    return _parsed(content, draft, StatementFront, _not_empty("statement"), build)


def roleplay(content: bytes, draft: Draft, *, slug: str) -> Parsed[RolePlay]:
    """Parse a role-play: its head, and the situation below."""

    def build(front: RolePlayFront, html: Html) -> RolePlay:
        return RolePlay(
            slug=slug,
            title=front.title,
            rubric=front.rubric,
            assessors=2 if front.assessors == 2 else 1,  # noqa: PLR2004 - one or two
            minutes=front.minutes,
            html=html,
            assessor=front.assessor,
        )

    return _parsed(content, draft, RolePlayFront, _not_empty("role-play"), build)


def lesson(content: bytes, draft: Draft, *, slug: str) -> Parsed[Lesson]:
    """Parse a lesson."""

    def body(lines: tuple[Line, ...], draft: Draft) -> tuple[Block, ...]:
        blocks = lesson_markup.read(lines, draft, slug=slug)
        if not blocks and not stops(draft.report.found):
            message = "the lesson is empty. Write below the front matter."
            draft.report.problem(lines[-1].place if lines else START, "empty", message)
        return blocks

    def build(front: LessonFront, blocks: tuple[Block, ...]) -> Lesson:
        return Lesson(
            slug=slug,
            title=front.title,
            minutes=front.minutes,
            blocks=blocks,
            competencies=tuple(dict.fromkeys(front.competencies)),
            content_note=front.content_note,
            words=lesson_markup.words(blocks),
            source=draft.path,
        )

    return _parsed(content, draft, LessonFront, body, build)


def quiz(content: bytes, draft: Draft) -> Parsed[Asked[QuizFront]]:
    """Parse quiz.md."""
    return _parsed(content, draft, QuizFront, _questions, _asked)


def bank(content: bytes, draft: Draft) -> Parsed[Asked[BankFront]]:
    """Parse one topic of a question bank."""
    return _parsed(content, draft, BankFront, _questions, _asked)


def exam(content: bytes, draft: Draft) -> Parsed[Headed[ExamFront]]:
    """Parse exam.md."""
    return _parsed(content, draft, ExamFront, lesson_markup.without_boxes, _headed)


def policy(front: QuizFront | ExamFront) -> Policy:
    """Return the rules that a head sets."""
    limit = _minutes(front.time_limit)
    return Policy(
        pass_mark=front.pass_mark,
        attempts=None if front.attempts == "unlimited" else front.attempts,
        cooldown_minutes=_minutes(front.cooldown),
        opens=_moment(front.opens),
        closes=_moment(front.closes),
        time_limit_minutes=limit or None,
        retrain=() if front.after_last == "coordinator" else tuple(front.after_last.retrain),
        feedback=front.feedback,
        order=front.order,
        unseen_first=front.unseen_first,
    )


def _moment(written: str) -> str | None:
    return None if written == "none" else written.replace(" ", "T")


def _minutes(wait: str) -> int:
    """Return the minutes that "none", "90 minutes", "24 hours" or "2 days" are."""
    if wait == "none":
        return 0
    count, unit = wait.split()
    return int(count) * {"minute": 1, "hour": 60, "day": 1440}[unit.removesuffix("s")]


def _headed(front: S, introduction: Html) -> Headed[S]:
    return Headed(front=front, introduction=introduction)


def _asked(front: S, read: tuple[Html, tuple[Question, ...]]) -> Asked[S]:
    return Asked(front=front, introduction=read[0], questions=read[1])


def _questions(lines: tuple[Line, ...], draft: Draft) -> tuple[Html, tuple[Question, ...]]:
    before, *asked = scanning.sections(lines)
    introduction = lesson_markup.without_boxes(before, draft)
    if not asked:
        message = "there are no questions. Open each with a ## heading."
        draft.report.problem(lines[-1].place if lines else START, "no-questions", message)
    read = [question_markup.read(section, draft) for section in asked]
    return introduction, tuple(question for question in read if question)


def _parsed(
    content: bytes,
    draft: Draft,
    schema: type[S],
    read_body: Callable[[tuple[Line, ...], Draft], B],
    build: Callable[[S, B], T],
) -> Parsed[T]:
    """Read the head and the body, both whatever is wrong with the other, so that all is told."""
    lines = reading.read(content, draft.report)
    value, marked = None, None
    if lines is not None:
        head, body = frontmatter.split(lines, draft.report)
        found = None if head is None else frontmatter.read(head, schema, draft.report)
        read = read_body(body, draft)
        if found:
            front, marked = found
            _cite(front, marked, draft)
            value = build(front, read)
        for place, code, message in wording.findings(lines):
            draft.report.warning(place, code, message)
    return Parsed(
        value=value,
        problems=draft.report.found,
        citations=tuple(draft.citations),
        marked=marked,
        pictures=draft.pictures,
        rubrics=tuple(draft.rubrics),
    )


def _not_empty(kind: str) -> Callable[[tuple[Line, ...], Draft], Html]:
    def body(lines: tuple[Line, ...], draft: Draft) -> Html:
        html = lesson_markup.without_boxes(lines, draft)
        if not html and not stops(draft.report.found):
            message = f"the {kind} is empty. Write its words below the front matter."
            draft.report.problem(lines[-1].place if lines else START, "empty", message)
        return html

    return body


def _cite(front: Schema, marked: Marked, draft: Draft) -> None:
    if isinstance(front, ExamFront):
        for name in front.at_least:
            if name != CRITICAL:
                draft.cite(name, marked.key(("at_least", name)))
    if isinstance(front, LessonFront):
        for at, key in enumerate(front.competencies):
            draft.cite(key, marked.place(("competencies", at)))
    if isinstance(front, RolePlayFront):
        draft.rubrics.append(Citation(front.rubric, marked.place(("rubric",))))
