"""What may stand at the head of each kind of file: the schemas that authors' editors read too."""

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from course_engine.curriculum.course import CertificateKind, FeedbackPolicy


class Schema(BaseModel):
    """A map of known keys; any other key is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


Text = Annotated[str, Field(min_length=1, max_length=300, pattern=r"\S")]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Minutes = Annotated[int, Field(ge=1, le=10_000)]
Citation = Annotated[str, Field(pattern=r"^[a-z0-9-]+:\S+$", max_length=100)]
Wait = Annotated[str, Field(pattern=r"^(none|[1-9][0-9]{0,3} (minutes?|hours?|days?))$")]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=60)]


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


class CertificateFront(Schema):
    """What a finished course gives."""

    kind: CertificateKind = Field("completion", description="Write attendance or completion.")


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
        description="Write lessons, quizzes, exam and statements under it.",
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


class _Rules(Schema):
    pass_mark: int = Field(80, ge=0, le=100, description="Write a percent from 0 to 100.")
    attempts: Literal["unlimited"] | Annotated[int, Field(ge=1, le=1000)] = Field(
        "unlimited", description="Write unlimited, or a whole number from 1."
    )
    cooldown: Wait = Field("none", description="Write none, or a wait such as 24 hours.")
    time_limit: Wait = Field("none", description="Write none, or a time such as 90 minutes.")
    minutes: Annotated[int, Field(ge=0, le=10_000)] = Field(
        0, description="Write the approved time in minutes, a whole number."
    )


class QuizFront(_Rules):
    """The head of quiz.md."""

    title: Text = Field(description="Write the title of the quiz.")
    feedback: FeedbackPolicy = Field(
        "full", description="Write never, by-topic, after-pass or full."
    )


class ExamFront(_Rules):
    """The head of exam.md."""

    title: Text = Field(description="Write the title of the exam.")
    draw: dict[str, Annotated[int, Field(ge=1, le=1000)]] = Field(
        min_length=1,
        description="Write how many from each file of the bank, such as {crisis: 4}.",
    )
    feedback: FeedbackPolicy = Field(
        "by-topic", description="Write never, by-topic, after-pass or full."
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
}
"""Every schema by the kind of file that it describes."""


def published(kind: str) -> str:
    """Return the JSON Schema of one kind of file, as it stands in docs/schemas/."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **SCHEMAS[kind].model_json_schema(),
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
