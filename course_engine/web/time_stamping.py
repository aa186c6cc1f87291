"""Having signatures time-stamped by the authority that the site was told of."""

import logging
import time
from urllib.request import Request, urlopen

from flask import current_app

from course_engine.certificates import time_stamps
from course_engine.certificates.time_stamps import AskTimeStamp, NoTimeStamp
from course_engine.settings import Settings

PATIENCE = 4.0  # Seconds for one answer: somebody waits for the page meanwhile.
PAUSES = (0.0, 0.5)  # Seconds before each try.
LARGEST_REPLY = 64 * 1024

log = logging.getLogger(__name__)


def stamper() -> AskTimeStamp | None:
    """Return what asks the time-stamp authority, None where no address is set.

    An authority that does not answer must not keep a certificate from anybody: after two tries it
    gives None, with a warning in the log, and the signature goes without a time stamp.
    """
    settings: Settings = current_app.extensions["settings"]
    address = settings.timestamp_url
    return (lambda signature: _stamped(signature, address)) if address else None


def _stamped(signature: bytes, address: str) -> bytes | None:
    why = ""
    for pause in PAUSES:
        time.sleep(pause)
        try:
            return time_stamps.ask(signature, lambda query: _post(address, query))
        except NoTimeStamp as error:
            why = str(error)
    log.warning("a certificate was signed without a time stamp", extra={"why": why})
    return None


def _post(address: str, query: bytes) -> bytes:
    asked = Request(  # noqa: S310 - the settings allow http and https alone
        address,
        data=query,
        headers={
            "Content-Type": "application/timestamp-query",
            "Accept": "application/timestamp-reply",
        },
    )
    with urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310 - as above
        reply: bytes = answer.read(LARGEST_REPLY)
    return reply
