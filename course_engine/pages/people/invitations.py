"""Inviting a person with roles: a link that lasts 14 days, sent by mail and shown once."""

from datetime import timedelta

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.pages.people.forms import InviteForm, chosen
from course_engine.records import invitations, journal, people
from course_engine.records.people import Role
from course_engine.web import identity, mail
from course_engine.web.access import audience
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db

LASTS = timedelta(days=14)
# The link waits in the administrator's own signed cookie for the one page that shows it.
NEW_LINK = "new-invitation"


def add_to(pages: Blueprint) -> None:
    """Add the views of invitations."""
    for rule, view, method in (
        ("/invite", invite, "GET"),
        ("/invite", send, "POST"),
        ("/invite/<int:invitation_id>/end", end, "POST"),
    ):
        pages.add_url_rule(rule, view_func=view, methods=[method])


@audience(Role.ADMINISTRATOR)
def invite() -> ResponseReturnValue:
    """Ask whom to invite; right after sending, show the link once."""
    return _page(InviteForm(None, roles=[Role.TRAINEE.value]))


@audience(Role.ADMINISTRATOR)
def send() -> ResponseReturnValue:
    """Keep an invitation and mail its link; an older one to the same address ends."""
    form = InviteForm()
    if not form.validate_on_submit():
        return _page(form), 422
    email = people.plain_address(form.email.data or "")
    if people.by_email(db.session, email) is not None:
        form.email.errors = [_("This address has an account. Give it roles on its own page.")]
        return _page(form), 422
    token, moment = identity.new_token(), now()
    kept = invitations.add(
        db.session,
        token_sha256=identity.digest(token),
        email=email,
        name=form.name.data or "",
        roles=chosen(form),
        created_by=identity.me().id,
        now=moment,
        expires_at=moment + LASTS,
    )
    journal.write(
        db.session,
        action="invitation.sent",
        subject=("invitation", kept.id),
        actor_id=identity.me().id,
        now=moment,
        details={"roles": sorted(kept.roles)},
    )
    db.session.commit()
    link = public("account.invitation", token=token)
    # Only what is committed is mailed: a link in a mail must open something.
    went = mail.send(_mail(email, link))
    session[NEW_LINK] = {"email": email, "link": link, "went": went}
    return redirect(url_for("people.invite"), 303)


@audience(Role.ADMINISTRATOR)
def end(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""
    invitations.end(db.session, invitation_id, now=now())
    journal.write(
        db.session,
        action="invitation.taken-back",
        subject=("invitation", invitation_id),
        actor_id=identity.me().id,
        now=now(),
    )
    flash(_("The invitation is taken back. Its link opens nothing now."), "success")
    db.session.commit()
    return redirect(url_for("people.invite"), 303)


def _page(form: InviteForm) -> str:
    after = request.args.get("after") or None
    waiting = invitations.waiting(db.session, now=now(), after=after)
    return render_template(
        "people/invite.html",
        form=form,
        sent=session.pop(NEW_LINK, None),
        waiting=waiting.rows,
        first=url_for("people.invite") if after else "",
        more=url_for("people.invite", after=waiting.after) if waiting.after else "",
    )


def _mail(to: str, link: str) -> mail.Mail:
    site = current_app.extensions["site"]
    return mail.Mail(
        kind="invitation",
        to=to,
        subject=_("You are invited to %(site)s", site=site.name),
        body=_(
            "%(organization)s invites you to %(site)s.\n\n"
            "To make your account, open this link within 14 days:\n%(link)s\n\n"
            "If you did not expect this, you need not do anything.\n",
            organization=site.organization,
            site=site.name,
            link=link,
        ),
    )
