"""What happens to a certificate after it was printed: withdrawn, and put in force again."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from course_engine.errors import N_, Refused
from course_engine.records import ledger, writing
from course_engine.records.certificate_tables import CERTIFICATE, EVENT, EventKind, State
from course_engine.records.people import PERSON


@dataclass(frozen=True, slots=True)
class CertificateEvent:
    """What happened to a certificate: issued, superseded, withdrawn or restored."""

    kind: EventKind
    at: datetime
    actor_id: int | None
    actor_name: str | None
    reason_class: str
    public_note: str
    private_note: str


class NotInForce(Refused):
    """Only a certificate that is in force can be withdrawn or replaced."""

    explanation = N_(
        "This certificate is not in force, so it cannot be withdrawn and cannot be replaced."
    )


class NotWithdrawn(Refused):
    """Only a certificate that was withdrawn can be restored."""

    explanation = N_("This certificate is not withdrawn, so there is nothing to restore.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a certificate was withdrawn or restored; strangers see only the public note."""

    reason_class: str = ""
    public_note: str = ""
    private_note: str = ""

    def as_document(self) -> dict[str, str]:
        """Return the reason as plain values; ``Reason(**document)`` reads it."""
        return asdict(self)


def of_certificate(session: Session, certificate_id: int) -> tuple[CertificateEvent, ...]:
    """List what happened to a certificate, in order (1 statement)."""
    happened = (
        select(EVENT, PERSON.c.used_name)
        .join_from(EVENT, PERSON, EVENT.c.actor_id == PERSON.c.id, isouter=True)
        .where(EVENT.c.certificate_id == certificate_id)
        .order_by(EVENT.c.id)
    )
    return tuple(
        CertificateEvent(
            kind=row.kind,
            at=row.at,
            actor_id=row.actor_id,
            actor_name=row.used_name,
            reason_class=row.reason_class,
            public_note=row.public_note,
            private_note=row.private_note,
        )
        for row in session.execute(happened)
    )


def withdraw(
    session: Session, certificate_id: int, *, reason: Reason, actor_id: int, now: datetime
) -> None:
    """Put a certificate out of force (7 statements).

    :raises NotInForce: it is withdrawn or superseded already.
    """
    ledger.take_turns(session)
    if not _move(session, certificate_id, "issued", "withdrawn"):
        raise NotInForce
    note(session, certificate_id, "withdrawn", reason=reason, actor_id=actor_id, now=now)


def restore(
    session: Session, certificate_id: int, *, reason: Reason, actor_id: int, now: datetime
) -> None:
    """Put a withdrawn certificate in force again (7 statements).

    :raises NotWithdrawn: it is not withdrawn.
    """
    ledger.take_turns(session)
    if not _move(session, certificate_id, "withdrawn", "issued"):
        raise NotWithdrawn
    note(session, certificate_id, "restored", reason=reason, actor_id=actor_id, now=now)


def supersede(
    session: Session, certificate_id: int, *, reason: Reason, actor_id: int | None, now: datetime
) -> None:
    """Put a certificate out of force for ever, because a new one takes its place (7 statements).

    :raises NotInForce: it is withdrawn or superseded already.
    """
    ledger.take_turns(session)
    if not _move(session, certificate_id, "issued", "superseded"):
        raise NotInForce
    note(session, certificate_id, "superseded", reason=reason, actor_id=actor_id, now=now)


def note(
    session: Session,
    certificate_id: int,
    kind: EventKind,
    *,
    reason: Reason,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Add an event to a certificate's history, and to the ledger (5 statements)."""
    adding = (
        insert(EVENT)
        .values(
            certificate_id=certificate_id,
            kind=kind,
            at=now,
            actor_id=actor_id,
            reason_class=reason.reason_class,
            public_note=reason.public_note,
            private_note=reason.private_note,
        )
        .returning(EVENT.c.id)
    )
    ledger.append(session, session.execute(adding).scalar_one())


def _move(session: Session, certificate_id: int, old: State, new: State) -> bool:
    moving = update(CERTIFICATE).where(CERTIFICATE.c.id == certificate_id)
    moving = moving.where(CERTIFICATE.c.state == old).values(state=new)
    return writing.changed(session, moving) == 1
