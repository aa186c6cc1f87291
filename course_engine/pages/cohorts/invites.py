"""Inviting people to a cohort, and the invitations that wait for an answer."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.errors import Missing, Refused
from course_engine.pages.cohorts import addresses, inviting
from course_engine.pages.cohorts.addresses import Invitee
from course_engine.pages.cohorts.forms import InviteManyForm, InviteOneForm
from course_engine.records import cohorts, invitations, journal
from course_engine.records.cohorts import Cohort
from course_engine.records.invitations import Invitation
from course_engine.records.people import Role
from course_engine.web import catalog, identity
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db

# What a flash says travels in a cookie, which holds about 4,000 characters.
MOST_NAMED = 12


def add_to(pages: Blueprint) -> None:
    """Add the views of invitations."""
    address = "/<int:cohort>/invitations"
    for rule, view, method in (
        (address, invite, "GET"),
        (f"{address}/one", invite_one, "POST"),
        (f"{address}/many", invite_many, "POST"),
        (f"{address}/<int:invitation>/again", send_again, "POST"),
        (f"{address}/<int:invitation>/end", take_back, "POST"),
    ):
        pages.add_url_rule(rule, view_func=view, methods=[method])


@audience(Role.COORDINATOR)
def invite(cohort: int) -> ResponseReturnValue:
    """Show the two ways to invite, and who was asked and has not answered (4 statements)."""
    found = cohorts.find(db.session, cohort)
    return _page(found, InviteOneForm(None), InviteManyForm(None))


@audience(Role.COORDINATOR)
def invite_one(cohort: int) -> ResponseReturnValue:
    """Invite one person."""
    found, form = _open(cohort), InviteOneForm()
    valid = form.validate_on_submit()
    address = (form.email.data or "").lower()
    if valid and not addresses.is_address(address):
        form.email.errors = [_("This is not an e-mail address. It should look like a@b.org.")]
        valid = False
    if not valid:
        return _page(found, form, InviteManyForm(None)), 422
    return _invite(found, [Invitee(address=address, name=form.name.data or "")], twice=())


@audience(Role.COORDINATOR)
def invite_many(cohort: int) -> ResponseReturnValue:
    """Invite everybody on a pasted list; with a fault anywhere in it, nobody."""
    found, form = _open(cohort), InviteManyForm()
    if not form.validate_on_submit():
        return _page(found, InviteOneForm(None), form), 422
    pasted = addresses.read(form.addresses.data or "")
    if pasted.faults:
        form.addresses.errors = [_("Nothing was sent. Please look at the lines named above.")]
        return _page(found, InviteOneForm(None), form, pasted.faults), 422
    return _invite(found, pasted.invitees, twice=pasted.twice)


@audience(Role.COORDINATOR)
def send_again(cohort: int, invitation: int) -> ResponseReturnValue:
    """Send a new link; the one that was sent before opens nothing from now on."""
    found = _open(cohort)
    before = _waiting(cohort, invitation)
    mails = [inviting.prepare(Invitee(address=before.email, name=before.name), found)]
    _journal("invitation.sent-again", cohort)
    db.session.commit()
    _tell_sent(mails_failed=inviting.send(mails), sent=1)
    return redirect(url_for("cohorts.invite", cohort=cohort), 303)


@audience(Role.COORDINATOR)
def take_back(cohort: int, invitation: int) -> ResponseReturnValue:
    """Take an invitation back: its link opens nothing from now on."""
    cohorts.find(db.session, cohort)
    _waiting(cohort, invitation)
    invitations.end(db.session, invitation, now=now())
    _journal("invitation.taken-back", cohort)
    db.session.commit()
    flash(_("The invitation was taken back."), "success")
    return redirect(url_for("cohorts.invite", cohort=cohort), 303)


def _invite(
    cohort: Cohort, invitees: Sequence[Invitee], *, twice: Sequence[str]
) -> ResponseReturnValue:
    chosen = inviting.choose(invitees, cohort)
    mails = [inviting.prepare(invitee, cohort) for invitee in chosen.invitees]
    if mails:
        _journal("cohort.invited", cohort.id, invitations=len(mails))
    db.session.commit()
    _tell_sent(mails_failed=inviting.send(mails), sent=len(mails))
    for skipped, words in (
        (chosen.enrolled, _("Left out, because they take this course with a cohort: %(names)s")),
        (chosen.invited, _("Left out, because they are invited already: %(names)s")),
        (twice, _("In the list more than once, and invited once: %(names)s")),
    ):
        if skipped:
            flash(words % {"names": _named(skipped)}, "info")
    return redirect(url_for("cohorts.invite", cohort=cohort.id), 303)


def _tell_sent(*, mails_failed: Sequence[str], sent: int) -> None:
    """Say how many mails went, and name those that did not: their links can be sent again."""
    if went := sent - len(mails_failed):
        flash(
            ngettext("%(num)s invitation is sent.", "%(num)s invitations are sent.", went),
            "success",
        )
    if mails_failed:
        said = _(
            "No mail could be sent to: %(names)s. Please send these again from the list below."
        )
        flash(said % {"names": _named(mails_failed)}, "danger")


def _named(found: Sequence[str]) -> str:
    named = ", ".join(found[:MOST_NAMED])
    more = len(found) - MOST_NAMED
    return _("%(names)s, and %(more)s more", names=named, more=more) if more > 0 else named


def _open(cohort: int) -> Cohort:
    found = cohorts.find(db.session, cohort)
    if found.closed_at is not None:
        raise Refused(_("This cohort is closed, so nobody else can join it."))
    if found.course_slug not in catalog.current():
        raise Refused(_("The course of this cohort is not published now."))
    return found


def _waiting(cohort: int, invitation: int) -> Invitation:
    found = invitations.for_staff(db.session, invitation, now=now())
    if found.cohort_id != cohort:
        raise Missing
    return found


def _page(
    cohort: Cohort, one: InviteOneForm, many: InviteManyForm, faults: Sequence[str] = ()
) -> str:
    after = request.args.get("after")
    open_ones = invitations.waiting(db.session, cohort_id=cohort.id, now=now(), after=after)
    here = url_for("cohorts.invite", cohort=cohort.id)
    return render_template(
        "cohorts/invite.html",
        cohort=cohort,
        one=one,
        many=many,
        faults=faults,
        waiting=open_ones.rows,
        first_url=here if after else "",
        next_url=f"{here}?after={open_ones.after}" if open_ones.after else "",
    )


def _journal(action: str, cohort: int, **details: int) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("cohort", cohort),
        actor_id=identity.me().id,
        now=now(),
        details=details,
    )
