"""What a lesson's page is given: its blocks with what was filled in, and the way through it."""

from typing import Any, assert_never

from flask import request, url_for

from course_engine.assessment import feedback, sheets
from course_engine.curriculum.course import Check, Lesson, Module, Prose, Reflect
from course_engine.records.boxes import Boxes
from course_engine.web import localization
from course_engine.web.path import stops
from course_engine.web.study import Study

PlainValues = dict[str, Any]


def keys(lesson: Lesson) -> tuple[str, ...]:
    """Return the keys of what can be filled in."""
    return tuple(block.key for block in lesson.blocks if not isinstance(block, Prose))


def blocks(lesson: Lesson, filled: Boxes, address: str, *, again: str) -> list[PlainValues]:
    """Lay out the blocks in reading order; the check named ``again`` is asked anew."""
    found: list[PlainValues] = []
    for block in lesson.blocks:
        match block:
            case Prose():
                found.append({"kind": "prose", "html": block.html})
            case Reflect():
                kept = filled.reflections.get(block.key)
                found.append(
                    {
                        "kind": "reflect",
                        "block": block,
                        "address": f"{address}/reflections/{block.key}",
                        "text": kept.text if kept else "",
                        "saved": localization.clock(kept.saved_at) if kept else "",
                    }
                )
            case Check():
                found.append(_check(block, filled.checks.get(block.key), address, again))
            case _:
                assert_never(block)
    return found


def way(mine: Study, module: Module, lesson: Lesson, *, again: bool) -> PlainValues:
    """Return where this lesson stands: before, after, its module, and how much is done.

    With ``again`` a lesson that is done can be marked as done once more.
    """
    course = mine.course
    path = stops(mine.enrollment.edition_digest)
    here = next(
        at for at, stop in enumerate(path) if (stop.kind, stop.slug) == ("lesson", lesson.slug)
    )
    before = path[here - 1] if here else None
    here_too = {page.slug for page in module.lessons}
    after = path[here + 1] if here + 1 < len(path) else None
    return {
        "course_title": course.title,
        "course_url": url_for("courses.show", course=course.slug),
        "module_title": module.title,
        "done": len(mine.done),
        "total": sum(stop.kind == "lesson" for stop in path),
        "break_url": url_for("home.take_a_break", back=request.path),
        "previous": (before.title, before.url) if before else None,
        "next": (after.title, after.url) if after else None,
        "complete_url": "" if lesson.slug in mine.done and not again else f"{path[here].url}/done",
        "outline": [
            (stop.title, stop.url, _state(stop.slug, lesson.slug, mine.done))
            for stop in path
            if stop.kind == "lesson" and stop.slug in here_too
        ],
    }


def _state(slug: str, here: str, done: frozenset[str]) -> str:
    if slug == here:
        return "current"
    return "done" if slug in done else "open"


def _check(block: Check, given: tuple[str, ...] | None, address: str, again: str) -> PlainValues:
    answered = given is not None and block.key != again
    return {
        "kind": "check",
        "key": block.key,
        "address": f"{address}/checks/{block.key}",
        "question": None if answered else sheets.check_sheet(block.question),
        "review": feedback.check_feedback(block.question, given or ()) if answered else None,
        "again": f"{address}?again={block.key}#check-{block.key}",
    }
