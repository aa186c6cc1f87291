"""Bulk jobs, as the clerk does them: a line at a time, each stored with what came of it."""

import logging
import time

from flask_babel import gettext as _

from course_engine.errors import Missing, Refused
from course_engine.records import bulk, enrollments, journal
from course_engine.records.bulk import Job, Line, Outcome
from course_engine.records.certificate_events import NotInForce, Reason
from course_engine.records.certificates import Certificate, RequirementsOutstanding
from course_engine.records.engine import TROUBLE
from course_engine.records.enrollments import Enrollment
from course_engine.web import catalog, issuing
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.errors import explained

log = logging.getLogger(__name__)

A_STEP = 3.0
_AT_A_TIME = 50


def work() -> bool:
    """Do a few seconds of the job that was asked for first; say whether there was one.

    A certificate and the line that tells of it are stored in one transaction. Whoever is killed in
    between has stored neither, and the line is done again.
    """
    job = bulk.waiting(db.session)
    lines = bulk.lines_to_do(db.session, job.id, most=_AT_A_TIME) if job else ()
    if job is None:
        db.session.rollback()
        return False
    if not lines:
        finish(job, actor_id=None)
        db.session.commit()
        return True
    db.session.rollback()
    until = time.monotonic() + A_STEP
    for line in lines:
        _do(job, line)
        if time.monotonic() > until:
            break
    return True


def finish(job: Job, *, actor_id: int | None) -> None:
    """End a job and journal what came of it; the caller commits."""
    if bulk.finish(db.session, job.id, now=now()):
        counted = bulk.counts(db.session, job.id)
        journal.write(
            db.session,
            action="bulk.finished",
            subject=("bulk job", job.id),
            actor_id=actor_id,
            now=now(),
            details={outcome or "not done": number for outcome, number in counted.items()},
        )


def _do(job: Job, line: Line) -> None:
    try:
        _certify(job, line)
    except RequirementsOutstanding as left:
        db.session.rollback()
        _note(line, "unfinished", *(item.title for item in left.outstanding))
    except Refused as error:
        db.session.rollback()
        _note(line, "unprintable", explained(error))
    except TROUBLE:
        # The line is not done: the clerk comes back to it when the database can write again.
        raise
    except Exception:
        # Whatever is wrong with one line must not keep all others from being done.
        db.session.rollback()
        log.exception("a certificate of a bulk job could not be made", extra={"job": job.id})
        _note(line, "failed", _("It could not be printed now. The log says why."))
    db.session.commit()


def _certify(job: Job, line: Line) -> None:
    enrollment = enrollments.for_staff(db.session, line.enrollment_id)
    again = job.kind == "reissue"
    before = _there(enrollment)
    if before is not None and not (again and _is_the_one(before, line)):
        _note(line, "present", certificate=before)
    elif enrollment.withdrawn_at is not None and not again:
        _note(line, "unfinished", _("They left the course."))
    else:
        try:
            done = issuing.ready(enrollment, again=again)
            made = issuing.put(done, reason=Reason(**job.reason), actor_id=job.asked_by)
        except (NotInForce, Missing):
            # Somebody withdrew or replaced it while this one was printed.
            db.session.rollback()
            _note(line, "present", certificate=_there(enrollment))
            return
        mine = made.serial == done.facts.serial
        plain = (bulk.PLAIN,) if mine and done.way == bulk.PLAIN else ()
        _note(line, "issued" if mine else "present", *plain, certificate=made)


def _there(enrollment: Enrollment) -> Certificate | None:
    return issuing.issued(enrollment.id, catalog.edition(enrollment.edition_digest))


def _is_the_one(before: Certificate, line: Line) -> bool:
    return before.id == line.certificate_id and before.state == "issued"


def _note(
    line: Line, outcome: Outcome, *detail: str, certificate: Certificate | None = None
) -> None:
    certificate_id = certificate.id if certificate else None
    bulk.done(db.session, line.id, outcome, certificate_id=certificate_id, detail=detail)
