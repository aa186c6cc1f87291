"""A site as its records know it: one course, a coordinator, trainees, and what they do."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session

from course_engine.assessment.grading import Grade
from course_engine.certificates.facts import CertificateFacts, Issuer
from course_engine.curriculum.course import Course
from course_engine.records import (
    attempts,
    attestations,
    cohorts,
    completions,
    drafts,
    editions,
    engine,
    handing_in,
    people,
)
from course_engine.records import enrollments as enrolled
from course_engine.records.attempts import Sitting
from course_engine.records.cohorts import Cohort
from course_engine.records.drafts import Draft
from course_engine.records.enrollments import Enrollment
from course_engine.records.people import Person, Role
from course_engine.records.results import Attempt
from tests import builders

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
DIGEST = "d" * 64
COURSE = builders.course()
PAPER = {"edition": DIGEST, "items": [["single", [0, 1, 2, 3]]]}

T = TypeVar("T")


def after(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def grade_by_count(_sitting: Sitting, draft: Draft) -> Grade:
    """Twenty percent for each answer, so that a grade tells how many answers it saw."""
    return grade_of(len(draft.saved))


def grade_of(answers: int) -> Grade:
    """The grade of as many answers."""
    percent = min(100, 20 * answers)
    return Grade(percent=percent, passed=percent >= 80, critical_missed=(), marks=())


class Site:
    """A database with the sample course published."""

    def __init__(self, url: str) -> None:
        self.engine = engine.create(url)
        with self.session() as session:
            self.publish(session)
            self.coordinator = self.person(session, "Denise Fox", role=Role.COORDINATOR)
            self.rosa = self.person(session, "Rosa Ñandú")
            self.tomasz = self.person(session, "Tomasz Łuk")
            session.commit()

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def session(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect every statement that runs meanwhile."""
        seen: list[str] = []

        def note(*arguments: object) -> None:
            seen.append(str(arguments[2]))

        event.listen(self.engine, "before_cursor_execute", note)
        yield seen
        event.remove(self.engine, "before_cursor_execute", note)

    def at_once(self, times: int, work: Callable[[Session, int], T]) -> list[T | Exception]:
        """Do something many times in parallel, each in a transaction of its own."""
        start = threading.Barrier(times)

        def one(number: int) -> T | Exception:
            start.wait()
            try:
                with self.session() as session:
                    result = work(session, number)
                    session.commit()
                    return result
            except Exception as error:  # noqa: BLE001 - what went wrong is what is looked at
                return error

        with ThreadPoolExecutor(times) as pool:
            return list(pool.map(one, range(times)))

    @staticmethod
    def publish(session: Session, course: Course = COURSE, digest: str = DIGEST) -> bool:
        return editions.publish(
            session, course=course, digest=digest, document=b"{}", assets=(), now=NOW
        )

    @staticmethod
    def person(session: Session, name: str, role: Role = Role.TRAINEE) -> Person:
        return people.add(
            session,
            email=f"{name.replace(' ', '.')}@example.org",
            legal_name=name,
            used_name="",
            roles={role},
            password_hash=None,
            now=NOW,
        )

    @staticmethod
    def cohort(session: Session) -> Cohort:
        return cohorts.add(
            session, name="Autumn", course_slug=COURSE.slug, starts_on=NOW.date(), now=NOW
        )

    def enroll(
        self, session: Session, person: Person | None = None, cohort_id: int | None = None
    ) -> Enrollment:
        return enrolled.enroll(
            session,
            person_id=(person or self.rosa).id,
            course_slug=COURSE.slug,
            edition_digest=DIGEST,
            cohort_id=cohort_id,
            now=NOW,
        )


def start(
    session: Session,
    enrollment: Enrollment,
    *,
    quiz: str = "one",
    limit: int | None = 3,
    deadline_at: datetime | None = None,
) -> Attempt:
    return attempts.start(
        session,
        enrollment.id,
        quiz,
        seed="seed",
        paper=PAPER,
        policy={"pass_mark": 80},
        limit=limit,
        deadline_at=deadline_at,
        now=NOW,
    )


def submit(session: Session, attempt: Attempt, person: Person, now: datetime = NOW) -> Sitting:
    return handing_in.hand_in(
        session, attempt.id, for_person=person.id, grade=grade_by_count, now=now
    )


def pass_quiz(session: Session, enrollment: Enrollment, person: Person, quiz: str) -> Sitting:
    attempt = start(session, enrollment, quiz=quiz)
    given = {f"q{number}": ("1",) for number in range(5)}
    drafts.save(session, attempt.id, given, for_person=person.id, now=NOW)
    return submit(session, attempt, person)


def sign(session: Session, enrollment: Enrollment, name: str = "Rosa Ñandú") -> None:
    attestations.sign(
        session,
        enrollment.id,
        statement="conduct",
        title="Conduct",
        text="I will.",
        signed_name=name,
        now=NOW,
    )


def finish(session: Session, enrollment: Enrollment, person: Person) -> None:
    """Meet every requirement of the sample course."""
    for lesson in "abc":
        completions.complete(session, enrollment.id, lesson, now=NOW)
    for quiz in ("one", "two", "exam"):
        pass_quiz(session, enrollment, person, quiz)
    sign(session, enrollment, person.legal_name)


def facts(number: int = 0, name: str = "Rosa Ñandú") -> CertificateFacts:
    return CertificateFacts(
        serial=f"CE-0000-0000-{number}",
        code=f"code-{number}",
        legal_name=name,
        course_title=COURSE.title,
        course_slug=COURSE.slug,
        edition=DIGEST[:12],
        language="en",
        kind="completion",
        minutes=(("self-paced", 60),),
        started_on=date(2026, 11, 3),
        completed_on=date(2026, 11, 3),
        issued_on=date(2026, 11, 3),
        time_zone="UTC",
        issuer=Issuer(name="Sample"),
        verify_url=f"http://localhost/v/CE-0000-0000-{number}/code-{number}",
        verify_address="localhost/verify",
    )
