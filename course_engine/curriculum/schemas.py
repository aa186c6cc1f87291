"""What may stand at the head of each kind of file: the schemas that authors' editors read too."""

import json
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from course_engine.curriculum.course import CertificateKind, FeedbackPolicy, QuestionOrder
from course_engine.curriculum.questions import Level
from course_engine.curriculum.rubric_schemas import RolePlayFront, RubricFile
from course_engine.curriculum.schema_parts import Id, Schema, Slug, Text

Minutes = Annotated[int, Field(ge=1, le=10_000)]
Citation = Annotated[str, Field(pattern=r"^[a-z0-9-]+:\S+$", max_length=100)]
Count = Annotated[int, Field(ge=1, le=1000)]
Wait = Annotated[str, Field(pattern=r"^(none|[1-9][0-9]{0,3} (minutes?|hours?|days?))$")]
Moment = Annotated[
    str,
    Field(pattern=r"^(none|[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2})$"),
    AfterValidator(lambda written: written if written == "none" else _a_real_time(written)),
]


def _a_real_time(written: str) -> str:
    datetime.strptime(written, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - the clock on some wall
    return written


class RequirementsFront(Schema):
    """What the course demands before a certificate."""

    lessons: Literal["all"] | list[str] = Field(
        "all", description="Write all, or a list such as [what-it-is/the-values]."
    )
    quizzes: Literal["all"] | list[str] = Field(
        "all", description="Write all, or a list of modules such as [what-it-is]."
    )
    exam: bool = Field(default=True, description="Write true or false.")
    statements: list[Slug] = Field(
        [], description="Write a list of files in statements/, such as [code-of-conduct]."
    )
    roleplays: list[Slug] = Field(
        [], description="Write a list of files in roleplays/, such as [first-meeting]."
    )


class RenewalFront(Schema):
    """How long until a certificate should be renewed, and what is needed for it."""

    after: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2} (months?|years?)$")] = Field(
        description="Write a time such as 2 years or 18 months, counted from the completion."
    )
    needs: list[Text] = Field(
        [], description="Write a list of what is needed, in words or as the name of a course."
    )
    remind: Annotated[str, Field(pattern=r"^[1-9][0-9]{0,2} days?$")] = Field(
        "90 days", description="Write how long before it the holder is reminded, such as 90 days."
    )


class CertificateFront(Schema):
    """What a finished course gives."""

    kind: CertificateKind = Field(
        "completion",
        description="Write attendance, completion, or credential, which needs a recorded approval.",
    )
    renewal: RenewalFront | None = Field(
        None, description='Write "after: 2 years" under it, or leave it out.'
    )


class CourseFront(Schema):
    """The head of course.md."""

    title: Text = Field(description="Write the title of the course.")
    language: str = Field(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        max_length=35,
        description="Write a language code such as en or es-MX.",
    )
    minutes: Minutes = Field(description="Write the approved time in minutes, a whole number.")
    summary: str = Field("", max_length=500, description="Say in one sentence what it teaches.")
    requirements: RequirementsFront = Field(
        default_factory=RequirementsFront,
        description="Write lessons, quizzes, exam, statements and roleplays under it.",
    )
    certificate: CertificateFront = Field(
        default_factory=CertificateFront, description='Write "kind: completion" under it.'
    )


class ModuleFront(Schema):
    """The head of module.md."""

    title: Text = Field(description="Write the title of the module.")
    aim: str = Field("", max_length=500, description="Say in one sentence what it is for.")
    discussion: list[Text] = Field(
        [], description="Write a list of questions to talk about together, for the printed guide."
    )


class LessonFront(Schema):
    """The head of a lesson."""

    title: Text = Field(description="Write the title of the lesson.")
    minutes: Minutes = Field(description="Write the approved time in minutes, a whole number.")
    competencies: list[Citation] = Field(
        [], description="Write a list such as [samhsa:III.1, samhsa:III.3]."
    )
    content_note: str = Field(
        "", max_length=300, description="Write one neutral line, such as Mentions of overdose."
    )


class RetrainFront(Schema):
    """What to do after the last attempt that did not pass."""

    retrain: list[Slug] = Field(
        min_length=1, description="Write a list of lessons such as [listening, asking]."
    )


class _Rules(Schema):
    pass_mark: int = Field(80, ge=0, le=100, description="Write a percent from 0 to 100.")
    attempts: Literal["unlimited"] | Annotated[int, Field(ge=1, le=1000)] = Field(
        "unlimited", description="Write unlimited, or a whole number from 1."
    )
    cooldown: Wait = Field("none", description="Write none, or a wait such as 24 hours.")
    opens: Moment = Field("none", description="Write none, or a time such as 2026-12-01 09:00.")
    closes: Moment = Field("none", description="Write none, or a time such as 2026-12-15 17:00.")
    time_limit: Wait = Field("none", description="Write none, or a time such as 90 minutes.")
    after_last: Literal["coordinator"] | RetrainFront = Field(
        "coordinator", description="Write coordinator, or {retrain: [listening, asking]}."
    )
    order: QuestionOrder = Field("shuffled", description="Write shuffled or fixed.")
    unseen_first: bool = Field(default=True, description="Write true or false.")
    minutes: Annotated[int, Field(ge=0, le=10_000)] = Field(
        0, description="Write the approved time in minutes, a whole number."
    )


class QuizFront(_Rules):
    """The head of quiz.md."""

    title: Text = Field(description="Write the title of the quiz.")
    feedback: FeedbackPolicy = Field(
        "full", description="Write never, by-topic, per-choice, after-pass or full."
    )


class ExamFront(_Rules):
    """The head of exam.md."""

    title: Text = Field(description="Write the title of the exam.")
    draw: dict[str, Count | Annotated[dict[Level, Count], Field(min_length=1)]] = Field(
        min_length=1,
        description="Write how many from each file of the bank, such as {crisis: 4}, "
        "or by level, such as {crisis: {recall: 1, judgment: 3}}.",
    )
    at_least: dict[Literal["critical"] | Citation, Count] = Field(
        {}, description="Write how many at least, such as {skills:A: 2, critical: 1}."
    )
    feedback: FeedbackPolicy = Field(
        "by-topic", description="Write never, by-topic, per-choice, after-pass or full."
    )


class BankFront(Schema):
    """The head of a file in the question bank."""

    title: Text = Field(description="Write the title of the topic.")


class StatementFront(Schema):
    """The head of a statement."""

    title: Text = Field(description="Write the title of the statement.")


class CompetencyEntry(Schema):
    """One competency of a framework."""

    id: Id = Field(description='Write a short name in quotes, such as "III.1".')
    title: Text = Field(description="Say what a person can do.")


class CategoryEntry(Schema):
    """One category of a framework."""

    id: Id = Field(description='Write a short name in quotes, such as "III".')
    title: Text = Field(description="Write the title of the category.")
    competencies: list[CompetencyEntry] = Field(
        [], description="Write a list of ids and titles under it."
    )


class FrameworkFile(Schema):
    """A file in frameworks/."""

    title: Text = Field(description="Write the title of the framework.")
    publisher: Text = Field(description="Write who published it.")
    year: int = Field(ge=1900, le=2200, description="Write the year it was published.")
    source: str = Field(
        pattern=r"^https?://\S+$", max_length=500, description="Write its address, https://…."
    )
    note: str = Field("", max_length=2000, description="Say what a reader should know about it.")
    categories: list[CategoryEntry] = Field(
        min_length=1, description="Write a list of ids and titles under it."
    )


SCHEMAS: dict[str, type[Schema]] = {
    "course": CourseFront,
    "module": ModuleFront,
    "lesson": LessonFront,
    "quiz": QuizFront,
    "exam": ExamFront,
    "bank": BankFront,
    "statement": StatementFront,
    "framework": FrameworkFile,
    "roleplay": RolePlayFront,
    "rubric": RubricFile,
}
"""Every schema by the kind of file that it describes."""


def published(kind: str) -> str:
    """Return the JSON Schema of one kind of file, as it stands in docs/schemas/."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SCHEMAS[kind].model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
