"""Links and pictures inside a preview lead to the working copy, not to what is published."""

from collections.abc import Iterable

from flask import url_for

from course_engine.curriculum import addresses
from course_engine.curriculum.course import Asset, Course


def within_preview(page: str, course: Course, assets: Iterable[Asset]) -> str:
    """Give every lesson and picture of the course its address in the preview.

    Lessons are rendered once, with the addresses that trainees will use; in the preview those
    would show an older edition, or nothing at all.
    """
    for asset in assets:
        there = url_for("authoring.picture", course=course.slug, sha256=asset.sha256)
        page = page.replace(f'"{addresses.picture(asset.sha256)}', f'"{there}')
    for module in course.modules:
        for lesson in module.lessons:
            published = addresses.lesson(course.slug, module.slug, lesson.slug)
            there = lesson_url(course.slug, module.slug, lesson.slug)
            for end in ('"', "#"):
                page = page.replace(f'"{published}{end}', f'"{there}{end}')
    return page


def lesson_url(course: str, module: str, lesson: str) -> str:
    """Return the address of a lesson in the preview."""
    return url_for("authoring.lesson_preview", course=course, module=module, lesson=lesson)
