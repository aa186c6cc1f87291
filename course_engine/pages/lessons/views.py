"""Lessons: reading them, answering their checks, writing in their private boxes."""

from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.assessment import answers, papers
from course_engine.curriculum.course import Check, Course, Lesson, Module, Reflect
from course_engine.errors import Missing
from course_engine.pages.lessons import pageful
from course_engine.records import boxes, checks, completions, reflections
from course_engine.records.people import Role
from course_engine.web import entry, held, identity, issuing, localization, path, study
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.study import Study

Kind = TypeVar("Kind", Check, Reflect)

pages = Blueprint("lessons", __name__, url_prefix="/courses/<course>/<module>/<lesson>")


@pages.get("")
@audience(Role.TRAINEE)
def show(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson with what the reader has filled in (3 statements in all)."""
    mine = study.find(course)
    if mine is None:
        return redirect(url_for("courses.show", course=course), 303)
    part, page = lesson_of(mine.course, module, lesson)
    filled = boxes.filled(
        db.session,
        mine.enrollment.id,
        pageful.keys(page),
        for_person=mine.enrollment.person_id,
    )
    return render_template(
        "lessons/show.html",
        lesson=page,
        language=mine.course.language,
        way=pageful.way(mine, part, page, again=_to_do_again(mine, page)),
        blocks=pageful.blocks(page, filled, request.path, again=request.args.get("again", "")),
    )


@pages.post("/done")
@audience(Role.TRAINEE)
def finish(course: str, module: str, lesson: str) -> ResponseReturnValue:
    """Note that a lesson is done, and go on to the next stop."""
    mine = study.mine(course)
    lesson_of(mine.course, module, lesson)
    completions.complete(db.session, mine.enrollment.id, lesson, now=now())
    entry.note_reread(mine, lesson)
    identity.touch()
    db.session.commit()
    issuing.issue_when_due(mine)
    onward = path.after(mine.enrollment.edition_digest, "lesson", lesson)
    return redirect(onward.url if onward else url_for("courses.left", course=course), 303)


@pages.post("/checks/<key>")
@audience(Role.TRAINEE)
def answer(course: str, module: str, lesson: str, key: str) -> ResponseReturnValue:
    """Keep the answer to a check; the page then shows what is to be said about it."""
    mine = study.mine(course)
    asked = _block(lesson_of(mine.course, module, lesson)[1], key, Check).question
    given = answers.read(papers.check_item(asked), request.form.getlist(f"q-{asked.id}"))
    back = url_for("lessons.show", course=course, module=module, lesson=lesson)
    if not given:
        flash(_("Choose an answer first. Then look at what is said about it."))
        return redirect(f"{back}?again={key}#check-{key}", 303)
    checks.answer(db.session, mine.enrollment.id, key, given, now=now())
    identity.touch()
    db.session.commit()
    return redirect(f"{back}#check-{key}", 303)


@pages.post("/reflections/<key>")
@audience(Role.TRAINEE)
def reflect(course: str, module: str, lesson: str, key: str) -> ResponseReturnValue:
    """Save what somebody wrote for themselves, whenever it changes."""
    mine = study.mine(course)
    _block(lesson_of(mine.course, module, lesson)[1], key, Reflect)
    moment, enrollment = now(), mine.enrollment
    text = request.form.get("text", "").replace("\r\n", "\n")
    if text.strip():
        reflections.save(
            db.session, enrollment.id, key, text, for_person=enrollment.person_id, now=moment
        )
    else:
        # Whoever empties their box wants the words gone, not kept as an empty text.
        reflections.erase(db.session, enrollment.id, key, for_person=enrollment.person_id)
    identity.touch()
    db.session.commit()
    if held.wants_json():
        return {"saved_at_text": localization.clock(moment), "seen": {}}
    back = url_for("lessons.show", course=course, module=module, lesson=lesson)
    return redirect(f"{back}#reflect-{key}", 303)


def lesson_of(course: Course, module: str, lesson: str) -> tuple[Module, Lesson]:
    """Return a lesson and its module.

    :raises Missing: the course has no such lesson.
    """
    for part in course.modules:
        for page in part.lessons:
            if (part.slug, page.slug) == (module, lesson):
                return part, page
    raise Missing


def _to_do_again(mine: Study, page: Lesson) -> bool:
    return page.slug in mine.done and entry.to_reread(mine, page.slug)


def _block(lesson: Lesson, key: str, kind: type[Kind]) -> Kind:
    for block in lesson.blocks:
        if isinstance(block, kind) and block.key == key:
            return block
    raise Missing
