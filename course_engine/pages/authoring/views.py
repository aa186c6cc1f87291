"""The courses with what is wrong with them, and publishing one."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.errors import Missing, Refused
from course_engine.pages.authoring import coverages, previews, shelf, working_copy
from course_engine.records import editions
from course_engine.records.people import Role
from course_engine.web import identity
from course_engine.web.access import audience
from course_engine.web.database import db

MOST_EDITIONS = 30

pages = Blueprint("authoring", __name__, url_prefix="/authoring")
previews.add_to(pages)
coverages.add_to(pages)


@pages.get("")
@audience(Role.AUTHOR)
def index() -> ResponseReturnValue:
    """List the courses, those that were never published included."""
    return render_template(
        "authoring/index.html", courses=shelf.courses(), is_here=working_copy.is_here()
    )


@pages.get("/<course>")
@audience(Role.AUTHOR)
def show(course: str) -> ResponseReturnValue:
    """Show what is wrong with a course, its outline and its editions."""
    return _page(shelf.course(course))


@pages.post("/<course>/publish")
@audience(Role.AUTHOR)
def publish(course: str) -> ResponseReturnValue:
    """Make the files into the edition that is served, unless they have Problems."""
    if course not in working_copy.slugs():
        shelf.course(course)
        raise Refused(_("The files of this course are not on this machine."))
    # Only authors need what reads Markdown: it is loaded with the first course of theirs.
    from course_engine.web import publishing  # noqa: PLC0415

    # Publishing commits for itself, the entry in the journal included.
    outcomes = publishing.publish(working_copy.folder(), only=course, actor_id=identity.me().id)
    if not outcomes:
        raise Missing
    outcome = outcomes[0]
    if outcome.result == "refused":
        return _page(shelf.course(course)), 409
    said = {
        "published": _("Published. New trainees begin with this edition."),
        "unchanged": _("These files are what is served already."),
    }
    flash(said[outcome.result], "success")
    return redirect(url_for("authoring.show", course=course), 303)


def _page(shelved: shelf.ShelvedCourse) -> str:
    known = editions.of_course(db.session, shelved.slug)
    return render_template(
        "authoring/course.html",
        shelved=shelved,
        files=shelf.by_file((*shelved.problems, *shelved.warnings)),
        outline=shelved.copy.course if shelved.copy else None,
        editions=known[:MOST_EDITIONS],
        older=max(0, len(known) - MOST_EDITIONS),
    )
