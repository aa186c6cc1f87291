"""Statements: read, then signed with one's name."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.curriculum.course import Course, Statement
from course_engine.errors import Missing
from course_engine.pages.attestations.forms import SignForm
from course_engine.records import attestations, journal
from course_engine.records.people import Role
from course_engine.web import identity, issuing, path, study
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

pages = Blueprint("attestations", __name__, url_prefix="/courses/<course>/statements/<statement>")


@pages.get("")
@audience(Role.TRAINEE)
def show(course: str, statement: str) -> ResponseReturnValue:
    """Show a statement, and the signature once there is one."""
    mine = study.mine(course)
    return _page(mine, _statement(mine.course, statement), SignForm())


@pages.post("")
@audience(Role.TRAINEE)
def sign(course: str, statement: str) -> ResponseReturnValue:
    """Keep the signature together with the wording that was signed."""
    mine = study.mine(course)
    wanted = _statement(mine.course, statement)
    form = SignForm()
    if not form.validate_on_submit():
        return _page(mine, wanted, form), 422
    attestations.sign(
        db.session,
        mine.enrollment.id,
        statement=wanted.slug,
        title=wanted.title,
        text=wanted.text,
        signed_name=form.signed_name.data or "",
        now=now(),
    )
    journal.write(
        db.session,
        action="statement.signed",
        subject=("enrollment", mine.enrollment.id),
        actor_id=mine.enrollment.person_id,
        now=now(),
        details={"statement": wanted.slug},
    )
    identity.touch()
    db.session.commit()
    issuing.issue_when_due(mine)
    flash(_("Your signature is kept."), "success")
    onward = path.after(mine.enrollment.edition_digest, "statement", wanted.slug)
    return redirect(onward.url if onward else url_for("courses.left", course=course), 303)


def _page(mine: study.Study, statement: Statement, form: SignForm) -> str:
    signed = attestations.of_enrollment(db.session, mine.enrollment.id)
    return render_template(
        "attestations/show.html",
        course=mine.course,
        statement=statement,
        form=form,
        signature=signed.get(statement.slug),
    )


def _statement(course: Course, slug: str) -> Statement:
    for statement in course.statements:
        if statement.slug == slug:
            return statement
    raise Missing
