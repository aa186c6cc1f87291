"""Every fact that a certificate states, as labels and values for a page."""

from flask_babel import gettext as _

from course_engine.certificates import composing
from course_engine.certificates.facts import (
    Approval,
    CertificateFacts,
    Signatory,
    total_minutes,
)

Stated = tuple[tuple[str, str], ...]


def stated(facts: CertificateFacts, *, with_name: bool = True) -> Stated:
    """Return what is printed on a certificate, in reading order, without its code.

    Without the name, a line says that its holder keeps it from strangers.
    """
    hidden = _("Hidden here. Compare the name on the document with the person.")
    lines = [
        (_("Name"), facts.legal_name if with_name else hidden),
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
        *((_("Signed by"), _signed_by(one)) for one in (facts.signatory, facts.cosignatory) if one),
        (_("Approval"), _approval(facts.approval) if facts.approval else ""),
        *((_("Statement"), line) for line in facts.statements),
        (_("Number"), facts.serial),
    ]
    return tuple((label, value) for label, value in lines if value)


def _learning_time(facts: CertificateFacts) -> str:
    return _(
        "%(hours)s (%(minutes)s minutes)",
        hours=composing.learning_time(facts, _),
        minutes=total_minutes(facts.minutes),
    )


def _signed_by(signatory: Signatory) -> str:
    return ", ".join(part for part in (signatory.name, signatory.title) if part)


def _approval(approval: Approval) -> str:
    return _(
        "%(number)s, given by %(authority)s",
        number=approval.number,
        authority=approval.authority,
    )
