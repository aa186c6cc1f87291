"""The catalog, a course with how far somebody is, and what is left."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates.names import NotPrintable
from course_engine.errors import Refused
from course_engine.learning.progress import progress
from course_engine.learning.requirements import weigh
from course_engine.pages.courses import wording
from course_engine.records import approvals, editions, enrollments, evidence
from course_engine.records.people import Role
from course_engine.web import catalog, identity, issuing, path, study
from course_engine.web.access import SIGNED_IN, audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.errors import explained
from course_engine.web.headers import LASTING

pages = Blueprint("courses", __name__)


@pages.get("/courses")
@audience(SIGNED_IN)
def index() -> ResponseReturnValue:
    """Show what somebody is taking, and what else there is."""
    taken = enrollments.of_person(db.session, identity.me().id)
    mine = [(one, catalog.edition(one.edition_digest)) for one in taken]
    slugs = {one.course_slug for one in taken}
    return render_template(
        "courses/catalog.html",
        mine=[(course, one.started_at) for one, course in mine],
        others=[course for course in catalog.courses() if course.slug not in slugs],
    )


@pages.get("/courses/<course>")
@audience(SIGNED_IN)
def show(course: str) -> ResponseReturnValue:
    """Show a course: to a trainee with how far they are and the one next step."""
    mine = study.find(course)
    if mine is None:
        found = catalog.course(course)
        return render_template(
            "courses/offer.html",
            course=found,
            may_begin=_may_begin(),
            demands=wording.demands(found),
        )
    so_far = evidence.collect(db.session, mine.enrollment.id)
    standing = progress(mine.course, so_far)
    return render_template(
        "courses/show.html",
        course=mine.course,
        progress=standing,
        step=wording.step(mine.course, standing.step),
        addresses=path.addresses(mine.enrollment.edition_digest),
        observed={one.roleplay for one in so_far.observed if one.met},
        signed={
            item.slug
            for item in standing.eligibility.items
            if item.kind == "statement" and item.met
        },
        certificate=issuing.issued(mine.enrollment.id, mine.course),
    )


@pages.post("/courses/<course>")
@audience(Role.TRAINEE)
def begin(course: str) -> ResponseReturnValue:
    """Begin a course on its present edition; beginning twice changes nothing."""
    if study.find(course) is None:
        if not _may_begin():
            raise Refused(_("Places on this course come from a coordinator. Please ask for one."))
        enrollments.enroll(
            db.session,
            person_id=identity.me().id,
            course_slug=course,
            edition_digest=catalog.digest_of(course),
            now=now(),
        )
        identity.touch()
        db.session.commit()
    return redirect(url_for("courses.show", course=course), 303)


@pages.get("/courses/<course>/left")
@audience(Role.TRAINEE)
def left(course: str) -> ResponseReturnValue:
    """Show every requirement as met or outstanding, with the evidence for it."""
    mine = study.mine(course)
    eligibility = weigh(mine.course, evidence.collect(db.session, mine.enrollment.id))
    return render_template(
        "courses/left.html",
        course=mine.course,
        eligibility=eligibility,
        addresses=path.addresses(mine.enrollment.edition_digest),
        certificate=issuing.issued(mine.enrollment.id, mine.course),
        waits=eligibility.met and approvals.waits(db.session, mine.enrollment.id),
    )


@pages.post("/courses/<course>/certificate")
@audience(Role.TRAINEE)
def get_certificate(course: str) -> ResponseReturnValue:
    """Issue the certificate, if it was not issued the moment the last requirement was met."""
    try:
        issued = issuing.issue(study.mine(course))
    except NotPrintable as error:
        db.session.rollback()
        what_to_do = _("Your name cannot be printed: change it, then get your certificate.")
        flash(f"{explained(error)} {what_to_do}", "caution")
        return redirect(url_for("courses.left", course=course), 303)
    flash(_("Your certificate is ready."), "success")
    return redirect(url_for("certificates.show", serial=issued.serial), 303)


@pages.get("/assets/<sha256>")
@audience(SIGNED_IN)
def asset(sha256: str) -> ResponseReturnValue:
    """Return a picture of a course; its address is its content, so it never changes."""
    found = editions.asset(db.session, sha256)
    response = Response(found.content, content_type=found.media_type)
    response.headers["Cache-Control"] = LASTING.replace("public", "private")
    # A picture that somebody opens by itself must not be able to run anything.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    )
    return response


def _may_begin() -> bool:
    open_to_all: bool = current_app.extensions["site"].open_enrollment
    return open_to_all and Role.TRAINEE in identity.me().roles
