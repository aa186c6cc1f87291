"""Throttling: how often something may be tried before a pause is needed."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from flask import request
from flask_babel import ngettext

from course_engine.errors import Refused
from course_engine.records import throttles
from course_engine.web.clock import now
from course_engine.web.database import db, write_now


class TooManyTries(Refused):
    """Something was tried too often; it may be tried again after a pause."""

    def __init__(self, pause: timedelta) -> None:
        self.pause = pause
        minutes = int(pause.total_seconds() // 60)
        super().__init__(
            ngettext(
                "This was tried many times. Please wait %(num)s minute.",
                "This was tried many times. Please wait %(num)s minutes.",
                minutes,
            )
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """At most ``most`` failures of one kind within ``within``, for one key."""

    kind: str
    most: int
    within: timedelta


SIGN_IN_ACCOUNT = Limit(kind="sign-in-account", most=6, within=timedelta(minutes=15))
SIGN_IN_ADDRESS = Limit(kind="sign-in-address", most=40, within=timedelta(minutes=15))
RESET_ADDRESS = Limit(kind="reset-address", most=10, within=timedelta(minutes=60))
RESET_ACCOUNT = Limit(kind="reset-account", most=3, within=timedelta(minutes=60))
LINK_ADDRESS = Limit(kind="link-address", most=30, within=timedelta(minutes=15))
VERIFY_ADDRESS = Limit(kind="verify-address", most=20, within=timedelta(minutes=15))


def check(limit: Limit, key: str) -> None:
    """Let pass whoever is within the limit.

    :raises TooManyTries: the limit is reached.
    """
    since = now() - limit.within
    if throttles.count_since(db.session, limit.kind, _digest(key), since=since) >= limit.most:
        raise TooManyTries(limit.within)


def strike(limit: Limit, key: str) -> None:
    """Count one failure in a transaction of its own, and forget those that no longer matter."""
    write_now()
    moment = now()
    throttles.forget_before(db.session, moment - timedelta(days=1))
    throttles.add(db.session, limit.kind, _digest(key), now=moment)
    db.session.commit()


def clear(limit: Limit, key: str) -> None:
    """Forget the failures of a key that has now succeeded."""
    throttles.clear(db.session, limit.kind, _digest(key))


def address() -> str:
    """Return the network address of whoever asks; only its digest is ever stored."""
    return request.remote_addr or "unknown"


def _digest(key: str) -> str:
    return hashlib.sha256(key.strip().lower().encode()).hexdigest()
