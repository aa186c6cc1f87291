"""Freezing the facts of a certificate: every word that will be printed, as it is true today."""

import dataclasses
import secrets
from datetime import datetime

from flask import current_app

from course_engine.certificates import serials
from course_engine.certificates.facts import CertificateFacts, from_document
from course_engine.certificates.names import printable_name
from course_engine.curriculum.course import Course
from course_engine.learning.requirements import weigh
from course_engine.records import certificates, evidence, people
from course_engine.records.certificates import Certificate
from course_engine.records.enrollments import Enrollment
from course_engine.web import approving
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.site import Site, signed


def facts(
    enrollment: Enrollment, course: Course, before: Certificate | None = None
) -> CertificateFacts:
    """Freeze every word that would be printed today, with a serial and code of its own.

    What replaces another certificate keeps what that one says of the learning, with its days.

    :raises RequirementsOutstanding: something is left to do.
    :raises ApprovalLacking: a credential, and no approval was in force on the day of completion.
    """
    eligibility = weigh(course, evidence.collect(db.session, enrollment.id))
    if eligibility.met_at is None:
        raise certificates.RequirementsOutstanding(eligibility.outstanding)
    today = _today(enrollment, course, eligibility.met_at)
    if before is None:
        return today
    printed = from_document(before.facts)
    return dataclasses.replace(today, **{name: getattr(printed, name) for name in _STAYS})


_STAYS = (
    "course_title",
    "course_slug",
    "edition",
    "language",
    "kind",
    "minutes",
    "started_on",
    "completed_on",
    "approval",
    "statements",
)


def _today(enrollment: Enrollment, course: Course, completed: datetime) -> CertificateFacts:
    site: Site = current_app.extensions["site"]
    person = people.find(db.session, enrollment.person_id)
    serial = serials.new_serial(secrets.token_bytes(serials.SERIAL_BYTES))
    code = serials.new_code(secrets.token_bytes(serials.CODE_BYTES))
    completed_on = completed.astimezone(site.zone).date()
    return CertificateFacts(
        serial=serial,
        code=code,
        legal_name=printable_name(person.legal_name),
        course_title=course.title,
        course_slug=course.slug,
        edition=enrollment.edition_digest[:12],
        language=course.language,
        kind=course.certificate.kind,
        minutes=(("self-paced", course.minutes),),
        started_on=enrollment.started_at.astimezone(site.zone).date(),
        completed_on=completed_on,
        issued_on=now().astimezone(site.zone).date(),
        time_zone=site.time_zone,
        **signed(site),
        approval=approving.approval(enrollment, course, completed_on),
        verify_url=public("verification.show", serial=serial, code=code),
        verify_address=public("verification.ask"),
    )
