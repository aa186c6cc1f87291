"""The database as somebody sees it who looks past the servers, and what must be true in it."""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from course_engine.assessment import grading, papers
from course_engine.assessment import repairs as repairing
from course_engine.curriculum import editions as documents
from course_engine.curriculum.course import Policy
from course_engine.records import (
    attempts,
    drafts,
    editions,
    engine,
    enrollments,
    journal,
    people,
    repairs,
    results,
)
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.attempts import Sitting
from course_engine.records.enrollments import Enrollment
from course_engine.records.journal import JournalEntry
from course_engine.records.results import Attempt
from tests.robustness.trainee import COURSE, Trainee

SLUG = COURSE.rpartition("/")[2]
CLOSINGS = {"attempt.submitted", "attempt.closed"}
_BUSY = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""


class Witness:
    """Somebody with a connection of their own."""

    def __init__(self, url: str) -> None:
        self._engine = engine.create(url)
        self.on_sqlite = self._engine.dialect.name == "sqlite"

    def leave(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session; whoever writes commits."""
        with Session(self._engine) as session:
            yield session

    def rest(self) -> None:
        """Wait until the database has ended what killed servers left behind."""
        if not self.on_sqlite:
            wait_until(self._rests)

    def enrollment(self, email: str) -> Enrollment:
        """Return somebody's enrollment in the sample course."""
        with self.session() as session:
            person = people.by_email(session, email)
            assert person is not None
            return enrollments.current(session, person.id, SLUG)

    def attempts(self, email: str) -> tuple[Attempt, ...]:
        """List somebody's attempts at the quiz."""
        enrollment = self.enrollment(email)
        with self.session() as session:
            return results.of_enrollment(session, enrollment.id, "hello")

    def sitting(self, attempt: int) -> Sitting:
        """Return anybody's attempt."""
        with self.session() as session:
            return attempts.for_staff(session, attempt)

    def stored(self, attempt: int) -> dict[str, str]:
        """Return question -> the one value that is stored as its answer."""
        with self.session() as session:
            given = drafts.of(session, attempt).answers
        return {key: answer[0] for key, answer in given.items() if answer}

    def end_soon(self, *numbers: int, seconds: int = 1) -> datetime:
        """Move the deadline of attempts that are open to a moment close by, and return it."""
        deadline = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)
        with self.session() as session:
            theirs = ATTEMPT.c.id.in_(numbers) & (ATTEMPT.c.state == "open")
            session.execute(update(ATTEMPT).where(theirs).values(deadline_at=deadline))
            session.commit()
        return deadline

    def entries(self, attempt: int, *actions: str) -> list[JournalEntry]:
        """List what the journal says of an attempt, as far as it is about these actions."""
        with self.session() as session:
            rows = journal.page(session, subject=("attempt", attempt)).rows
        return [entry for entry in rows if entry.action in actions]

    def check_open(self, attempt: int) -> None:
        """See that an open attempt has nothing of a grade."""
        sitting = self.sitting(attempt)
        result = (sitting.submitted_at, sitting.percent, sitting.passed, sitting.grade)
        assert (sitting.state, *result) == ("open", None, None, None, None)
        assert self.entries(attempt, *CLOSINGS) == []

    def check_closed(
        self, attempt: int, saved: Mapping[str, str], owner: Trainee, when: str = ""
    ) -> None:
        """See that an attempt was closed once, with exactly these answers, whole and in time."""
        sitting = self.sitting(attempt)
        assert sitting.state == "submitted", when
        assert self.stored(attempt) == saved, when
        self._check_moments(sitting, when)
        self._check_grade(sitting, when)
        (closing,) = self.entries(attempt, *CLOSINGS)
        assert (closing.details["percent"], closing.details["passed"]) == (
            sitting.percent,
            sitting.passed,
        ), when
        receipt = owner.get(f"/attempts/{attempt}/receipt.json").body
        assert closing.details["receipt"] == hashlib.sha256(receipt.encode()).hexdigest(), when

    def _check_moments(self, sitting: Sitting, when: str) -> None:
        assert sitting.submitted_at is not None, when
        assert sitting.deadline_at is None or sitting.submitted_at <= sitting.deadline_at, when
        with self.session() as session:
            last = drafts.of(session, sitting.id).saved.values()
            history = drafts.history(session, sitting.id)
        moments = [one.saved_at for one in (*last, *history)]
        assert max(moments, default=sitting.started_at) <= sitting.submitted_at, when

    def _check_grade(self, sitting: Sitting, when: str) -> None:
        policy = Policy(**sitting.policy)
        with self.session() as session:
            course = documents.read(editions.document(session, sitting.edition_digest))
            quiz = next(module.quiz for module in course.modules if module.quiz)
            paper = papers.from_document(sitting.paper, papers.questions_by_id(quiz))
            given = drafts.of(session, sitting.id).answers
            standing = repairs.in_force(session, SLUG, sitting.quiz)
        grade = grading.grade(paper, given, policy)
        grade = repairing.regrade(grade, paper, given, policy, standing)
        assert sitting.grade == grading.to_document(grade), when
        assert (sitting.percent, sitting.passed) == (grade.percent, grade.passed), when

    def _rests(self) -> bool:
        with self.session() as session:
            return not session.execute(text(_BUSY)).scalar_one()


def wait_until(condition: Callable[[], object]) -> None:
    """Look again and again, for a minute at most."""
    until = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.03)
