"""One person's sitting of one paper: found, and started once whatever else happens."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from course_engine.errors import N_, Missing, Refused
from course_engine.records import results, writing
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.results import Attempt


@dataclass(frozen=True, slots=True)
class Sitting(Attempt):
    """An attempt with its documents: the paper, the policy as of its start, and the grade.

    ``arranged`` is what was arranged for the person, None if nothing was. While ``paused_at`` is
    set the clock stands still, and ``deadline_at`` is as late as the rest of the breaks allows.
    """

    seed: str
    paper: dict[str, Any]
    policy: dict[str, Any]
    grade: dict[str, Any] | None
    arranged: dict[str, Any] | None
    paused_at: datetime | None
    person_id: int
    course_slug: str
    edition_digest: str


@dataclass(frozen=True, slots=True)
class Started(Attempt):
    """An attempt to go on with; ``new`` says whether it began with this start."""

    new: bool = True


class NoAttemptsLeft(Refused):
    """Every attempt that the course allows was used."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(N_("All %(limit)s attempts have been used."), limit=limit)


class AlreadySubmitted(Refused):
    """The attempt was handed in; nothing can be changed in it any more."""

    explanation = N_("This attempt was handed in before. Nothing can be changed in it any more.")


class TimeIsUp(Refused):
    """The deadline of the attempt is over; what was saved before it counts."""

    explanation = N_("The time for this attempt is over. What was saved before will be graded.")


class OnABreak(Refused):
    """The clock of the attempt stands still, and so does the attempt."""

    explanation = N_("You are on a break. Go on first, then you can answer again.")


_COLUMNS = [
    *results.COLUMNS,
    ATTEMPT.c.seed,
    ATTEMPT.c.paper,
    ATTEMPT.c.policy,
    ATTEMPT.c.grade,
    ATTEMPT.c.arranged,
    ATTEMPT.c.paused_at,
    ENROLLMENT.c.person_id,
    ENROLLMENT.c.course_slug,
    ENROLLMENT.c.edition_digest,
]
_ANYBODYS = (
    select(*_COLUMNS)
    .join_from(ATTEMPT, ENROLLMENT, ATTEMPT.c.enrollment_id == ENROLLMENT.c.id)
    .where(ATTEMPT.c.id == bindparam("attempt"))
)
_FIND = _ANYBODYS.where(ENROLLMENT.c.person_id == bindparam("person"))
_HOLD = _FIND.with_for_update(of=ATTEMPT, key_share=True)


def find(session: Session, attempt_id: int, *, for_person: int, hold: bool = False) -> Sitting:
    """Return one of a person's own attempts (1 statement).

    With ``hold`` nobody else changes it or its answers until this transaction ends.

    :raises Missing: there is none, or it is somebody else's.
    """
    finding = _HOLD if hold else _FIND
    row = session.execute(finding, {"attempt": attempt_id, "person": for_person}).one_or_none()
    if row is None:
        raise Missing
    return Sitting(*row)


def for_staff(session: Session, attempt_id: int) -> Sitting:
    """Return anybody's attempt, for a page that only staff may open (1 statement).

    :raises Missing: there is none.
    """
    row = session.execute(_ANYBODYS, {"attempt": attempt_id}).one_or_none()
    if row is None:
        raise Missing
    return Sitting(*row)


def start(
    session: Session,
    enrollment_id: int,
    quiz: str,
    *,
    seed: str,
    paper: Mapping[str, Any],
    policy: Mapping[str, Any],
    limit: int | None,
    deadline_at: datetime | None,
    now: datetime,
    arranged: Mapping[str, Any] | None = None,
    sat: Sequence[Attempt] | None = None,
) -> Started:
    """Start an attempt, or return the one that is open (2 statements, 1 when ``sat`` is given).

    ``sat`` are the attempts of this enrollment at this quiz, as the caller has just seen them.
    Numbers are unique, and so is an open attempt: of many starts at once, one makes an attempt and
    the others get it. Waits between attempts are for ``attempt_rules`` to judge beforehand.

    :raises NoAttemptsLeft: ``limit`` attempts were submitted.
    """
    starting = _starting(writing.dialect(session))
    while True:
        earlier = results.of_enrollment(session, enrollment_id, quiz) if sat is None else sat
        for attempt in earlier:
            if attempt.state == "open":
                return Started(**asdict(attempt), new=False)
        if limit is not None and len(earlier) >= limit:
            raise NoAttemptsLeft(limit)
        values = {
            "enrollment_id": enrollment_id,
            "quiz": quiz,
            "number": len(earlier) + 1,
            "state": "open",
            "seed": seed,
            "paper": dict(paper),
            "policy": dict(policy),
            "started_at": now,
            "deadline_at": deadline_at,
        }
        if arranged is not None:
            values["arranged"] = dict(arranged)
        row = session.execute(starting, values).one_or_none()
        if row is not None:
            return Started(*row)
        # Somebody else took this number while we looked. It is there now, so look again.
        sat = None


@cache
def _starting(dialect: str) -> ReturningInsert[Any]:
    adding = writing.insert(dialect, ATTEMPT).on_conflict_do_nothing()
    return adding.returning(*results.COLUMNS)
