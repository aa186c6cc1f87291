"""A new password for somebody who forgot the old one, by a link in a mail."""

from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.errors import Missing, Refused
from course_engine.pages.account.forms import ForgottenForm, ResetForm
from course_engine.records import journal, people, resets, sessions
from course_engine.web import identity, mail, passwords, throttle
from course_engine.web.access import EVERYONE, audience
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db

LINK_LASTS = timedelta(hours=2)


class LinkOver(Refused):
    """A link for a new password was used, or is too old."""

    def __init__(self) -> None:
        super().__init__(_("This link is not open any more. Ask for a new one below “Sign in”."))


def add_to(pages: Blueprint) -> None:
    """Add the four views of a password reset."""
    for rule, view, method in (
        ("/password/forgotten", forgotten, "GET"),
        ("/password/forgotten", send_link, "POST"),
        ("/password/new/<token>", choose, "GET"),
        ("/password/new/<token>", choose_now, "POST"),
    ):
        pages.add_url_rule(rule, view_func=view, methods=[method])


@audience(EVERYONE)
def forgotten() -> ResponseReturnValue:
    """Ask where the link should go."""
    return render_template("account/forgotten.html", form=ForgottenForm())


@audience(EVERYONE)
def send_link() -> ResponseReturnValue:
    """Send a link if the address has an account; the answer is the same if it has none."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("account/forgotten.html", form=form), 422
    email = form.email.data or ""
    throttle.check(throttle.RESET_ADDRESS, throttle.address())
    throttle.check(throttle.RESET_ACCOUNT, email)
    throttle.strike(throttle.RESET_ADDRESS, throttle.address())
    throttle.strike(throttle.RESET_ACCOUNT, email)
    person = people.by_email(db.session, email)
    if person is not None:
        token = identity.new_token()
        resets.add(
            db.session,
            token_sha256=identity.digest(token),
            person_id=person.id,
            now=now(),
            expires_at=now() + LINK_LASTS,
        )
        db.session.commit()
        mail.send(_mail(person.email, public("account.choose", token=token)))
    flash(_("If that address has an account, a mail with a link is on its way."))
    return redirect(url_for("account.sign_in"), 303)


@audience(EVERYONE)
def choose(token: str) -> ResponseReturnValue:
    """Ask for the new password."""
    _person_id(token)
    return render_template("account/new_password.html", form=ResetForm())


@audience(EVERYONE)
def choose_now(token: str) -> ResponseReturnValue:
    """Store the new password and close every open session of the person."""
    person_id = _person_id(token)
    form = ResetForm()
    if not form.validate_on_submit():
        return render_template("account/new_password.html", form=form), 422
    resets.use(db.session, identity.digest(token), now=now())
    people.set_password(db.session, person_id, passwords.hashed(form.new_password.data or ""))
    sessions.close_all(db.session, person_id)
    journal.write(
        db.session,
        action="person.password-reset",
        subject=("person", person_id),
        actor_id=person_id,
        now=now(),
    )
    db.session.commit()
    flash(_("Your new password is saved. You can sign in with it now."))
    return redirect(url_for("account.sign_in"), 303)


def _person_id(token: str) -> int:
    throttle.check(throttle.LINK_ADDRESS, throttle.address())
    try:
        return resets.find(db.session, identity.digest(token), now=now())
    except Missing:
        throttle.strike(throttle.LINK_ADDRESS, throttle.address())
        raise LinkOver from None


def _mail(to: str, link: str) -> mail.Mail:
    site = current_app.extensions["site"]
    return mail.Mail(
        kind="password",
        to=to,
        subject=_("A new password for %(site)s", site=site.name),
        body=_(
            "Somebody asked for a new password for your account at %(site)s.\n\n"
            "To choose one, open this link within two hours:\n%(link)s\n\n"
            "If it was not you, you need not do anything.\n",
            site=site.name,
            link=link,
        ),
    )
