"""What the holder of a certificate lets strangers see on its page."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from course_engine.records import writing
from course_engine.records.certificate_tables import CERTIFICATE
from course_engine.records.status_tables import SHARING


def shows_name(session: Session, certificate_id: int) -> bool:
    """Say whether its holder chose that strangers see the name (1 statement)."""
    asked = select(SHARING.c.shows_name).where(SHARING.c.certificate_id == certificate_id)
    return bool(session.execute(asked).scalar_one_or_none())


def strangers_see_name(session: Session, certificate_id: int) -> bool:
    """Say whether strangers are told the name (1 statement).

    Nothing that is said of a replaced certificate gives an earlier name away.
    """
    asked = (
        select(SHARING.c.shows_name)
        .join_from(SHARING, CERTIFICATE, SHARING.c.certificate_id == CERTIFICATE.c.id)
        .where(CERTIFICATE.c.id == certificate_id, CERTIFICATE.c.state != "superseded")
    )
    return bool(session.execute(asked).scalar_one_or_none())


def choose(session: Session, certificate_id: int, *, shows_name: bool, now: datetime) -> None:
    """Store what the holder chose (1 statement); the caller found the certificate for them."""
    values = {"certificate_id": certificate_id, "shows_name": shows_name, "changed_at": now}
    adding = writing.insert(writing.dialect(session), SHARING).values(values)
    session.execute(
        adding.on_conflict_do_update(
            index_elements=["certificate_id"],
            set_={"shows_name": shows_name, "changed_at": now},
        )
    )
