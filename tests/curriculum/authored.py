"""Files as authors write them, for tests: each right as it stands."""

from pathlib import Path
from typing import Any

from course_engine.curriculum import loading, parsing
from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.course import Block, Course, Lesson
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.loading import Loaded
from course_engine.curriculum.parsing import Parsed
from course_engine.curriculum.problems import Problem, Report
from course_engine.curriculum.questions import Question

LESSON_HEAD = "---\ntitle: A lesson\nminutes: 5\n---\n"
QUIZ_HEAD = "---\ntitle: A quiz\n---\n"
KNOWN = Addresses(
    known={
        "01-first/01-one.md": "/courses/c/first/one",
        "02-second/01-two.md": "/courses/c/second/two",
        "01-first/map.svg": "/assets/abc",
        "course.md": "/courses/c",
    }
)
SKILLS = """\
title: Skills
publisher: Somebody
year: 2020
source: https://example.org/skills
categories:
  - id: A
    title: Care
    competencies:
      - {id: A.1, title: Listens}
  - {id: B, title: Limits}
"""
COURSE: dict[str, str | bytes] = {
    "course.md": "---\ntitle: A course\nlanguage: en\nminutes: 12\n---\n\nWelcome.\n",
    "01-first/module.md": "---\ntitle: First\naim: To begin.\n---\n",
    "01-first/01-one.md": "---\ntitle: One\nminutes: 1\n---\n\n" + "Help is near. " * 40 + "\n",
    "01-first/quiz.md": (
        "---\ntitle: A quiz\nminutes: 1\n---\n\n## Which? {#first}\n\n- ( ) This\n- (x) That\n"
    ),
    "exam/exam.md": "---\ntitle: Exam\nminutes: 10\ndraw: {near: 1}\n---\n",
    "exam/bank/near.md": "---\ntitle: Near\n---\n\n## Where? {#where}\n\n- (x) Here\n- ( ) There\n",
}


def draft(path: str = "01-first/01-one.md") -> Draft:
    return Draft(path=path, addresses=KNOWN, report=Report(path))


def lesson(body: str, *, head: str = LESSON_HEAD) -> Parsed[Lesson]:
    """Parse a lesson. The head has four lines: the body begins on line 5."""
    return parsing.lesson((head + body).encode(), draft(), slug="one")


def blocks(body: str) -> tuple[Block, ...]:
    parsed = lesson(body)
    assert parsed.value is not None
    assert parsed.problems == ()
    return parsed.value.blocks


def html(body: str) -> str:
    """Render a lesson that is all prose and has nothing wrong with it."""
    (prose,) = blocks(body)
    assert prose.kind == "prose"
    return prose.html


def quiz(body: str, *, head: str = QUIZ_HEAD) -> Parsed[Any]:
    """Parse a quiz. The head has three lines: the body begins on line 4."""
    return parsing.quiz((head + body).encode(), draft("01-first/quiz.md"))


def question(body: str) -> Question:
    """Read the one question of a quiz that has nothing wrong with it."""
    parsed = quiz(body)
    assert parsed.problems == ()
    (one,) = parsed.value.questions
    asked: Question = one
    return asked


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def said(problems: tuple[Problem, ...]) -> str:
    return "\n".join(str(problem) for problem in problems)


def files(folder: Path, changes: dict[str, str | bytes | None]) -> Path:
    """Write a whole course, with these files changed, added, or left out where None."""
    (folder / "frameworks").mkdir(parents=True, exist_ok=True)
    (folder / "frameworks" / "skills.yml").write_text(SKILLS)
    course = folder / "a-course"
    for path, content in {**COURSE, **changes}.items():
        if content is None:
            continue
        file = course / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    return course


def loaded(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Loaded:
    """Load a whole course with these changes."""
    (one,) = loading.load_curriculum(files(folder, changes or {}), memory=loading.Memory()).courses
    return one


def course(folder: Path, changes: dict[str, str | bytes | None] | None = None) -> Course:
    """Load a whole course that has nothing wrong with it."""
    one = loaded(folder, changes)
    assert one.problems == ()
    assert one.course is not None
    return one.course
