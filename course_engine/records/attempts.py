"""One person's sitting of one paper: started, saved and handed in, whatever else happens."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import bindparam, literal, literal_column, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from course_engine.assessment import grading
from course_engine.assessment.answers import Answer, Answers
from course_engine.assessment.grading import Grade
from course_engine.errors import N_, Missing, Refused
from course_engine.records import pieces, results, writing
from course_engine.records.attempt_tables import ATTEMPT, RESPONSE
from course_engine.records.columns import Document, Instant
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.pieces import Handed
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

    new: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """The answers that were saved in an attempt, by question, and when the last one was."""

    answers: Mapping[str, Answer]
    saved_at: datetime | None


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
_HANDING_IN = update(ATTEMPT).where(
    ATTEMPT.c.id == bindparam("attempt"), ATTEMPT.c.state == literal_column("'open'")
)
_HOLD = _FIND.with_for_update(of=ATTEMPT, key_share=True)
_DRAFT = select(RESPONSE.c.question_id, RESPONSE.c.answer, RESPONSE.c.saved_at).where(
    RESPONSE.c.attempt_id == bindparam("attempt")
)


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


def draft(session: Session, attempt_id: int) -> Draft:
    """Return what was saved in an attempt (1 statement)."""
    rows = session.execute(_DRAFT, {"attempt": attempt_id}).all()
    return Draft(
        answers={row.question_id: tuple(row.answer) for row in rows},
        saved_at=max((row.saved_at for row in rows), default=None),
    )


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
            return Started(**asdict(Attempt(*row)), new=True)
        # Somebody else took this number while we looked. It is there now, so look again.
        sat = None


def save_answers(
    session: Session, attempt_id: int, changes: Answers, *, for_person: int, now: datetime
) -> None:
    """Save the answers that changed, and touch no other (1 statement for each).

    :raises AlreadySubmitted: the attempt was handed in.
    :raises TimeIsUp: its deadline is over.
    :raises OnABreak: its clock stands still.
    :raises Missing: there is no such attempt, or it is somebody else's.
    """
    if not changes:
        return
    asked = [
        {"attempt": attempt_id, "person": for_person, "question": key, "answer": kept, "now": now}
        for key, kept in sorted(changes.items())
    ]
    saving = _saving(writing.dialect(session))
    if writing.changed(session, saving, asked if len(asked) > 1 else asked[0]) != len(asked):
        attempt = find(session, attempt_id, for_person=for_person)
        if attempt.state != "open":
            raise AlreadySubmitted
        raise TimeIsUp if attempt.over(now) else OnABreak


def submit(
    session: Session,
    attempt_id: int,
    *,
    for_person: int,
    grade: Callable[[Sitting, Answers], Grade | Sequence[Handed]],
    now: datetime,
    only_when_over: bool = False,
) -> Sitting:
    """Hand an attempt in and grade what was saved in it (3 statements).

    The attempt is held while it is graded, so no answer slips in between. A second submission
    changes nothing and returns the result of the first (1 statement). Handing in after the deadline
    is allowed: what was saved before it counts, and the attempt ended at its deadline. With
    ``only_when_over`` an attempt that still has time, as it was given more just now, stays open.
    Where ``grade`` hands over what people mark, the attempt waits for them (4 statements).

    :raises Missing: there is no such attempt, or it is somebody else's.
    """
    sitting = find(session, attempt_id, for_person=for_person, hold=True)
    if sitting.state != "open":
        return sitting
    if only_when_over and not sitting.over(now):
        return sitting
    graded = grade(sitting, draft(session, attempt_id).answers)
    result: dict[str, Any] = {
        "state": "submitted",
        "submitted_at": sitting.ended(now),
        "paused_at": None,
    }
    if isinstance(graded, Grade):
        result |= {
            "percent": graded.percent,
            "passed": graded.passed,
            "grade": grading.to_document(graded),
        }
    else:
        result["state"] = "marking"
    if not writing.changed(session, _HANDING_IN, {"attempt": attempt_id, **result}):
        return find(session, attempt_id, for_person=for_person)
    if not isinstance(graded, Grade):
        pieces.hand_in(
            session,
            graded,
            enrollment_id=sitting.enrollment_id,
            person_id=sitting.person_id,
            edition_digest=sitting.edition_digest,
            attempt_id=attempt_id,
            number=sitting.number,
            now=now,
        )
    return replace(sitting, **result)


@cache
def _starting(dialect: str) -> ReturningInsert[Any]:
    adding = writing.insert(dialect, ATTEMPT).on_conflict_do_nothing()
    return adding.returning(*results.COLUMNS)


@cache
def _saving(dialect: str) -> writing.Insert:
    """Build the statement that saves one answer if its attempt is open, in time and theirs.

    It holds the attempt, so that an answer is either saved before the attempt is graded or refused.
    """
    open_and_theirs = (
        select(
            ATTEMPT.c.id,
            bindparam("question", type_=RESPONSE.c.question_id.type),
            bindparam("answer", type_=Document),
            literal(1),
            bindparam("now", type_=Instant),
        )
        .join_from(ATTEMPT, ENROLLMENT, ATTEMPT.c.enrollment_id == ENROLLMENT.c.id)
        .where(
            ATTEMPT.c.id == bindparam("attempt"),
            ATTEMPT.c.state == "open",
            ATTEMPT.c.paused_at.is_(None),
            or_(ATTEMPT.c.deadline_at.is_(None), ATTEMPT.c.deadline_at >= bindparam("now")),
            ENROLLMENT.c.person_id == bindparam("person"),
        )
        .with_for_update(of=ATTEMPT, key_share=True)
    )
    columns = ["attempt_id", "question_id", "answer", "sequence", "saved_at"]
    adding = writing.insert(dialect, RESPONSE).from_select(columns, open_and_theirs)
    return adding.on_conflict_do_update(
        index_elements=["attempt_id", "question_id"],
        set_={
            "answer": adding.excluded.answer,
            "sequence": RESPONSE.c.sequence + 1,
            "saved_at": adding.excluded.saved_at,
        },
    )
