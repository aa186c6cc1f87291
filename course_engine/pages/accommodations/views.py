"""What is arranged for a person: granted, changed, ended, and seen by coordinators alone."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.pages.accommodations import easing, wording
from course_engine.pages.accommodations.forms import GrantForm, filled
from course_engine.records import accommodations, journal, people
from course_engine.records.people import Person, Role
from course_engine.web import entry, identity
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

LONGEST_SEARCH = 200

pages = Blueprint("accommodations", __name__, url_prefix="/accommodations")
easing.add_to(pages)


@pages.get("")
@audience(Role.COORDINATOR)
def index() -> ResponseReturnValue:
    """Find a person by a part of their name or address; nobody is listed unasked."""
    search = request.args.get("q", "")[:LONGEST_SEARCH].strip()
    after = request.args.get("after") or None
    found = (
        people.page(db.session, search=search, role=Role.TRAINEE, after=after) if search else None
    )
    return render_template(
        "accommodations/index.html",
        search=search,
        people=found.rows if found else (),
        first=url_for("accommodations.index", q=search) if after else "",
        more=url_for("accommodations.index", q=search, after=found.after)
        if found and found.after
        else "",
    )


@pages.get("/<int:person>")
@audience(Role.COORDINATOR)
def show(person: int) -> ResponseReturnValue:
    """Show what is arranged for a person, and their attempts with the ways to help."""
    found = people.find(db.session, person)
    today = now().astimezone(entry.site().zone).date()
    granted = accommodations.of_person(db.session, person)
    return render_template(
        "accommodations/show.html",
        person=found,
        granted=[wording.line(one, today) for one in granted],
        courses=easing.courses(person),
    )


@pages.get("/<int:person>/new")
@audience(Role.COORDINATOR)
def new(person: int) -> ResponseReturnValue:
    """Ask what is to be arranged."""
    found = people.find(db.session, person)
    today = now().astimezone(entry.site().zone).date()
    return _form(found, GrantForm(None, from_day=today))


@pages.post("/<int:person>/new")
@audience(Role.COORDINATOR)
def grant(person: int) -> ResponseReturnValue:
    """Grant an accommodation; it counts from the next attempt that starts."""
    found, form = people.find(db.session, person), GrantForm()
    wording.refuse_for_oneself(person)
    if not form.validate_on_submit():
        return _form(found, form), 422
    me, moment = identity.me().id, now()
    accommodations.grant(db.session, person, form.granted(), actor_id=me, now=moment)
    return _done(person, "accommodation.granted", _("The accommodation is granted."))


@pages.get("/<int:person>/<int:grant_id>")
@audience(Role.COORDINATOR)
def change(person: int, grant_id: int) -> ResponseReturnValue:
    """Show an accommodation in a form."""
    found = people.find(db.session, person)
    kept = accommodations.find(db.session, grant_id, for_person=person)
    return _form(found, filled(kept.granted), grant_id)


@pages.post("/<int:person>/<int:grant_id>")
@audience(Role.COORDINATOR)
def save(person: int, grant_id: int) -> ResponseReturnValue:
    """Change an accommodation: the one before ends and is kept, and another one begins.

    :raises AlreadyEnded: it has ended.
    """
    found, form = people.find(db.session, person), GrantForm()
    wording.refuse_for_oneself(person)
    if not form.validate_on_submit():
        return _form(found, form, grant_id), 422
    me, moment = identity.me().id, now()
    accommodations.end(db.session, grant_id, for_person=person, actor_id=me, now=moment)
    accommodations.grant(db.session, person, form.granted(), actor_id=me, now=moment)
    return _done(person, "accommodation.changed", _("The change is saved."))


@pages.post("/<int:person>/<int:grant_id>/end")
@audience(Role.COORDINATOR)
def end(person: int, grant_id: int) -> ResponseReturnValue:
    """End an accommodation: attempts that are open keep it, later ones go without.

    :raises AlreadyEnded: it has ended.
    """
    wording.refuse_for_oneself(person)
    accommodations.end(
        db.session, grant_id, for_person=person, actor_id=identity.me().id, now=now()
    )
    return _done(person, "accommodation.ended", _("The accommodation has ended."))


def _done(person: int, action: str, said: str) -> ResponseReturnValue:
    """Journal that it was done, never what: that is nobody else's business."""
    journal.write(
        db.session,
        action=action,
        subject=("person", person),
        actor_id=identity.me().id,
        now=now(),
    )
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("accommodations.show", person=person), 303)


def _form(person: Person, form: GrantForm, grant_id: int | None = None) -> str:
    return render_template("accommodations/grant.html", person=person, form=form, kept=grant_id)
