"""People: finding them, their names, their roles, and closing an account."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import names
from course_engine.errors import Refused
from course_engine.pages.people import invitations
from course_engine.pages.people.forms import ROLES, NamesForm, RolesForm, chosen
from course_engine.records import journal, people, sessions
from course_engine.records.people import Person, Role
from course_engine.web import identity
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.errors import explained

LONGEST_SEARCH = 200

pages = Blueprint("people", __name__, url_prefix="/people")
invitations.add_to(pages)


@pages.get("")
@audience(Role.ADMINISTRATOR)
def index() -> ResponseReturnValue:
    """List people by name, found by a part of it or of their address, or by a role."""
    search = request.args.get("q", "")[:LONGEST_SEARCH]
    role = request.args.get("role", "")
    wanted = Role(role) if role in set(Role) else None
    after = request.args.get("after") or None
    found = people.page(db.session, search=search, role=wanted, after=after)
    kept: dict[str, Any] = {"q": search or None, "role": wanted}
    return render_template(
        "people/index.html",
        people=found.rows,
        search=search,
        role=wanted.value if wanted else "",
        roles=[(role.value, name) for role, name, _purpose in ROLES],
        first=url_for("people.index", **kept) if after else "",
        more=url_for("people.index", **kept, after=found.after) if found.after else "",
    )


@pages.get("/<int:person_id>")
@audience(Role.ADMINISTRATOR)
def show(person_id: int) -> ResponseReturnValue:
    """Show one person with everything that can be changed about them."""
    return _page(people.find(db.session, person_id))


@pages.post("/<int:person_id>/names")
@audience(Role.ADMINISTRATOR)
def rename(person_id: int) -> ResponseReturnValue:
    """Correct a person's names; certificates keep the name of their day."""
    person, form = people.find(db.session, person_id), NamesForm()
    if not form.validate_on_submit():
        return _page(person, names_form=form), 422
    try:
        legal_name = names.printable_name(form.legal_name.data or "")
    except names.NotPrintable as error:
        form.legal_name.errors = [explained(error)]
        return _page(person, names_form=form), 422
    used_name = form.used_name.data or legal_name
    people.rename(db.session, person.id, legal_name=legal_name, used_name=used_name)
    changed = [
        kind
        for kind, same in (
            ("legal", legal_name == person.legal_name),
            ("used", used_name == person.used_name),
        )
        if not same
    ]
    action = "person.renamed" if changed else ""
    return _done(person, action, _("The names are saved."), changed=changed)


@pages.post("/<int:person_id>/roles")
@audience(Role.ADMINISTRATOR)
def set_roles(person_id: int) -> ResponseReturnValue:
    """Give a person exactly the roles that were ticked; somebody must go on running the site."""
    person, form = people.find(db.session, person_id), RolesForm()
    if not form.validate_on_submit():
        return _page(person, roles_form=form), 422
    roles = chosen(form)
    if Role.ADMINISTRATOR in person.roles - roles:
        if person.id == identity.me().id:
            raise Refused(
                _("You cannot take the administrator role from yourself. Ask another one to do it.")
            )
        _insist_on_another(person)
    people.set_roles(db.session, person.id, roles)
    return _done(
        person,
        "person.roles-changed" if roles != person.roles else "",
        _("The roles are saved."),
        given=sorted(roles - person.roles),
        taken=sorted(person.roles - roles),
    )


@pages.post("/<int:person_id>/close")
@audience(Role.ADMINISTRATOR)
def close(person_id: int) -> ResponseReturnValue:
    """Close an account and sign the person out everywhere; what they did stays on record."""
    person = people.find(db.session, person_id)
    if person.id == identity.me().id:
        raise Refused(_("You cannot close your own account. Ask another administrator to do it."))
    if Role.ADMINISTRATOR in person.roles:
        _insist_on_another(person)
    if person.closed_at is not None:
        return _done(person, "", _("The account is closed."))
    people.close(db.session, person.id, now=now())
    ended = sessions.close_all(db.session, person.id)
    return _done(person, "person.closed", _("The account is closed."), sessions=ended)


@pages.post("/<int:person_id>/reopen")
@audience(Role.ADMINISTRATOR)
def reopen(person_id: int) -> ResponseReturnValue:
    """Open a closed account again."""
    person = people.find(db.session, person_id)
    people.reopen(db.session, person.id)
    action = "person.reopened" if person.closed_at else ""
    return _done(person, action, _("The account is open again."))


@pages.post("/<int:person_id>/sign-out")
@audience(Role.ADMINISTRATOR)
def sign_out(person_id: int) -> ResponseReturnValue:
    """End every session of a person, on whichever browser it is."""
    person = people.find(db.session, person_id)
    ended = sessions.close_all(db.session, person.id, but=identity.this_session())
    return _done(person, "person.signed-out", _("They are signed out."), sessions=ended)


def _insist_on_another(person: Person) -> None:
    """Let nobody stop being an administrator while no other one is left.

    The rows stay locked until the commit: of two administrators who remove each other at the same
    moment, one is refused.
    """
    if not people.lock_administrators(db.session) - {person.id}:
        raise Refused(_("This is the last administrator. Give somebody else the role first."))


def _done(person: Person, action: str, said: str, **details: object) -> ResponseReturnValue:
    """Journal what was done, unless nothing changed, and go back to the person's page."""
    if action:
        journal.write(
            db.session,
            action=action,
            subject=("person", person.id),
            actor_id=identity.me().id,
            now=now(),
            details=details,
        )
    flash(said, "success")
    db.session.commit()
    return redirect(url_for("people.show", person_id=person.id), 303)


def _page(
    person: Person, *, names_form: NamesForm | None = None, roles_form: RolesForm | None = None
) -> str:
    return render_template(
        "people/person.html",
        person=person,
        is_me=person.id == identity.me().id,
        names_form=names_form
        or NamesForm(None, legal_name=person.legal_name, used_name=person.used_name),
        roles_form=roles_form or RolesForm(None, roles=sorted(person.roles)),
        sessions=sessions.of_person(db.session, person.id, now=now()),
    )
