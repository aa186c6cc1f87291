"""The daily head of the ledger: a short text that goes where nobody here can change it."""

from flask import current_app
from flask_babel import gettext as _

from course_engine.certificates import ledger as chain
from course_engine.records import ledger, sendings
from course_engine.web import mail
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.mail import Mail
from course_engine.web.site import Site

KIND = "ledger-head"


def head_text() -> str | None:
    """Write the head as it is now, None before the first entry (1 statement)."""
    head = ledger.head(db.session, now=now())
    site: Site = current_app.extensions["site"]
    return None if head is None else chain.written_head(head, site=site.name)


def mail_head() -> None:
    """Mail the head of the ledger once a day to the address that the site file names for it."""
    site: Site = current_app.extensions["site"]
    if not site.ledger_to:
        return
    day = now().astimezone(site.zone).date()
    text = head_text()
    claimed = text is not None and sendings.claim(db.session, KIND, f"{day}", now=now())
    db.session.commit()
    if text is None or not claimed:
        return
    body = _(
        "%(head)s\nKeep this mail where the people who run the site cannot change it. With it, "
        '"course-engine ledger check --against FILE" finds every certificate that was altered '
        "or backdated.",
        head=text,
    )
    subject = _("Ledger of certificates, %(day)s", day=day.isoformat())
    if mail.send(Mail(kind=KIND, to=site.ledger_to, subject=subject, body=body)):
        sendings.sent(db.session, KIND, f"{day}", now=now())
        db.session.commit()
