"""Issuing a certificate: the facts of the day, printed once, stored with the requirements asked."""

import logging
import secrets
from dataclasses import dataclass

from course_engine.certificates.facts import CertificateFacts
from course_engine.curriculum.course import Course
from course_engine.errors import Missing, Refused
from course_engine.learning.requirements import Eligibility, weigh
from course_engine.records import certificates, evidence, journal, status_places
from course_engine.records.certificate_events import NotInForce, Reason
from course_engine.records.certificates import Certificate
from course_engine.records.enrollments import Enrollment
from course_engine.web import approving, catalog, freezing, making
from course_engine.web.approving import ApprovalLacking
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.study import Study

log = logging.getLogger(__name__)


NO_REASON = Reason()


def issued(enrollment_id: int, course: Course) -> Certificate | None:
    """Return the certificate of an enrollment, in force or withdrawn, None before it is issued."""
    return certificates.of_enrollment(db.session, enrollment_id, course.certificate.kind)


def issue_where_due(enrollment: Enrollment) -> None:
    """Issue the certificate of an enrollment still in force, if nothing is left to do.

    For whoever completes something on behalf of somebody else; see ``issue_when_due``.
    """
    if enrollment.withdrawn_at is None:
        course = catalog.edition(enrollment.edition_digest)
        issue_when_due(Study(enrollment=enrollment, course=course, done=frozenset()))


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

    Printing takes a while, so it happens before the transaction; inside it the requirements are
    asked again by the one function that issues.

    :raises RequirementsOutstanding: something is left to do.
    :raises NotPrintable: the legal name cannot be printed.
    """
    before = issued(mine.enrollment.id, mine.course)
    if before is not None:
        return before
    certificate = put(ready(mine.enrollment))
    db.session.commit()
    return certificate


def replace(enrollment: Enrollment, reason: Reason, *, actor_id: int | None = None) -> Certificate:
    """Issue a new certificate in the place of the one in force: another name, design, key or grade.

    The new one has the name and the issuer of today, and a serial of its own. What was learned,
    and when, stays as it was printed.

    :raises Missing: the enrollment has no certificate.
    :raises NotInForce: it was withdrawn.
    :raises RequirementsOutstanding: a requirement is not met any more.
    :raises NotPrintable: the legal name cannot be printed.
    """
    certificate = put(ready(enrollment, again=True), reason=reason, actor_id=actor_id)
    db.session.commit()
    return certificate


@dataclass(frozen=True, kw_only=True, slots=True)
class Ready:
    """A certificate that is printed and not issued yet; ``before`` is the one it will replace.

    ``way`` is how it was printed: "stamped" or "plain".
    """

    enrollment: Enrollment
    course: Course
    facts: CertificateFacts
    pdf: bytes
    way: str
    before: Certificate | None


def ready(enrollment: Enrollment, *, again: bool = False) -> Ready:
    """Print a certificate, with no transaction open while that takes its time.

    ``again`` prints what will replace the one in force.

    :raises Missing, NotInForce: there is nothing that could be replaced.
    :raises RequirementsOutstanding: something is left to do.
    :raises ApprovalLacking: a credential whose approval nobody has recorded.
    """
    course = catalog.edition(enrollment.edition_digest)
    before = in_force(enrollment, course) if again else None
    try:
        facts = freezing.facts(enrollment, course, before)
    except ApprovalLacking:
        approving.tell(enrollment, course)
        raise
    db.session.rollback()
    status_index = status_places.reserve(
        db.session, facts.serial, draw=secrets.randbelow, now=now()
    )
    db.session.commit()
    made = making.make(facts, status_index=status_index)
    return Ready(
        enrollment=enrollment,
        course=course,
        facts=facts,
        pdf=made.pdf,
        way=made.way,
        before=before,
    )


def put(done: Ready, *, reason: Reason = NO_REASON, actor_id: int | None = None) -> Certificate:
    """Issue what is printed; the caller commits. The requirements are asked once more.

    Whoever came second gets the certificate that was issued before.
    """
    if done.before is not None:
        certificate = certificates.replace(
            db.session,
            done.before,
            done.enrollment,
            course=done.course,
            facts=done.facts,
            pdf=done.pdf,
            reason=reason,
            actor_id=actor_id,
            now=now(),
        )
        _journal("certificate.replaced", done.before, actor_id, by=certificate.serial)
        return certificate
    certificate = certificates.issue(
        db.session,
        done.enrollment,
        course=done.course,
        facts=done.facts,
        pdf=done.pdf,
        actor_id=actor_id,
        now=now(),
    )
    if certificate.serial == done.facts.serial:
        _journal("certificate.issued", certificate, actor_id)
    return certificate


def in_force(enrollment: Enrollment, course: Course) -> Certificate:
    """Return the certificate of an enrollment that could be replaced.

    :raises Missing: there is none.
    :raises NotInForce: it was withdrawn.
    """
    before = issued(enrollment.id, course)
    if before is None:
        raise Missing
    if before.state != "issued":
        raise NotInForce
    return before


def _eligibility(mine: Study) -> Eligibility:
    return weigh(mine.course, evidence.collect(db.session, mine.enrollment.id))


def _journal(action: str, certificate: Certificate, actor_id: int | None, **details: str) -> None:
    journal.write(
        db.session,
        action=action,
        subject=("certificate", certificate.serial),
        actor_id=actor_id,
        now=now(),
        details=details,
    )
