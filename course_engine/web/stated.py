"""Every fact that a certificate states, as labels and values for a page."""

from flask_babel import gettext as _

from course_engine.certificates import composing
from course_engine.certificates.facts import CertificateFacts, hours, total_minutes

Stated = tuple[tuple[str, str], ...]


def stated(facts: CertificateFacts) -> Stated:
    """Return what is printed on a certificate, in reading order, without its code."""
    signed = facts.signatory
    lines = [
        (_("Name"), facts.legal_name),
        (_("Course"), facts.course_title),
        (_("Edition"), facts.edition),
        (_("Learning time"), _learning_time(facts)),
        (_("Began"), composing.written(facts.started_on, facts.language)),
        (_("Completed"), composing.written(facts.completed_on, facts.language)),
        (_("Issued"), composing.written(facts.issued_on, facts.language)),
        (
            _("Issued by"),
            ", ".join(part for part in (facts.issuer.name, facts.issuer.place) if part),
        ),
        (_("Website"), facts.issuer.web),
        (
            _("Signed by"),
            ", ".join(part for part in (signed.name, signed.title) if part) if signed else "",
        ),
        *((_("Statement"), line) for line in facts.statements),
        (_("Number"), facts.serial),
    ]
    return tuple((label, value) for label, value in lines if value)


def _learning_time(facts: CertificateFacts) -> str:
    total = total_minutes(facts.minutes)
    return _("%(hours)s hours (%(minutes)s minutes), self-paced", hours=hours(total), minutes=total)
