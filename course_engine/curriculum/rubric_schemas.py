"""What may stand in a rubric, and at the head of a role-play."""

from typing import Annotated

from pydantic import Field

from course_engine.curriculum.schema_parts import Id, Percent, Schema, Slug, Text


class RolePlayFront(Schema):
    """The head of a role-play."""

    title: Text = Field(description="Write the title of the role-play.")
    rubric: Slug = Field(description="Write the name of a file in rubrics/, such as first-meeting.")
    assessors: Annotated[int, Field(ge=1, le=2)] = Field(
        1, description="Write 1, or 2 if two people must agree."
    )
    minutes: Annotated[int, Field(ge=0, le=10_000)] = Field(
        0, description="Write the approved time in minutes, a whole number."
    )
    assessor: str = Field("", max_length=2000, description="Say what the assessor does in it.")


class RubricLevelEntry(Schema):
    """One level of a rubric."""

    words: Text = Field(description="Say what is seen at this level.")
    credit: Percent = Field(description="Write the percent that it earns, from 0 to 100.")
    harmful: bool = Field(default=False, description="Write true where this level does harm.")


class RubricItemEntry(Schema):
    """One item of a rubric."""

    id: Id = Field(description="Write a short name that never changes, such as listens.")
    words: Text = Field(description="Say what to look for.")
    levels: list[RubricLevelEntry] = Field(
        [], description="Write levels from the lowest to the highest, each with words and credit."
    )
    critical: bool = Field(
        default=False, description="Write true if its harmful level may not be seen."
    )
    least: Percent = Field(0, description="Write the percent that this item must reach by itself.")


class RubricFlagEntry(Schema):
    """One harmful act that is flagged."""

    id: Id = Field(description="Write a short name that never changes, such as promises-secrecy.")
    words: Text = Field(description="Say what was done.")


class RubricFile(Schema):
    """A file in rubrics/."""

    title: Text = Field(description="Write the title of the rubric.")
    pass_mark: Percent = Field(70, description="Write a percent from 0 to 100.")
    levels: list[RubricLevelEntry] = Field(
        [], description="Write the levels of all items that have none of their own."
    )
    items: list[RubricItemEntry] = Field(
        min_length=1, max_length=40, description="Write a list of what to look for."
    )
    flags: list[RubricFlagEntry] = Field(
        [], description="Write a list of harmful acts, each with id and words."
    )
