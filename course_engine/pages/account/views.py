"""Signing in and out, and a person's own account."""

from flask import (
    Blueprint,
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import names
from course_engine.pages.account import invitations, resets
from course_engine.pages.account.forms import ChangePasswordForm, NamesForm, SignInForm
from course_engine.records import certificates, journal, people, sessions
from course_engine.records.people import Person
from course_engine.web import held, identity, passwords, throttle
from course_engine.web.access import EVERYONE, SIGNED_IN, audience
from course_engine.web.addresses import local
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.errors import explained

pages = Blueprint("account", __name__)
invitations.add_to(pages)
resets.add_to(pages)


@pages.get("/sign-in")
@audience(EVERYONE)
def sign_in(packed: str | None = None) -> ResponseReturnValue:
    """Show the form; whoever is signed in already is sent on. What is held travels with it."""
    onward = local(request.args.get("next"), default="/")
    if identity.signed_in() is not None:
        return redirect(onward, 303)
    return render_template(
        "account/sign_in.html", form=SignInForm(None), held=packed, next_address=onward
    )


@pages.post("/sign-in")
@audience(EVERYONE)
def check_sign_in() -> ResponseReturnValue:
    """Open a session for the right password, and give back what was held meanwhile."""
    form = SignInForm()
    onward = local(request.form.get("next"), default="/")
    packed = request.form.get("held") or None
    if form.validate_on_submit():
        person = _person_with(form.email.data or "", form.password.data or "")
        if person is not None:
            return _welcome(person, packed, onward)
        form.password.errors = [_("The address or the password is not right.")]
    page = render_template("account/sign_in.html", form=form, held=packed, next_address=onward)
    return page, 422


def _person_with(email: str, password: str) -> Person | None:
    """Check a password, at a cost that grows with failures."""
    throttle.check(throttle.SIGN_IN_ADDRESS, throttle.address())
    throttle.check(throttle.SIGN_IN_ACCOUNT, email)
    person = people.by_email(db.session, email)
    # The hash takes a third of a second: no transaction is kept open meanwhile.
    db.session.rollback()
    if not passwords.matches(person.password_hash if person else None, password):
        throttle.strike(throttle.SIGN_IN_ADDRESS, throttle.address())
        throttle.strike(throttle.SIGN_IN_ACCOUNT, email)
        return None
    return person


def _welcome(person: Person, packed: str | None, onward: str) -> ResponseReturnValue:
    kept = held.unpack(packed) if packed else None
    response: Response
    if kept is not None:
        response = make_response(render_template("errors/held.html", held=kept, expired=False))
    else:
        response = make_response(redirect(onward, 303))
    throttle.clear(throttle.SIGN_IN_ACCOUNT, person.email)
    identity.sign_in(person, response)
    db.session.commit()
    return response


@pages.post("/sign-out")
@audience(EVERYONE)
def sign_out() -> ResponseReturnValue:
    """Close this browser's session."""
    response = make_response(redirect(url_for("home.front"), 303))
    identity.sign_out(response)
    db.session.commit()
    return response


@pages.get("/account")
@audience(SIGNED_IN)
def account() -> ResponseReturnValue:
    """Show a person their names, their password form and where they are signed in."""
    person = identity.me()
    return _account(
        NamesForm(legal_name=person.legal_name, used_name=person.used_name),
        ChangePasswordForm(),
    )


@pages.post("/account/names")
@audience(SIGNED_IN)
def change_names() -> ResponseReturnValue:
    """Change the names; certificates that were issued keep the name of their day."""
    form = NamesForm()
    if not form.validate_on_submit():
        return _account(form, ChangePasswordForm()), 422
    try:
        legal_name = names.printable_name(form.legal_name.data or "")
    except names.NotPrintable as error:
        form.legal_name.errors = [explained(error)]
        return _account(form, ChangePasswordForm()), 422
    person = identity.me()
    people.rename(
        db.session, person.id, legal_name=legal_name, used_name=form.used_name.data or legal_name
    )
    _journal("person.renamed", person)
    db.session.commit()
    flash(_("Your names are saved."))
    if legal_name != person.legal_name and certificates.of_person(db.session, person.id):
        flash(_("Your certificates keep the old name. Ask for new ones if you want them."), "info")
    return redirect(url_for("account.account"), 303)


@pages.post("/account/password")
@audience(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Change the password, and sign out everywhere else."""
    form, person = ChangePasswordForm(), identity.me()
    names_form = NamesForm(None, legal_name=person.legal_name, used_name=person.used_name)
    if not form.validate_on_submit():
        return _account(names_form, form), 422
    if _person_with(person.email, form.password.data or "") is None:
        form.password.errors = [_("This is not your password.")]
        return _account(names_form, form), 422
    set_password(person, form.new_password.data or "")
    flash(_("Your password is changed. You were signed out everywhere else."))
    response = make_response(redirect(url_for("account.account"), 303))
    identity.sign_in(person, response)
    db.session.commit()
    return response


@pages.post("/account/sign-out-everywhere")
@audience(SIGNED_IN)
def sign_out_everywhere() -> ResponseReturnValue:
    """Close every session of this person, this one included."""
    response = make_response(redirect(url_for("account.sign_in"), 303))
    sessions.close_all(db.session, identity.me().id)
    identity.sign_out(response)
    db.session.commit()
    return response


def set_password(person: Person, password: str) -> None:
    """Store a new password and close every session that the old one opened."""
    stored = passwords.hashed(password)
    people.set_password(db.session, person.id, stored)
    sessions.close_all(db.session, person.id)
    _journal("person.password-changed", person)


def _account(names_form: NamesForm, password_form: ChangePasswordForm) -> str:
    person = identity.me()
    return render_template(
        "account/account.html",
        names_form=names_form,
        password_form=password_form,
        sessions=sessions.of_person(db.session, person.id, now=now()),
        this_session=identity.this_session(),
    )


def _journal(action: str, person: Person) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("person", person.id),
        actor_id=person.id,
        now=now(),
    )
