"""Invitation links: how a new person gets an account, and a place in a cohort."""

from flask import Blueprint, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.certificates import names
from course_engine.errors import Missing, Refused
from course_engine.pages.account.forms import InvitationForm
from course_engine.records import cohorts, enrollments, invitations, journal, people
from course_engine.records.invitations import Invitation
from course_engine.records.people import Person
from course_engine.web import catalog, identity, passwords, throttle
from course_engine.web.access import EVERYONE, audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.errors import explained


class InvitationOver(Refused):
    """The link was used, or is too old."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This invitation is not open any more. If you have an account, sign in. "
                "If not, ask your coordinator for a new link."
            )
        )


def add_to(pages: Blueprint) -> None:
    """Add the two views of an invitation."""
    pages.add_url_rule("/invitations/<token>", view_func=invitation, methods=["GET"])
    pages.add_url_rule("/invitations/<token>", view_func=accept, methods=["POST"])


@audience(EVERYONE)
def invitation(token: str) -> ResponseReturnValue:
    """Welcome an invited person, and ask for their names and a password."""
    found = _open(token)
    form = InvitationForm(legal_name=found.name)
    return _page(found, form)


@audience(EVERYONE)
def accept(token: str) -> ResponseReturnValue:
    """Make the account, take the place in the cohort, and sign the person in."""
    found = _open(token)
    known = people.by_email(db.session, found.email)
    form = InvitationForm()
    if known is None:
        if not form.validate_on_submit():
            return _page(found, form), 422
        try:
            legal_name = names.printable_name(form.legal_name.data or "")
        except names.NotPrintable as error:
            form.legal_name.errors = [explained(error)]
            return _page(found, form), 422
        person: Person = people.add(
            db.session,
            email=found.email,
            legal_name=legal_name,
            used_name=form.used_name.data or legal_name,
            roles=found.roles,
            password_hash=passwords.hashed(form.password.data or ""),
            now=now(),
        )
    else:
        # Whoever has an account already proves it by signing in; the link alone opens nothing.
        asking = identity.signed_in()
        if asking is None or asking.id != known.id:
            return redirect(
                url_for("account.sign_in", next=url_for("account.invitation", token=token)), 303
            )
        person = asking
        people.set_roles(db.session, person.id, person.roles | found.roles)
    invitations.use(db.session, identity.digest(token), now=now())
    _enroll(person, found)
    journal.write(
        db.session,
        action="invitation.accepted",
        subject=("person", person.id),
        actor_id=person.id,
        now=now(),
    )
    flash(_("Welcome. Your account is ready."))
    response = make_response(redirect(url_for("home.front"), 303))
    identity.sign_in(person, response)
    db.session.commit()
    return response


def _open(token: str) -> Invitation:
    throttle.check(throttle.LINK_ADDRESS, throttle.address())
    try:
        return invitations.find(db.session, identity.digest(token), now=now())
    except Missing:
        throttle.strike(throttle.LINK_ADDRESS, throttle.address())
        raise InvitationOver from None


def _enroll(person: Person, found: Invitation) -> None:
    if found.cohort_id is None:
        return
    cohort = cohorts.find(db.session, found.cohort_id)
    enrollments.enroll(
        db.session,
        person_id=person.id,
        course_slug=cohort.course_slug,
        edition_digest=catalog.digest_of(cohort.course_slug),
        cohort_id=cohort.id,
        now=now(),
    )


def _page(found: Invitation, form: InvitationForm) -> str:
    cohort = cohorts.find(db.session, found.cohort_id) if found.cohort_id else None
    return render_template(
        "account/invitation.html",
        form=form,
        email=found.email,
        course=catalog.course(cohort.course_slug) if cohort else None,
        known=people.by_email(db.session, found.email) is not None,
    )
