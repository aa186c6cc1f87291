"""The getter that is the guard: a person's own certificates and nobody else's."""

from course_engine.certificates import serials
from course_engine.errors import Missing
from course_engine.records import certificates
from course_engine.records.certificates import Certificate
from course_engine.web import identity
from course_engine.web.database import db


def own(serial: str) -> Certificate:
    """Return a certificate of the person who asks.

    :raises Missing: there is none, or it is somebody else's.
    """
    try:
        wanted = serials.parse_serial(serial)
    except serials.Mistyped:
        raise Missing from None
    return certificates.find(db.session, wanted, for_person=identity.me().id)
