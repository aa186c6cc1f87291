"""Sites to measure: the shipped course, and as many enrollments as wanted, in seconds."""

import hashlib
import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import (
    Select,
    Table,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.orm import Session

from course_engine.app import create_app
from course_engine.curriculum.course import Course
from course_engine.places import SHIPPED_CURRICULUM
from course_engine.records import cohorts, people, schema, sessions
from course_engine.records.attempt_tables import ATTEMPT
from course_engine.records.completions import COMPLETION
from course_engine.records.enrollments import ENROLLMENT
from course_engine.records.people import PERSON, Role, RoleSet
from course_engine.settings import Settings
from course_engine.web import catalog, publishing
from course_engine.web.database import db

COURSE = "understanding-peer-support"
QUIZ_MODULE = "01-what-peer-support-is"
LENDING_MODULE = "02-shared-experience"
QUESTIONS = 10
CLIENTS = 4
SECRET = "a secret for the benchmark, long enough"
NOW = datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, kw_only=True)
class Site:
    """A seeded site: where it lives, and the addresses that are measured."""

    instance: Path
    curriculum: Path
    database_url: str
    enrollments: int
    lesson: str
    quiz: str
    register: str
    trainees: tuple[str, ...]
    coordinator: str

    @property
    def environment(self) -> dict[str, str]:
        """What ``course-engine serve`` is told."""
        return {
            "COURSE_ENGINE_INSTANCE": str(self.instance),
            "COURSE_ENGINE_CURRICULUM": str(self.curriculum),
            "COURSE_ENGINE_DATABASE_URL": self.database_url,
            "COURSE_ENGINE_SECRET_KEY": SECRET,
        }


def curriculum(folder: Path) -> Path:
    """Copy the shipped curriculum, with one of its quizzes filled up to ten questions."""
    shutil.copytree(SHIPPED_CURRICULUM, folder)
    quiz, lender = (folder / COURSE / each / "quiz.md" for each in (QUIZ_MODULE, LENDING_MODULE))
    own, lent = quiz.read_text("utf-8"), re.split(r"(?m)^(?=## )", lender.read_text("utf-8"))[1:]
    wanted = QUESTIONS - len(re.findall(r"(?m)^## ", own))
    more = "".join(each.replace("{#", "{#lent-", 1) for each in lent[:wanted])
    quiz.write_text(f"{own.rstrip()}\n\n{more}", "utf-8")
    return folder


def settings(instance: Path, courses: Path, database_url: str) -> Settings:
    """Return what a measured site is told."""
    return Settings(
        instance=instance,
        database_url=database_url,
        curriculum=courses,
        site_file=courses / "site.yml",
        secret_key=SECRET,
        password_cost="cheap",
    )


def site(instance: Path, courses: Path, database_url: str, enrollments: int) -> Site:
    """Publish the course and enroll people in one cohort; some of them have sessions open."""
    instance.mkdir()
    schema.upgrade(database_url)
    app = create_app(settings(instance, courses, database_url))
    with app.app_context():
        outcomes = publishing.publish(courses)
        assert [each.result for each in outcomes] == ["published"], outcomes
        course = catalog.course(COURSE)
        cohort = _people(db.session, enrollments)
        _work(db.session, course)
        db.session.commit()
        first = db.session.execute(select(func.min(PERSON.c.id))).scalar_one()
        middle = first + enrollments // 2
        trainees = tuple(_sign_in(db.session, middle + at) for at in range(CLIENTS))
        coordinator = _sign_in(db.session, first + enrollments)
        db.session.commit()
        db.session.execute(text("ANALYZE"))
        db.session.commit()
        db.close()
    module, lesson = max(
        ((module, lesson) for module in course.modules for lesson in module.lessons),
        key=lambda pair: sum(len(getattr(each, "html", "")) for each in pair[1].blocks),
    )
    quiz = next(each.quiz for each in course.modules if each.slug in QUIZ_MODULE and each.quiz)
    assert len(quiz.questions) == QUESTIONS, len(quiz.questions)
    return Site(
        instance=instance,
        curriculum=courses,
        database_url=database_url,
        enrollments=enrollments,
        lesson=f"/courses/{COURSE}/{module.slug}/{lesson.slug}",
        quiz=f"/courses/{COURSE}/quizzes/{quiz.slug}",
        register=f"/cohorts/{cohort}",
        trainees=trainees,
        coordinator=coordinator,
    )


def _people(session: Session, enrollments: int) -> int:
    """Add everybody, a coordinator at the end, and return the cohort that all trainees are in."""
    session.execute(
        insert(PERSON),
        [
            {
                "email": f"person-{number}@example.org",
                "legal_name": f"Person Number {number:05}",
                "used_name": f"Number {number}",
                "sort_name": f"person number {number:05}",
                "roles": {Role.COORDINATOR if number == enrollments else Role.TRAINEE},
                "created_at": NOW,
            }
            for number in range(enrollments + 1)
        ],
    )
    cohort = cohorts.add(
        session, name="Everybody", course_slug=COURSE, starts_on=NOW.date(), now=NOW
    )
    _fill(
        session,
        ENROLLMENT,
        select(PERSON.c.id, PERSON.c.sort_name).where(
            PERSON.c.roles == literal({Role.TRAINEE}, RoleSet)
        ),
        course_slug=COURSE,
        edition_digest=catalog.digest_of(COURSE),
        cohort_id=cohort.id,
        started_at=NOW,
    )
    return cohort.id


def _work(session: Session, course: Course) -> None:
    """Let everybody have read every second lesson and have passed every second quiz."""
    everybody = select(ENROLLMENT.c.id)
    lessons = [lesson.slug for module in course.modules for lesson in module.lessons]
    for lesson in lessons[::2]:
        _fill(session, COMPLETION, everybody, lesson=lesson, completed_at=NOW)
    for module in course.modules[::2]:
        if module.quiz and module.slug not in QUIZ_MODULE:
            _fill(
                session,
                ATTEMPT,
                everybody,
                quiz=module.quiz.slug,
                number=1,
                state="submitted",
                seed="seed",
                paper={},
                policy={},
                started_at=NOW,
                submitted_at=NOW,
                percent=90,
                passed=True,
            )


def _fill(session: Session, table: Table, people_of: Select[tuple[int]], **same: object) -> None:
    """Insert a row for each selected one, with the same values in the other columns."""
    selected = [column.name for column in people_of.selected_columns]
    owner = {"id": "person_id" if table is ENROLLMENT else "enrollment_id"}
    names = [owner.get(name, name) for name in selected]
    constants = [literal(value, table.c[name].type) for name, value in same.items()]
    session.execute(insert(table).from_select([*names, *same], people_of.add_columns(*constants)))


def _sign_in(session: Session, person_id: int) -> str:
    """Open a session and return the token of its cookie."""
    token = f"session-of-person-{person_id}"
    sessions.open_(
        session,
        token_sha256=hashlib.sha256(token.encode()).hexdigest(),
        person_id=people.find(session, person_id).id,
        agent="Benchmark",
        now=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    return token
