"""What the site sends by itself, each thing once: written down before it goes.

Whoever is killed between claiming and sending leaves a claim without an end. It is taken up again
after an hour, because two equal mails are a smaller harm than none.
"""

from datetime import datetime, timedelta

from sqlalchemy import Table, Text, UniqueConstraint, update
from sqlalchemy.orm import Session

from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, optional, required

AGAIN_AFTER = timedelta(hours=1)

SENDING = Table(
    "sending",
    metadata,
    required("id", Number, primary_key=True),
    required("kind", Text),
    required("subject", Text),
    required("claimed_at", Instant),
    optional("sent_at", Instant),
    UniqueConstraint("kind", "subject"),
)


def claim(session: Session, kind: str, subject: str, *, now: datetime) -> bool:
    """Say whether this is to be sent now; the caller commits, sends, and calls ``sent``.

    It is not when it was sent, or claimed within the last hour (1 statement).
    """
    adding = (
        writing.insert(writing.dialect(session), SENDING)
        .values(kind=kind, subject=subject, claimed_at=now)
        .on_conflict_do_update(
            index_elements=["kind", "subject"],
            set_={"claimed_at": now},
            where=SENDING.c.sent_at.is_(None) & (SENDING.c.claimed_at <= now - AGAIN_AFTER),
        )
        .returning(SENDING.c.id)
    )
    return session.execute(adding).one_or_none() is not None


def sent(session: Session, kind: str, subject: str, *, now: datetime) -> None:
    """Note that a claimed sending went (1 statement)."""
    mine = (SENDING.c.kind == kind) & (SENDING.c.subject == subject)
    session.execute(update(SENDING).where(mine).values(sent_at=now))
