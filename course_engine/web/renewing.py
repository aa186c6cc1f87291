"""Renewals: what a course says of them today, and the one mail that reminds of each."""

from dataclasses import dataclass, field
from datetime import date

from flask import current_app
from flask_babel import format_date
from flask_babel import gettext as _

from course_engine.certificates import facts as printed
from course_engine.certificates.renewals import Renewal, renewal
from course_engine.curriculum.course import RenewalRule
from course_engine.errors import Missing
from course_engine.records import certificates, issued, people, sendings
from course_engine.records.certificates import Certificate
from course_engine.records.issued import Filters
from course_engine.web import catalog, mail
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.mail import Mail
from course_engine.web.site import Site

KIND = "renewal"
_AT_A_TIME = 200


def of(certificate: Certificate) -> Renewal | None:
    """Return the renewal of a certificate in force, by the rule of the course as it is today."""
    if certificate.state != "issued":
        return None
    try:
        rule = catalog.course(certificate.course_slug).certificate.renewal
    except Missing:
        return None
    return None if rule is None else _by(rule, certificate)


def today() -> date:
    """Return the day that it is for the site."""
    site: Site = current_app.extensions["site"]
    return now().astimezone(site.zone).date()


@dataclass(slots=True)
class Round:
    """The clerk's way through the certificates in force of courses that ask for renewal.

    How far it is stays in this process alone: who begins again finds what was sent written down.
    """

    waiting: list[tuple[str, str | None]] = field(default_factory=list)

    def go_on(self) -> bool:
        """Look at the next few certificates; say whether there are more in this round."""
        if not self.waiting:
            self.waiting = [
                (course.slug, None) for course in catalog.courses() if course.certificate.renewal
            ]
        if not self.waiting:
            db.session.rollback()
            return False
        slug, after = self.waiting.pop()
        wanted = Filters(course=slug, state="issued")
        found = issued.page(db.session, wanted, after=after, size=_AT_A_TIME, oldest_first=True)
        if found.after:
            self.waiting.append((slug, found.after))
        rule = catalog.course(slug).certificate.renewal
        db.session.rollback()
        for certificate in found.rows:
            if rule is not None and _by(rule, certificate).is_near(today()):
                _remind(certificate, _by(rule, certificate))
        return bool(self.waiting)


remind = Round().go_on


def _by(rule: RenewalRule, certificate: Certificate) -> Renewal:
    return renewal(
        printed.from_document(certificate.facts).completed_on,
        after_months=rule.after_months,
        remind_days=rule.remind_days,
        needs=tuple(_title(need) for need in rule.needs),
    )


def _title(need: str) -> str:
    try:
        return catalog.course(need).title
    except Missing:
        return need


def _remind(certificate: Certificate, due: Renewal) -> None:
    """Send the one reminder of a renewal, unless it was sent or is not needed any more.

    It is written down before it goes. A new number or name is no new renewal, so it is known by
    the enrollment and the day.
    """
    subject = f"{certificate.enrollment_id} {due.due_on}"
    person = people.find(db.session, certificate.person_id)
    if person.closed_at is not None or _has_newer(certificate):
        db.session.rollback()
        return
    claimed = sendings.claim(db.session, KIND, subject, now=now())
    db.session.commit()
    if claimed and mail.send(_mail(person.email, person.used_name, certificate, due)):
        sendings.sent(db.session, KIND, subject, now=now())
        db.session.commit()


def _has_newer(certificate: Certificate) -> bool:
    mine = certificates.of_person(db.session, certificate.person_id)
    return any(
        one.course_slug == certificate.course_slug
        and one.state == "issued"
        and _completed(one) > _completed(certificate)
        for one in mine
    )


def _completed(certificate: Certificate) -> date:
    return printed.from_document(certificate.facts).completed_on


def _mail(to: str, name: str, certificate: Certificate, due: Renewal) -> Mail:
    facts = printed.from_document(certificate.facts)
    needs = "".join(f"- {need}\n" for need in due.needs)
    body = _(
        "Hello %(name)s,\n\nyour certificate for “%(course)s” should be renewed by %(day)s.\n",
        name=name,
        course=facts.course_title,
        day=format_date(due.due_on, "long"),
    )
    if needs:
        body += _("This is needed for it:\n%(needs)s", needs=needs)
    body += _(
        "\nYour certificates: %(address)s\n\n%(organization)s\n",
        address=public("certificates.mine"),
        organization=facts.issuer.name,
    )
    title = _("Renew your certificate: %(course)s", course=facts.course_title)
    return Mail(kind=KIND, to=to, subject=title, body=body)
