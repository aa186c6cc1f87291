"""``course-engine coverage``: which lessons teach a competency, and which questions test it."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import click

from course_engine.cli import courses
from course_engine.curriculum import coverage as weighing
from course_engine.curriculum.coverage import (
    Category,
    Coverage,
    Covered,
    CoveredFramework,
    State,
)

_LISTS: tuple[tuple[str, State], ...] = (
    ("Taught and not tested", "untested"),
    ("Tested and not taught", "untaught"),
    ("Cited nowhere", "uncited"),
)


@click.command()
@click.argument("course")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Lines for people, or JSON with the id of every question.",
)
def coverage(course: str, shape: str) -> None:
    """Tell which lessons of COURSE teach each competency, and which questions test it.

    COURSE is the folder of a course, or its name below the folder that COURSE_ENGINE_CURRICULUM
    names. What teaches or tests one competency counts for its category as well. Questions are
    those of quizzes and of the exam's bank; a check inside a lesson does not count, and practice
    questions are told apart.
    """
    found = weighing.coverage(courses.opened(course)[0])
    if shape == "json":
        click.echo(json.dumps(_document(found), indent=2, ensure_ascii=False))
        return
    for framework in found.frameworks:
        for line in _text(framework):
            click.echo(line)


def _document(found: Coverage) -> dict[str, object]:
    """Return the same as plain values, with what follows from them."""
    document = asdict(found)
    for framework, written in zip(found.frameworks, document["frameworks"], strict=True):
        for category, entry in zip(framework.categories, written["categories"], strict=True):
            entry["state"] = category.state
            for competency, inner in zip(category.competencies, entry["competencies"], strict=True):
                inner["state"] = competency.state
        for _, state in _LISTS:
            written[state] = framework.keys(state)
        written["as_a_whole"] = framework.whole_categories
    return document


def _text(framework: CoveredFramework) -> Iterator[str]:
    yield f"{framework.title} ({framework.publisher}, {framework.year})"
    for category in framework.categories:
        yield ""
        yield from _category(category)
    yield ""
    for title, state in _LISTS:
        yield f"{title}: {', '.join(framework.keys(state)) or 'nothing'}"
    yield f"Cited as a whole category only: {', '.join(framework.whole_categories) or 'nothing'}"
    yield ""


def _category(category: Category) -> Iterator[str]:
    yield f"{category.key}  {category.title}: {_counts(category)}"
    for each in category.competencies:
        yield f"  {each.key}  {each.title}: {_counts(each)}"
    for path in category.lessons:
        yield f"    taught in {path}"
    for asked in category.asked:
        yield f"    tested in {asked.path}: {len(asked.questions)}"
    for asked in category.practiced:
        yield f"    practiced in {asked.path}: {len(asked.questions)}"


def _counts(covered: Covered) -> str:
    lessons, tests = len(covered.lessons), covered.tests
    return (
        f"{lessons} lesson{'' if lessons == 1 else 's'}, "
        f"{tests} question{'' if tests == 1 else 's'}"
    )
