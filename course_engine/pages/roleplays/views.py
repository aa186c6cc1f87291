"""A role-play: read what it is about, ask to be observed, and see what people said."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.curriculum import rubrics
from course_engine.records import journal, pieces
from course_engine.records.people import Role
from course_engine.web import identity, marking, rated, study
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

pages = Blueprint("roleplays", __name__, url_prefix="/courses/<course>/roleplays/<roleplay>")


@pages.get("")
@audience(Role.TRAINEE)
def show(course: str, roleplay: str) -> ResponseReturnValue:
    """Show a role-play with every sitting so far; the best of them counts."""
    mine = study.mine(course)
    asked = marking.roleplay_of(mine.course, roleplay)
    sittings = pieces.sittings(db.session, mine.enrollment.id, asked.slug)
    return render_template(
        "roleplays/show.html",
        course=mine.course,
        roleplay=asked,
        rubric=rubrics.named(asked.rubric, mine.course.rubrics),
        sittings=rated.of_sittings(sittings),
        waiting=any(one.settled_at is None for one in sittings),
        met=any(one.met for one in sittings),
    )


@pages.post("")
@audience(Role.TRAINEE)
def ask(course: str, roleplay: str) -> ResponseReturnValue:
    """Ask for a sitting; one at a time."""
    mine = study.mine(course)
    asked = marking.roleplay_of(mine.course, roleplay)
    enrollment = mine.enrollment
    moment = now()
    pieces.ask_for(
        db.session,
        asked.slug,
        rubric=asked.rubric,
        assessors=asked.assessors,
        enrollment_id=enrollment.id,
        person_id=enrollment.person_id,
        edition_digest=enrollment.edition_digest,
        now=moment,
    )
    journal.write(
        db.session,
        action="role-play.asked",
        subject=("enrollment", enrollment.id),
        actor_id=enrollment.person_id,
        now=moment,
        details={"role-play": asked.slug},
    )
    identity.touch()
    db.session.commit()
    flash(_("We have told the assessors. One of them will find a time with you."), "success")
    return redirect(url_for("roleplays.show", course=course, roleplay=roleplay), 303)
