"""Who accepts a certificate today, by the rules of the site file."""

from flask import current_app

from course_engine.certificates import facts as printed
from course_engine.certificates import validity
from course_engine.certificates.validity import Acceptance
from course_engine.records.certificates import Certificate
from course_engine.web.renewing import today
from course_engine.web.site import Site


def accepted(certificate: Certificate) -> tuple[Acceptance, ...]:
    """Work out who accepts a certificate; nobody accepts what is not in force."""
    if certificate.state != "issued":
        return ()
    site: Site = current_app.extensions["site"]
    facts = printed.from_document(certificate.facts)
    return validity.acceptances(facts, site.accepted_by, today())
