"""Certificates: issued once every requirement is met, and handed out as they were printed."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from course_engine.certificates import facts as printed
from course_engine.certificates.facts import CertificateFacts
from course_engine.curriculum.course import Course
from course_engine.errors import N_, Missing, Refused
from course_engine.learning.requirements import Weighed, weigh
from course_engine.records import certificate_events, evidence, ledger, writing
from course_engine.records.certificate_events import Reason
from course_engine.records.certificate_tables import CERTIFICATE, PDF, State
from course_engine.records.columns import those_of
from course_engine.records.enrollments import Enrollment


@dataclass(frozen=True, slots=True)
class Certificate:
    """The document that says an enrollment met every requirement, and whether it is in force."""

    id: int
    serial: str
    code: str
    enrollment_id: int
    person_id: int
    course_slug: str
    cohort_id: int | None
    kind: str
    state: State
    facts: Mapping[str, Any]
    pdf_sha256: str
    issued_at: datetime


COLUMNS = those_of(Certificate, CERTIFICATE)


class RequirementsOutstanding(Refused):
    """The course is not finished; ``outstanding`` says what is left."""

    def __init__(self, outstanding: tuple[Weighed, ...]) -> None:
        self.outstanding = outstanding
        super().__init__(
            N_("There is something left to do before the certificate: %(titles)s"),
            titles="; ".join(item.title for item in outstanding),
        )


def issue(
    session: Session,
    enrollment: Enrollment,
    *,
    course: Course,
    facts: CertificateFacts,
    pdf: bytes,
    actor_id: int | None = None,
    now: datetime,
) -> Certificate:
    """Issue a certificate, asking every requirement again (9 statements).

    ``course`` is the edition of the enrollment. There is one certificate of a kind for an
    enrollment: when it is there already, in force or withdrawn, it is returned and nothing is
    issued, also when many ask at once.

    :raises RequirementsOutstanding: something is left to do.
    """
    ledger.take_turns(session)
    _insist(session, enrollment, course)
    certificate = _add(session, enrollment, facts, pdf=pdf, actor_id=actor_id, now=now)
    if certificate is not None:
        return certificate
    existing = of_enrollment(session, enrollment.id, facts.kind)
    if existing is None:
        raise Missing
    return existing


def replace(
    session: Session,
    before: Certificate,
    enrollment: Enrollment,
    *,
    course: Course,
    facts: CertificateFacts,
    pdf: bytes,
    reason: Reason,
    actor_id: int | None,
    now: datetime,
) -> Certificate:
    """Issue a certificate in place of one in force, asking every requirement again.

    The old one is superseded in the same transaction (16 statements).

    :raises RequirementsOutstanding: something is left to do, for example a grade was repaired.
    :raises NotInForce: the old one is withdrawn, or another has taken its place.
    """
    ledger.take_turns(session)
    _insist(session, enrollment, course)
    certificate_events.supersede(session, before.id, reason=reason, actor_id=actor_id, now=now)
    certificate = _add(session, enrollment, facts, pdf=pdf, actor_id=actor_id, now=now)
    if certificate is None:
        raise Missing
    return certificate


def _insist(session: Session, enrollment: Enrollment, course: Course) -> None:
    eligibility = weigh(course, evidence.collect(session, enrollment.id))
    if not eligibility.met:
        raise RequirementsOutstanding(eligibility.outstanding)


def _add(
    session: Session,
    enrollment: Enrollment,
    facts: CertificateFacts,
    *,
    pdf: bytes,
    actor_id: int | None,
    now: datetime,
) -> Certificate | None:
    """Store a certificate, unless the enrollment has one of the kind that was not superseded."""
    adding = (
        writing.insert(writing.dialect(session), CERTIFICATE)
        .values(
            serial=facts.serial,
            code=facts.code,
            enrollment_id=enrollment.id,
            person_id=enrollment.person_id,
            course_slug=enrollment.course_slug,
            cohort_id=enrollment.cohort_id,
            search_name=facts.legal_name.casefold(),
            kind=facts.kind,
            state="issued",
            facts=printed.to_document(facts),
            pdf_sha256=hashlib.sha256(pdf).hexdigest(),
            issued_at=now,
        )
        .on_conflict_do_nothing(
            index_elements=["enrollment_id", "kind"],
            index_where=CERTIFICATE.c.state != "superseded",
        )
    )
    row = session.execute(adding.returning(*COLUMNS)).one_or_none()
    if row is None:
        return None
    certificate = Certificate(*row)
    session.execute(insert(PDF).values(certificate_id=certificate.id, pdf=pdf))
    certificate_events.note(
        session, certificate.id, "issued", reason=Reason(), actor_id=actor_id, now=now
    )
    return certificate


def find(session: Session, serial: str, *, for_person: int) -> Certificate:
    """Return one of a person's own certificates (1 statement).

    :raises Missing: there is none, or it is somebody else's.
    """
    mine = select(*COLUMNS).where(CERTIFICATE.c.serial == serial)
    return _one(session, mine.where(CERTIFICATE.c.person_id == for_person))


def for_staff(session: Session, serial: str) -> Certificate:
    """Return anybody's certificate, for a page that only staff may open (1 statement).

    :raises Missing: there is none.
    """
    return _one(session, select(*COLUMNS).where(CERTIFICATE.c.serial == serial))


def for_verification(session: Session, serial: str, code: str) -> Certificate | None:
    """Return the certificate to a stranger who has serial and code (1 statement).

    An unknown serial and a wrong code look the same, and take the same time.
    """
    asked = select(*COLUMNS).where(CERTIFICATE.c.serial == serial)
    row = session.execute(asked).one_or_none()
    known = row.code if row is not None else "-" * len(code)
    matches = hmac.compare_digest(known.encode(), code.encode())
    return Certificate(*row) if row is not None and matches else None


def for_document(session: Session, pdf_sha256: str) -> Certificate | None:
    """Return the certificate whose PDF has exactly these bytes (1 statement)."""
    row = session.execute(
        select(*COLUMNS).where(CERTIFICATE.c.pdf_sha256 == pdf_sha256)
    ).one_or_none()
    return None if row is None else Certificate(*row)


def of_enrollment(session: Session, enrollment_id: int, kind: str) -> Certificate | None:
    """Return the certificate of an enrollment that was not superseded (1 statement)."""
    row = session.execute(
        select(*COLUMNS).where(
            CERTIFICATE.c.enrollment_id == enrollment_id,
            CERTIFICATE.c.kind == kind,
            CERTIFICATE.c.state != "superseded",
        )
    ).one_or_none()
    return None if row is None else Certificate(*row)


def chain(session: Session, enrollment_id: int, kind: str) -> tuple[Certificate, ...]:
    """List the certificates of an enrollment, each in the place of the one before (1 statement)."""
    row = select(*COLUMNS).where(
        CERTIFICATE.c.enrollment_id == enrollment_id, CERTIFICATE.c.kind == kind
    )
    return tuple(Certificate(*one) for one in session.execute(row.order_by(CERTIFICATE.c.id)))


def of_person(session: Session, person_id: int) -> tuple[Certificate, ...]:
    """List a person's certificates, newest first (1 statement)."""
    theirs = select(*COLUMNS).where(CERTIFICATE.c.person_id == person_id)
    rows = session.execute(theirs.order_by(CERTIFICATE.c.id.desc()))
    return tuple(Certificate(*row) for row in rows)


def pdf(session: Session, certificate_id: int) -> bytes:
    """Return the stored bytes of a certificate that was found for somebody (1 statement)."""
    stored = select(PDF.c.pdf).where(PDF.c.certificate_id == certificate_id)
    content: bytes | None = session.execute(stored).scalar_one_or_none()
    if content is None:
        raise Missing
    return content


def _one(session: Session, asked: Select[Any]) -> Certificate:
    row = session.execute(asked).one_or_none()
    if row is None:
        raise Missing
    return Certificate(*row)
