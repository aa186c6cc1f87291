"""Approvals, as an administrator records them: the list, a new one, and ending one."""

from datetime import date

from babel import Locale, UnknownLocaleError
from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from course_engine.pages.approvals.forms import ApprovalForm, EndForm
from course_engine.records import approvals, editions, journal
from course_engine.records.people import Role
from course_engine.web import catalog, identity
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.site import Site

pages = Blueprint("approvals", __name__, url_prefix="/approvals")


@pages.get("")
@audience(Role.ADMINISTRATOR, Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """List approvals, the latest first, and how many people wait for one."""
    titles = _titles()
    counts: dict[str, int] = {}
    for _enrollment, slug in approvals.waiting(db.session):
        counts[slug] = counts.get(slug, 0) + 1
    return render_template(
        "approvals/index.html",
        approvals=[
            (one, titles.get(one.course_slug, one.course_slug), _standing(one))
            for one in approvals.listed(db.session)
        ],
        waiting=[(titles.get(slug, slug), count) for slug, count in sorted(counts.items())],
        records=Role.ADMINISTRATOR in identity.me().roles,
    )


@pages.get("/new")
@audience(Role.ADMINISTRATOR)
def new() -> ResponseReturnValue:
    """Ask for what the authority's letter says."""
    return render_template("approvals/new.html", form=_form())


@pages.post("")
@audience(Role.ADMINISTRATOR)
def record() -> ResponseReturnValue:
    """Record an approval; from then on it can only be ended."""
    form = _form()
    if not form.validate_on_submit():
        return render_template("approvals/new.html", form=form), 422
    named = set((form.editions.data or "").split())
    known = [one.digest for one in editions.of_course(db.session, form.course.data)]
    chosen = {name: [one for one in known if one.startswith(name)] for name in sorted(named)}
    if wrong := [name for name, found in chosen.items() if len(found) != 1]:
        form.editions.errors = [
            _("This course has no such edition: %(names)s", names=", ".join(wrong))
        ]
        return render_template("approvals/new.html", form=form), 422
    made = approvals.add(
        db.session,
        course_slug=form.course.data,
        authority=form.authority.data or "",
        number=form.number.data or "",
        editions=sorted({digest for found in chosen.values() for digest in found}),
        languages=sorted(form.languages.data or ()),
        valid_from=form.valid_from.data,
        valid_until=form.valid_until.data,
        actor_id=identity.me().id,
        now=now(),
    )
    _journal("approval.recorded", made, course=form.course.data)
    db.session.commit()
    flash(_("The approval is recorded. Whoever waited for it gets their credential."), "success")
    return redirect(url_for("approvals.show", approval=made), 303)


@pages.get("/<int:approval>")
@audience(Role.ADMINISTRATOR, Role.COORDINATOR)
def show(approval: int) -> ResponseReturnValue:
    """Show an approval with everything that was recorded."""
    return _page(approvals.find(db.session, approval), EndForm(None, ended_on=_today()))


@pages.post("/<int:approval>/end")
@audience(Role.ADMINISTRATOR)
def end(approval: int) -> ResponseReturnValue:
    """End an approval before its time.

    :raises AlreadyEnded: it was ended before.
    """
    found, form = approvals.find(db.session, approval), EndForm()
    if not form.validate_on_submit():
        return _page(found, form), 422
    approvals.end(
        db.session, found.id, ended_on=form.ended_on.data, actor_id=identity.me().id, now=now()
    )
    _journal("approval.ended", found.id, ended_on=form.ended_on.data.isoformat())
    db.session.commit()
    flash(_("The approval has ended. Credentials that were granted under it stay."), "success")
    return redirect(url_for("approvals.show", approval=found.id), 303)


def _page(approval: approvals.Approval, form: EndForm) -> str:
    return render_template(
        "approvals/show.html",
        approval=approval,
        course=_titles().get(approval.course_slug, approval.course_slug),
        standing=_standing(approval),
        languages=[_language(code) for code in approval.languages],
        form=form,
        ends=Role.ADMINISTRATOR in identity.me().roles and approval.ended_on is None,
    )


def _form() -> ApprovalForm:
    form = ApprovalForm()
    languages = {course.language: _language(course.language) for course in catalog.courses()}
    form.offer(_titles(), dict(sorted(languages.items())))
    return form


def _language(code: str) -> str:
    """Return the name of a language in the language of the site; its code if it has none."""
    try:
        return Locale.parse(code, sep="-").get_display_name(get_locale()) or code
    except (UnknownLocaleError, ValueError):
        return code


def _titles() -> dict[str, str]:
    return {course.slug: course.title for course in catalog.courses()}


def _today() -> date:
    site: Site = current_app.extensions["site"]
    return now().astimezone(site.zone).date()


def _standing(approval: approvals.Approval) -> tuple[str, str]:
    """Return the kind of the status, and its words."""
    day = _today()
    if approval.holds_on(day):
        return "good", _("In force")
    if approval.ended_on is not None and day >= approval.ended_on:
        return "bad", _("Ended")
    return ("open", _("Not yet in force")) if day < approval.valid_from else ("bad", _("Over"))


def _journal(action: str, approval: int, **details: str) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("approval", approval),
        actor_id=identity.me().id,
        now=now(),
        details=details,
    )
