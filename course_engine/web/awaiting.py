"""Issuing to those who finished before their course's approval was recorded."""

import logging

from course_engine.errors import Refused
from course_engine.records import approvals, enrollments, sendings
from course_engine.web import issuing
from course_engine.web.clock import now
from course_engine.web.database import db

log = logging.getLogger(__name__)

_AT_ONCE = 5


def issue_waiting() -> bool:
    """Issue credentials that an approval has made possible; say whether there may be more to do.

    A task of the clerk. Those for whom no approval fits yet go on waiting. Each is tried once an
    hour, since every try takes a place in the status lists.
    """
    recorded = {one.course_slug for one in approvals.listed(db.session)}
    waiting = [each for each, slug in approvals.waiting(db.session) if slug in recorded]
    db.session.rollback()
    done = 0
    for each in waiting:
        if not sendings.claim(db.session, "credential that waits", str(each), now=now()):
            continue
        db.session.commit()
        try:
            issuing.put(issuing.ready(enrollments.for_staff(db.session, each)))
            db.session.commit()
            done += 1
        except Refused:
            db.session.rollback()
        except (RuntimeError, OSError):
            db.session.rollback()
            log.exception("a credential could not be issued")
        if done == _AT_ONCE:
            return True
    return False
