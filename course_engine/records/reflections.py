"""What trainees write for themselves in a lesson. Nobody else is ever shown it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Table, Text, bindparam, delete, select
from sqlalchemy.orm import Session

from course_engine.errors import N_, Missing, Refused
from course_engine.records import writing
from course_engine.records.base import metadata
from course_engine.records.columns import Instant, Number, Words, required
from course_engine.records.enrollments import ENROLLMENT

LONGEST = 20_000

REFLECTION = Table(
    "reflection_text",
    metadata,
    required("enrollment_id", Number, ForeignKey("enrollment.id"), primary_key=True),
    required("key", Text, primary_key=True),
    required("text", Words),
    required("saved_at", Instant),
)


class ReflectionTooLong(Refused):
    """More than there is room for; nothing was saved over what was there."""

    def __init__(self, length: int) -> None:
        self.length = length
        super().__init__(
            N_(
                "This text has %(length)s characters. There is room for %(longest)s. "
                "Please shorten it; what you saved before is still there."
            ),
            length=f"{length:,}",
            longest=f"{LONGEST:,}",
        )


def save(
    session: Session, enrollment_id: int, key: str, text: str, *, for_person: int, now: datetime
) -> None:
    """Save what the owner wrote, in the place of what stood there (1 statement).

    :raises ReflectionTooLong: more than 20,000 characters.
    :raises Missing: the enrollment is somebody else's.
    """
    if len(text) > LONGEST:
        raise ReflectionTooLong(len(text))
    written = {"key": key, "text": text, "saved_at": now}
    owned = select(
        ENROLLMENT.c.id,
        *(bindparam(None, value, REFLECTION.c[name].type) for name, value in written.items()),
    ).where(ENROLLMENT.c.id == enrollment_id, ENROLLMENT.c.person_id == for_person)
    adding = writing.insert(writing.dialect(session), REFLECTION).from_select(
        ["enrollment_id", *written], owned
    )
    saving = adding.on_conflict_do_update(
        index_elements=["enrollment_id", "key"],
        set_={"text": adding.excluded.text, "saved_at": adding.excluded.saved_at},
    )
    if not writing.changed(session, saving):
        raise Missing


def erase(session: Session, enrollment_id: int, key: str, *, for_person: int) -> None:
    """Erase what the owner wrote under one prompt (1 statement)."""
    owned = select(ENROLLMENT.c.id).where(
        ENROLLMENT.c.id == enrollment_id, ENROLLMENT.c.person_id == for_person
    )
    session.execute(
        delete(REFLECTION).where(REFLECTION.c.enrollment_id.in_(owned), REFLECTION.c.key == key)
    )
