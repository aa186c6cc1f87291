"""The list of cohorts, a cohort's register, and what a coordinator may change about it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.pages.cohorts import export, invites, membership, register
from course_engine.pages.cohorts.forms import CohortForm, NewCohortForm
from course_engine.records import cohorts, invitations, journal, registers
from course_engine.records.cohorts import Cohort
from course_engine.records.people import Role
from course_engine.web import catalog, identity
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

pages = Blueprint("cohorts", __name__, url_prefix="/cohorts")
export.add_to(pages)
invites.add_to(pages)
membership.add_to(pages)


@pages.get("")
@audience(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """List the cohorts, newest first (4 statements with the sign-in)."""
    after = request.args.get("after")
    found = cohorts.page(db.session, after=after)
    return render_template(
        "cohorts/index.html",
        cohorts=found.rows,
        sizes=registers.sizes(db.session, [one.id for one in found.rows]),
        titles={course.slug: course.title for course in catalog.courses()},
        first_url=url_for("cohorts.index") if after else "",
        next_url=url_for("cohorts.index", after=found.after) if found.after else "",
    )


@pages.get("/new")
@audience(Role.COORDINATOR)
def new() -> ResponseReturnValue:
    """Ask for the name, the course and the dates of a new cohort."""
    return render_template("cohorts/new.html", form=_new_form())


@pages.post("/new")
@audience(Role.COORDINATOR)
def create() -> ResponseReturnValue:
    """Open a cohort."""
    form = _new_form()
    if not form.validate_on_submit():
        return render_template("cohorts/new.html", form=form), 422
    cohort = cohorts.add(
        db.session,
        name=form.name.data or "",
        course_slug=form.course.data,
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        now=now(),
    )
    _journal("cohort.opened", cohort.id)
    db.session.commit()
    flash(_("The cohort is open. Now you can invite people to it."), "success")
    return redirect(url_for("cohorts.show", cohort=cohort.id), 303)


@pages.get("/<int:cohort>")
@audience(Role.COORDINATOR)
def show(cohort: int) -> ResponseReturnValue:
    """Show a page of the register (4 statements with the sign-in, for 3 people or 50)."""
    found = cohorts.find(db.session, cohort)
    after = request.args.get("after")
    people = registers.page(db.session, cohort, after=after)
    columns = register.columns(entry.edition_digest for entry in people.rows)
    return render_template(
        "cohorts/show.html",
        cohort=found,
        course=_course_title(found),
        columns=columns,
        lines=tuple(register.lines(people.rows, columns)),
        # Addresses are worked out once: fifty times would take longer than the rest of the page.
        people_url=url_for("cohorts.person", cohort=cohort, enrollment=0).removesuffix("0"),
        certificates_url=url_for("issued.show", serial="0").removesuffix("0"),
        first_url=url_for("cohorts.show", cohort=cohort) if after else "",
        next_url=url_for("cohorts.show", cohort=cohort, after=people.after) if people.after else "",
    )


@pages.get("/<int:cohort>/change")
@audience(Role.COORDINATOR)
def change(cohort: int) -> ResponseReturnValue:
    """Show the name and the dates in a form, and the way to close the cohort."""
    found = cohorts.find(db.session, cohort)
    form = CohortForm(name=found.name, starts_on=found.starts_on, ends_on=found.ends_on)
    return render_template("cohorts/change.html", cohort=found, form=form)


@pages.post("/<int:cohort>/change")
@audience(Role.COORDINATOR)
def save(cohort: int) -> ResponseReturnValue:
    """Change the name and the dates."""
    found = cohorts.find(db.session, cohort)
    form = CohortForm()
    if not form.validate_on_submit():
        return render_template("cohorts/change.html", cohort=found, form=form), 422
    cohorts.change(
        db.session,
        cohort,
        name=form.name.data or "",
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
    )
    _journal("cohort.changed", cohort)
    db.session.commit()
    flash(_("The changes are saved."), "success")
    return redirect(url_for("cohorts.show", cohort=cohort), 303)


@pages.post("/<int:cohort>/close")
@audience(Role.COORDINATOR)
def close(cohort: int) -> ResponseReturnValue:
    """Close a cohort: nobody else joins, and those in it go on. Closing twice changes nothing."""
    found = cohorts.find(db.session, cohort)
    if found.closed_at is None:
        cohorts.close(db.session, cohort, now=now())
        invitations.end_all(db.session, cohort, now=now())
        _journal("cohort.closed", cohort)
        flash(_("The cohort is closed. Its open invitations were taken back."), "success")
    db.session.commit()
    return redirect(url_for("cohorts.show", cohort=cohort), 303)


def _new_form() -> NewCohortForm:
    form = NewCohortForm()
    form.offer(catalog.courses())
    return form


def _course_title(cohort: Cohort) -> str:
    if cohort.course_slug not in catalog.current():
        return cohort.course_slug
    return catalog.course(cohort.course_slug).title


def _journal(action: str, cohort: int) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("cohort", cohort),
        actor_id=identity.me().id,
        now=now(),
    )
