"""Whom a list of addresses invites, whom it skips, and the mails that go out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from flask_babel import gettext as _

from course_engine.errors import Missing
from course_engine.pages.cohorts.addresses import Invitee
from course_engine.records import enrollments, invitations, people
from course_engine.records.cohorts import Cohort
from course_engine.web import catalog, identity, mail
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db

LINK_LASTS = timedelta(days=14)
PATIENCE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """Who is to be invited, and who is left out: enrolled already, or invited already."""

    invitees: tuple[Invitee, ...]
    enrolled: tuple[str, ...]
    invited: tuple[str, ...]


def choose(invitees: Iterable[Invitee], cohort: Cohort) -> Chosen:
    """Leave out whom an invitation would not help (at most 2 statements for each address).

    Somebody who began the course alone is invited: accepting brings them into the cohort.
    """
    wanted, enrolled, invited = [], [], []
    waiting = _waiting(cohort)
    for invitee in invitees:
        if invitee.address in waiting:
            invited.append(invitee.address)
        elif _has_cohort(invitee, cohort):
            enrolled.append(invitee.address)
        else:
            wanted.append(invitee)
    return Chosen(invitees=tuple(wanted), enrolled=tuple(enrolled), invited=tuple(invited))


def prepare(invitee: Invitee, cohort: Cohort) -> mail.Mail:
    """Store an invitation and write its mail (3 statements); the mail goes after the commit.

    The token is in the mail alone. An older link to the same address and cohort ends.
    """
    token = identity.new_token()
    invitations.add(
        db.session,
        token_sha256=identity.digest(token),
        email=invitee.address,
        name=invitee.name,
        cohort_id=cohort.id,
        created_by=identity.me().id,
        now=now(),
        expires_at=now() + LINK_LASTS,
    )
    known = people.by_email(db.session, invitee.address) is not None
    return _mail(invitee, cohort, public("account.invitation", token=token), known=known)


def send(mails: Iterable[mail.Mail]) -> tuple[str, ...]:
    """Send mails, and return the addresses to which none could be sent.

    A mail server that fails three times in a row is asked no more: each try may take seconds.
    """
    failed: list[str] = []
    in_a_row = 0
    for one in mails:
        if in_a_row < PATIENCE and mail.send(one):
            in_a_row = 0
        else:
            in_a_row += 1
            failed.append(one.to)
    return tuple(failed)


def _waiting(cohort: Cohort) -> frozenset[str]:
    found: set[str] = set()
    after = None
    while True:
        turned = invitations.waiting(
            db.session, cohort_id=cohort.id, now=now(), after=after, size=1000
        )
        found |= {one.email for one in turned.rows}
        if (after := turned.after) is None:
            return frozenset(found)


def _has_cohort(invitee: Invitee, cohort: Cohort) -> bool:
    person = people.by_email(db.session, invitee.address)
    if person is None:
        return False
    try:
        return enrollments.current(db.session, person.id, cohort.course_slug).cohort_id is not None
    except Missing:
        return False


def _mail(invitee: Invitee, cohort: Cohort, link: str, *, known: bool) -> mail.Mail:
    site = current_app.extensions["site"]
    words = {
        "greeting": _("Hello %(name)s,", name=invitee.name) if invitee.name else _("Hello,"),
        "organization": site.organization,
        "course": catalog.course(cohort.course_slug).title,
        "site": site.name,
        "link": link,
        "contact": site.contact,
    }
    body = (
        _(
            "%(greeting)s\n\n%(organization)s invites you to the course “%(course)s”.\n\n"
            "You have an account at %(site)s. To take your place, open this link within 14 days "
            "and sign in:\n%(link)s\n\nQuestions? Write to %(contact)s.\n",
            **words,
        )
        if known
        else _(
            "%(greeting)s\n\n%(organization)s invites you to the course “%(course)s”.\n\n"
            "To make your account at %(site)s and take your place, open this link within "
            "14 days:\n%(link)s\n\nQuestions? Write to %(contact)s.\n",
            **words,
        )
    )
    subject = _("Your invitation to “%(course)s”", course=words["course"])
    return mail.Mail(kind="invitation", to=invitee.address, subject=subject, body=body)
