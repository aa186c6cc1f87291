"""A course as frozen values: what an edition holds and what pages are made from."""

from dataclasses import dataclass
from typing import Literal

from course_engine.curriculum.questions import NO_HTML, Html, Level, QuestionField
from course_engine.curriculum.rubrics import RolePlay, Rubric

FeedbackPolicy = Literal["never", "by-topic", "per-choice", "after-pass", "full"]
QuestionOrder = Literal["shuffled", "fixed"]
CertificateKind = Literal["attendance", "completion", "credential"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Competency:
    """One observable skill, cited as ``framework:id``, for example ``samhsa:III.3``.

    ``category`` is the id of the category it belongs to; a category is citable too.
    """

    key: str
    title: str
    category: str
    category_title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Framework:
    """A published set of competencies."""

    slug: str
    title: str
    publisher: str
    year: int
    source: str
    note: str = ""
    competencies: tuple[Competency, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Prose:
    """A run of teaching, rendered."""

    kind: Literal["prose"] = "prose"
    html: Html


@dataclass(frozen=True, kw_only=True, slots=True)
class Reflect:
    """A private box in a lesson; ``key`` is unique in the course, stable while the prompt is."""

    kind: Literal["reflect"] = "reflect"
    key: str
    prompt: str
    html: Html = NO_HTML


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One question inside a lesson, answered on the spot with feedback; ungraded."""

    kind: Literal["check"] = "check"
    key: str
    question: QuestionField


Block = Prose | Reflect | Check
"""One part of a lesson, in reading order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """One page of teaching, read in one sitting. ``minutes`` is the approved nominal time."""

    slug: str
    title: str
    minutes: int
    blocks: tuple[Block, ...]
    competencies: tuple[str, ...] = ()
    content_note: str = ""
    words: int = 0
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """The rules of a quiz or exam, in plain values, as an attempt keeps them.

    ``pass_mark`` is a percent. ``attempts`` None means as many as wanted. ``cooldown_minutes`` is
    the wait after a submitted attempt that did not pass. ``time_limit_minutes`` None means none.
    ``opens`` and ``closes`` are times of the clock on the wall where the site is, such as
    "2026-12-01T09:00". ``retrain`` names the lessons to read again after the last attempt, which
    opens as many attempts anew; without them a coordinator helps. ``unseen_first`` lets a later
    attempt prefer questions that were not asked before.
    """

    pass_mark: int = 80
    attempts: int | None = None
    cooldown_minutes: int = 0
    opens: str | None = None
    closes: str | None = None
    time_limit_minutes: int | None = None
    retrain: tuple[str, ...] = ()
    feedback: FeedbackPolicy = "full"
    order: QuestionOrder = "shuffled"
    unseen_first: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Topic:
    """One file of the question bank."""

    slug: str
    title: str
    questions: tuple[QuestionField, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Quiz:
    """A fixed set of questions and the mark that passes it."""

    kind: Literal["quiz"] = "quiz"
    slug: str
    title: str
    introduction: Html = NO_HTML
    minutes: int = 0
    policy: Policy
    questions: tuple[QuestionField, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exam:
    """A quiz drawn from a bank to meet a blueprint; decides a certificate.

    The blueprint: ``draw`` tells how many questions come from each topic, in the order of the file,
    ``levels`` how many of these are of which level, for the topics that say so, and ``at_least``
    how many must count for a category or for critical.
    """

    kind: Literal["exam"] = "exam"
    slug: str
    title: str
    introduction: Html = NO_HTML
    minutes: int = 0
    policy: Policy
    draw: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, Level, int], ...] = ()
    at_least: tuple[tuple[str, int], ...] = ()
    bank: tuple[Topic, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Module:
    """An ordered group of lessons, closed by a quiz. The quiz's slug is the module's.

    ``discussion`` holds prompts for a talk together; only the printed facilitator's guide has them.
    """

    slug: str
    title: str
    aim: str = ""
    discussion: tuple[str, ...] = ()
    introduction: Html = NO_HTML
    lessons: tuple[Lesson, ...]
    quiz: Quiz | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """Words a trainee must read and sign."""

    slug: str
    title: str
    html: Html
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Requirements:
    """What the course demands before a certificate. A tuple of slugs, or all of them."""

    lessons: Literal["all"] | tuple[str, ...] = "all"
    quizzes: Literal["all"] | tuple[str, ...] = "all"
    exam: bool = True
    statements: tuple[str, ...] = ()
    roleplays: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class RenewalRule:
    """How many months after the completion a certificate should be renewed, and with what.

    What is needed is said in words, or is the slug of a course. Its holder is reminded once,
    ``remind_days`` before.
    """

    after_months: int
    needs: tuple[str, ...] = ()
    remind_days: int = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class CertificateRule:
    """What a finished course gives, and whether that should be renewed."""

    kind: CertificateKind = "completion"
    renewal: RenewalRule | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """Everything a trainee works through to earn one certificate.

    ``practice`` holds the questions of the bank that no exam asks, by topic.
    """

    slug: str
    title: str
    language: str
    minutes: int
    summary: str = ""
    introduction: Html = NO_HTML
    modules: tuple[Module, ...]
    exam: Exam | None = None
    practice: tuple[Topic, ...] = ()
    statements: tuple[Statement, ...] = ()
    roleplays: tuple[RolePlay, ...] = ()
    rubrics: tuple[Rubric, ...] = ()
    requirements: Requirements
    certificate: CertificateRule
    frameworks: tuple[Framework, ...] = ()
    assets: tuple[str, ...] = ()

    @property
    def quizzes(self) -> tuple[Quiz | Exam, ...]:
        """Everything that is taken and graded: the quiz of each module, then the exam."""
        found = [*(module.quiz for module in self.modules), self.exam]
        return tuple(each for each in found if each is not None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Asset:
    """One picture of a course, known by the SHA-256 of its bytes."""

    sha256: str
    media_type: str
    content: bytes
