"""Credentials and the approvals they need: nobody gets one without, and nobody is forgotten."""

from datetime import date

from flask_babel import gettext as _

from course_engine.certificates.facts import Approval, CredentialLocked
from course_engine.curriculum.course import Course
from course_engine.errors import N_
from course_engine.records import approvals, journal, people
from course_engine.records.enrollments import Enrollment
from course_engine.records.people import Role
from course_engine.web import mail
from course_engine.web.addresses import public
from course_engine.web.clock import now
from course_engine.web.database import db


class ApprovalLacking(CredentialLocked):
    """The course is finished, and no approval was in force for it on that day."""

    explanation = N_(
        "Everything in this course is done. It gives a credential, and no approval is recorded "
        "here that was in force on %(day)s for this edition and language of the course. The "
        "coordinators have been told. The credential is issued as soon as the approval is "
        "recorded; nothing is lost."
    )


def approval(enrollment: Enrollment, course: Course, completed_on: date) -> Approval | None:
    """Return what a credential names; None for a certificate that needs no approval.

    :raises ApprovalLacking: nobody recorded that the course was approved on that day.
    """
    if course.certificate.kind != "credential":
        return None
    found = approvals.in_force(
        db.session,
        course_slug=enrollment.course_slug,
        edition=enrollment.edition_digest,
        language=course.language,
        day=completed_on,
    )
    if found is None:
        raise ApprovalLacking(ApprovalLacking.explanation, day=completed_on.isoformat())
    return Approval(authority=found.authority, number=found.number)


def tell(enrollment: Enrollment, course: Course) -> None:
    """Note once that somebody waits for an approval, and tell the coordinators by mail.

    Begins a transaction and ends it; the mails go after that.
    """
    db.session.rollback()
    if not approvals.wait(db.session, enrollment.id, now=now()):
        db.session.rollback()
        return
    journal.write(
        db.session,
        action="approval.lacking",
        subject=("enrollment", enrollment.id),
        actor_id=None,
        now=now(),
        details={"course": enrollment.course_slug, "edition": enrollment.edition_digest[:12]},
    )
    db.session.commit()
    told = people.page(db.session, role=Role.COORDINATOR).rows
    db.session.rollback()
    for coordinator in told:
        if coordinator.closed_at is None:
            mail.send(_letter(coordinator, course))


def _letter(coordinator: people.Person, course: Course) -> mail.Mail:
    return mail.Mail(
        kind="approval-lacking",
        to=coordinator.email,
        subject=_("An approval is missing: %(course)s", course=course.title),
        body=_(
            "Hello %(name)s,\n\n"
            "somebody has finished “%(course)s”. This course gives a credential, and no approval "
            "is recorded that was in force on the day they finished. So nothing was issued.\n\n"
            "Please ask an administrator to record the approval at %(address)s, or talk with the "
            "person. Their work is kept. The credential is issued once the approval is recorded.",
            name=coordinator.used_name,
            course=course.title,
            address=public("approvals.index"),
        ),
    )
