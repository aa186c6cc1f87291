"""Certificates for many people at once: issued, issued anew, or taken along."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.errors import Refused
from course_engine.pages.issued import filters
from course_engine.pages.issued.forms import ReissueForm
from course_engine.records import bulk, cohorts, issued, journal
from course_engine.records.bulk import Job
from course_engine.records.certificate_events import Reason
from course_engine.records.issued import Filters
from course_engine.records.people import Role
from course_engine.web import identity
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db


def add_to(pages: Blueprint) -> None:
    """Add the page where much is asked for, and the two views that take it."""
    pages.add_url_rule("/many", view_func=many, methods=["GET"])
    pages.add_url_rule("/many/issue", view_func=issue_many, methods=["POST"])
    pages.add_url_rule("/many/reissue", view_func=reissue_many, methods=["POST"])


@audience(Role.COORDINATOR)
def many() -> ResponseReturnValue:
    """Say what can be done at once for what the filters find (5 statements with the sign-in)."""
    return _page(filters.read(request.args), ReissueForm(None))


@audience(Role.COORDINATOR)
def issue_many() -> ResponseReturnValue:
    """Ask the clerk to issue what is due in a cohort, or in a whole course."""
    chosen = filters.read(request.args)
    course = chosen.course
    if chosen.cohort is not None:
        course = cohorts.find(db.session, chosen.cohort).course_slug
    if not course:
        raise Refused(_("Choose a cohort or a course first."))
    job = bulk.ask_to_issue(
        db.session,
        cohort_id=chosen.cohort,
        course_slug=course,
        asked_by=identity.me().id,
        now=now(),
    )
    return _asked(job)


@audience(Role.COORDINATOR)
def reissue_many() -> ResponseReturnValue:
    """Ask the clerk for new certificates in the place of those in force that the filters find."""
    chosen, form = filters.read(request.args), ReissueForm()
    if not form.validate_on_submit():
        return _page(chosen, form), 422
    if not issued.count_in_force(db.session, chosen):
        raise Refused(_("There are no certificates in force here yet."))
    reason = Reason(
        reason_class=form.reason.data, private_note=(form.private_note.data or "").strip()
    )
    job = bulk.ask_to_reissue(
        db.session, chosen, reason=reason, asked_by=identity.me().id, now=now()
    )
    return _asked(job)


def _asked(job: Job) -> ResponseReturnValue:
    journal.write(
        db.session,
        action="bulk.asked",
        subject=("bulk job", job.id),
        actor_id=identity.me().id,
        now=now(),
        details={"kind": job.kind},
    )
    db.session.commit()
    return redirect(url_for("issued.job", job_id=job.id), 303)


def _page(chosen: Filters, form: ReissueForm) -> str:
    return render_template(
        "issued/many.html",
        chosen=chosen,
        choices=filters.choices(chosen),
        asked=chosen.as_document(),
        count=issued.count_in_force(db.session, chosen),
        form=form,
    )
