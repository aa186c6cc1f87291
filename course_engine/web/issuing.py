"""Issuing a certificate: the facts of the day, printed once, stored with the requirements asked."""

import logging
import secrets

from flask import current_app

from course_engine.certificates import printing, serials
from course_engine.certificates.design import Design
from course_engine.certificates.facts import CertificateFacts, Issuer, Signatory
from course_engine.certificates.names import printable_name
from course_engine.errors import Refused
from course_engine.learning.requirements import Eligibility, weigh
from course_engine.records import certificates, evidence, journal, people
from course_engine.records.certificates import Certificate
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.site import Site
from course_engine.web.study import Study

log = logging.getLogger(__name__)


def issued(mine: Study) -> Certificate | None:
    """Return the certificate of an enrollment, in force or withdrawn, None before it is issued."""
    return certificates.of_enrollment(db.session, mine.enrollment.id, mine.course.certificate.kind)


def issue_when_due(mine: Study) -> Certificate | None:
    """Issue the certificate the moment the last requirement is met; called after each step.

    What the person did is stored already. When the certificate cannot be printed now, that is
    logged, and "What is left" offers it again.
    """
    if not _eligibility(mine).met:
        db.session.rollback()
        return None
    try:
        return issue(mine)
    except (RuntimeError, OSError, Refused):
        db.session.rollback()
        log.exception("a certificate could not be issued")
        return None


def issue(mine: Study) -> Certificate:
    """Issue the certificate of an enrollment, or return the one that was issued before.

    Printing takes half a second, so it happens before the transaction; inside it the requirements
    are asked again by the one function that issues.

    :raises RequirementsOutstanding: something is left to do.
    :raises NotPrintable: the legal name cannot be printed.
    """
    before = issued(mine)
    if before is not None:
        return before
    eligibility = _eligibility(mine)
    if eligibility.met_at is None:
        raise certificates.RequirementsOutstanding(eligibility.outstanding)
    facts = _facts(mine, eligibility)
    db.session.rollback()
    pdf = printing.print_certificate(facts, design(_site()))
    certificate = certificates.issue(
        db.session, mine.enrollment, course=mine.course, facts=facts, pdf=pdf, now=now()
    )
    if certificate.serial == facts.serial:
        journal.write(
            db.session,
            action="certificate.issued",
            subject=("certificate", certificate.serial),
            actor_id=None,
            now=now(),
        )
    db.session.commit()
    return certificate


def design(site: Site) -> Design:
    """Return how this site's certificates look."""
    return Design(page_size=site.paper)


def _eligibility(mine: Study) -> Eligibility:
    return weigh(mine.course, evidence.collect(db.session, mine.enrollment.id))


def _facts(mine: Study, eligibility: Eligibility) -> CertificateFacts:
    """Freeze every word that will be printed, as it is true today."""
    site, course = _site(), mine.course
    person = people.find(db.session, mine.enrollment.person_id)
    serial = serials.new_serial(secrets.token_bytes(serials.SERIAL_BYTES))
    code = serials.new_code(secrets.token_bytes(serials.CODE_BYTES))
    completed = eligibility.met_at or now()
    return CertificateFacts(
        serial=serial,
        code=code,
        legal_name=printable_name(person.legal_name),
        course_title=course.title,
        course_slug=course.slug,
        edition=mine.enrollment.edition_digest[:12],
        language=course.language,
        kind=course.certificate.kind,
        minutes=(("self-paced", course.minutes),),
        started_on=mine.enrollment.started_at.astimezone(site.zone).date(),
        completed_on=completed.astimezone(site.zone).date(),
        issued_on=now().astimezone(site.zone).date(),
        time_zone=site.time_zone,
        issuer=Issuer(
            name=site.organization, place=site.place, web=str(site.website or "").rstrip("/")
        ),
        signatory=Signatory(name=site.signatory.name, title=site.signatory.title),
        verify_url=public("verification.show", serial=serial, code=code),
        verify_address=public("verification.ask"),
    )


def _site() -> Site:
    site: Site = current_app.extensions["site"]
    return site
