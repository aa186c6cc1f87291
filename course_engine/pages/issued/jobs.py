"""Bulk jobs: how far they are, and what came of each person's line."""

from typing import Any, get_args

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.errors import Missing
from course_engine.pages.issued.reasons import REISSUE_REASONS
from course_engine.records import bulk, cohorts, people
from course_engine.records.bulk import Job, Outcome
from course_engine.records.people import Role
from course_engine.web import bulk as bulk_work
from course_engine.web import catalog, identity
from course_engine.web.access import audience
from course_engine.web.database import db


def add_to(pages: Blueprint) -> None:
    """Add the list of jobs, the page of one, and the way to stop it."""
    pages.add_url_rule("/jobs", view_func=jobs, methods=["GET"])
    pages.add_url_rule("/jobs/<int:job_id>", view_func=job, methods=["GET"])
    pages.add_url_rule("/jobs/<int:job_id>/stop", view_func=stop, methods=["POST"])


@audience(Role.COORDINATOR)
def jobs() -> ResponseReturnValue:
    """List jobs, newest first (2 statements with the sign-in, and 2 for each that is shown)."""
    after = request.args.get("after")
    found = bulk.page(db.session, after=after)
    return render_template(
        "issued/jobs.html",
        jobs=[(one, _title(one), bulk.counts(db.session, one.id)) for one in found.rows],
        first_url=url_for("issued.jobs") if after else "",
        next_url=url_for("issued.jobs", after=found.after) if found.after else "",
    )


@audience(Role.COORDINATOR)
def job(job_id: int) -> ResponseReturnValue:
    """Show how far a job is, and what came of each line; one outcome alone if asked."""
    asked = bulk.find(db.session, job_id)
    wanted = request.args.get("outcome", "")
    outcome: Outcome | None = next((one for one in get_args(Outcome) if one == wanted), None)
    after = request.args.get("after")
    found = bulk.results(db.session, job_id, outcome=outcome, after=after)
    counted = bulk.counts(db.session, job_id)
    here: dict[str, Any] = {"job_id": job_id} | ({"outcome": outcome} if outcome else {})
    return render_template(
        "issued/job.html",
        job=asked,
        title=_title(asked),
        by=people.find(db.session, asked.asked_by).used_name,
        reason=REISSUE_REASONS.get(asked.reason.get("reason_class", ""), ""),
        counts=counted,
        plain=bulk.printed_plainly(db.session, job_id),
        total=sum(counted.values()),
        done=sum(number for kind, number in counted.items() if kind is not None),
        results=found.rows,
        outcome=outcome,
        first_url=url_for("issued.job", **here) if after else "",
        next_url=url_for("issued.job", **here, after=found.after) if found.after else "",
    )


@audience(Role.COORDINATOR)
def stop(job_id: int) -> ResponseReturnValue:
    """End a job before its last line; what is issued stays issued."""
    bulk_work.finish(bulk.find(db.session, job_id), actor_id=identity.me().id)
    db.session.commit()
    flash(_("The job is stopped. What was issued stays issued."), "success")
    return redirect(url_for("issued.job", job_id=job_id), 303)


def _title(asked: Job) -> str:
    whose = _for_whom(asked)
    if asked.kind == "issue":
        return _("Issue certificates: %(whose)s", whose=whose)
    return _("Issue certificates anew: %(whose)s", whose=whose)


def _for_whom(asked: Job) -> str:
    parts = []
    if cohort := asked.filters.get("cohort"):
        parts.append(cohorts.find(db.session, cohort).name)
    elif slug := asked.filters.get("course"):
        try:
            parts.append(catalog.course(slug).title)
        except Missing:
            parts.append(slug)
    if search := asked.filters.get("search"):
        parts.append(_("“%(search)s”", search=search))
    return ", ".join(parts) or _("all certificates")
