"""What the preview of a lesson is given: its blocks, and the way through the course."""

from typing import Any, assert_never

from flask import request, url_for

from course_engine.assessment import papers, sheets
from course_engine.curriculum.course import Block, Check, Course, Lesson, Module, Prose, Reflect
from course_engine.errors import Missing
from course_engine.pages.authoring import answer_keys
from course_engine.pages.authoring.preview_links import lesson_url

Values = dict[str, Any]


def values(course: Course, module_slug: str, slug: str) -> Values:
    """Return everything that the page shows.

    :raises Missing: the course has no such lesson.
    """
    every = [(module, lesson) for module in course.modules for lesson in module.lessons]
    for at, (module, lesson) in enumerate(every):
        if (module.slug, lesson.slug) == (module_slug, slug):
            checks = [block for block in lesson.blocks if isinstance(block, Check)]
            return {
                "lesson": lesson,
                "language": course.language,
                "blocks": [_block(block) for block in lesson.blocks],
                "keys": [
                    answer_keys.keyed(course, check.question, number, counts=False)
                    for number, check in enumerate(checks, start=1)
                ],
                "way": _way(course, every, at),
            }
    raise Missing


def _block(block: Block) -> Values:
    """Lay a block out as its trainee gets it; a check has its right answer filled in."""
    match block:
        case Prose():
            return {"kind": "prose", "html": block.html}
        case Reflect():
            return {"kind": "reflect", "block": block, "address": "", "text": "", "saved": ""}
        case Check():
            right = answer_keys.right_answer(papers.check_item(block.question))
            return {
                "kind": "check",
                "key": block.key,
                "address": "",
                "question": sheets.check_sheet(block.question, right),
                "review": None,
                "again": "",
            }
        case _:
            assert_never(block)


def _way(course: Course, every: list[tuple[Module, Lesson]], at: int) -> Values:
    module, here = every[at]

    def link(to: int) -> tuple[str, str] | None:
        if not 0 <= to < len(every):
            return None
        part, lesson = every[to]
        return lesson.title, lesson_url(course.slug, part.slug, lesson.slug)

    return {
        "course_title": course.title,
        "course_url": url_for("authoring.overview", course=course.slug),
        "module_title": module.title,
        "done": at,
        "total": len(every),
        "break_url": url_for("home.take_a_break", back=request.path),
        "previous": link(at - 1),
        "next": link(at + 1),
        "complete_url": "",
        "outline": [
            (
                lesson.title,
                lesson_url(course.slug, module.slug, lesson.slug),
                "current" if lesson is here else "open",
            )
            for lesson in module.lessons
        ],
    }
