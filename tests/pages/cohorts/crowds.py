"""Cohorts full of people, each as far as a test needs them."""

import html
import re
from datetime import UTC, date, datetime

from flask import Flask

from course_engine.assessment.grading import Grade
from course_engine.records import (
    attempts,
    attestations,
    cohorts,
    completions,
    enrollments,
    handing_in,
    people,
)
from course_engine.records.enrollments import Enrollment
from course_engine.records.people import Person, Role
from course_engine.web import catalog
from course_engine.web.database import db

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


def open_cohort(app: Flask, *, course: str = "first-steps", name: str = "Autumn group") -> int:
    """Open a cohort and return its id."""
    with app.app_context():
        cohort = cohorts.add(
            db.session, name=name, course_slug=course, starts_on=date(2026, 11, 2), now=NOW
        )
        db.session.commit()
    return cohort.id


def crowd(app: Flask, size: int, *, course: str = "first-steps") -> int:
    """Open a cohort of this size; its people are each a little further than the one before."""
    cohort = open_cohort(app, course=course)
    with app.app_context():
        for number in range(size):
            person = settle(f"Person {number:02}", f"person{number}@example.org")
            go_on(person, join(person, cohort, course), steps=number)
        db.session.commit()
    return cohort


def settle(legal_name: str, email: str, used_name: str = "") -> Person:
    """Add a trainee; the caller is inside the app and commits."""
    return people.add(
        db.session,
        email=email,
        legal_name=legal_name,
        used_name=used_name,
        roles={Role.TRAINEE},
        password_hash=None,
        now=NOW,
    )


def join(person: Person, cohort: int, course: str = "first-steps") -> Enrollment:
    """Enroll somebody with a cohort."""
    return enrollments.enroll(
        db.session,
        person_id=person.id,
        course_slug=course,
        edition_digest=catalog.digest_of(course),
        cohort_id=cohort,
        now=NOW,
    )


def go_on(person: Person, enrollment: Enrollment, *, steps: int) -> bool:
    """Take so many steps of the course, in its order; say whether nothing is left."""
    course = catalog.edition(enrollment.edition_digest)
    for module in course.modules:
        for lesson in module.lessons:
            if (steps := steps - 1) < 0:
                return False
            completions.complete(db.session, enrollment.id, lesson.slug, now=NOW)
        if module.quiz:
            if (steps := steps - 1) < 0:
                return False
            sit(person, enrollment, module.quiz.slug, percent=90)
    if course.exam:
        if (steps := steps - 1) < 0:
            return False
        sit(person, enrollment, course.exam.slug, percent=85)
    for statement in course.statements:
        if (steps := steps - 1) < 0:
            return False
        attestations.sign(
            db.session,
            enrollment.id,
            statement=statement.slug,
            title=statement.title,
            text=statement.text,
            signed_name=person.legal_name,
            now=NOW,
        )
    return True


def sit(person: Person, enrollment: Enrollment, quiz: str, *, percent: int) -> None:
    """Hand in an attempt that earns this much; 80 passes."""
    attempt = attempts.start(
        db.session,
        enrollment.id,
        quiz,
        seed="seed",
        paper={},
        policy={},
        limit=None,
        deadline_at=None,
        now=NOW,
    )
    grade = Grade(percent=percent, passed=percent >= 80, critical_missed=(), marks=())
    handing_in.hand_in(
        db.session, attempt.id, for_person=person.id, grade=lambda *_: grade, now=NOW
    )


def next_page(page: str) -> str:
    """Return the address of the next page of a list that has one."""
    found = re.search(r'rel="next"\s+href="([^"]+)"', page)
    assert found
    return html.unescape(found[1])
