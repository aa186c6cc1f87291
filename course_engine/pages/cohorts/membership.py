"""One person in a cohort: what they have done, what is open, and how their enrollment ends."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.curriculum.course import Course
from course_engine.errors import Missing
from course_engine.learning.requirements import weigh
from course_engine.records import (
    cohorts,
    enrollments,
    evidence,
    journal,
    people,
    results,
)
from course_engine.records.enrollments import Enrollment
from course_engine.records.people import Role
from course_engine.web import catalog, identity, issuing
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db


def add_to(pages: Blueprint) -> None:
    """Add the two views of a person in a cohort."""
    address = "/<int:cohort>/people/<int:enrollment>"
    pages.add_url_rule(address, view_func=person, methods=["GET"])
    pages.add_url_rule(f"{address}/end", view_func=end, methods=["POST"])


@audience(Role.COORDINATOR)
def person(cohort: int, enrollment: int) -> ResponseReturnValue:
    """Show one enrollment to staff (7 statements with the sign-in); reflections stay private."""
    theirs = _in_cohort(cohort, enrollment)
    course = catalog.edition(theirs.edition_digest)
    titles = _titles(course)
    place = {slug: number for number, slug in enumerate(titles)}
    attempts = results.of_enrollment(db.session, enrollment)
    return render_template(
        "cohorts/person.html",
        cohort=cohorts.find(db.session, cohort),
        person=people.find(db.session, theirs.person_id),
        enrollment=theirs,
        course=course,
        titles=titles,
        eligibility=weigh(course, evidence.collect(db.session, enrollment)),
        attempts=sorted(attempts, key=lambda one: (place.get(one.quiz, len(place)), one.number)),
        certificate=issuing.issued(enrollment, course),
    )


@audience(Role.COORDINATOR)
def end(cohort: int, enrollment: int) -> ResponseReturnValue:
    """End an enrollment; its records stay.

    :raises AlreadyWithdrawn: it has ended before.
    """
    theirs = _in_cohort(cohort, enrollment)
    enrollments.withdraw(db.session, enrollment, now=now())
    journal.write(
        db.session,
        action="enrollment.ended",
        subject=("enrollment", enrollment),
        actor_id=identity.me().id,
        now=now(),
        details={"cohort": cohort, "person": theirs.person_id},
    )
    db.session.commit()
    flash(_("The enrollment has ended. What was done in it is kept."), "success")
    return redirect(url_for("cohorts.person", cohort=cohort, enrollment=enrollment), 303)


def _in_cohort(cohort: int, enrollment: int) -> Enrollment:
    theirs = enrollments.for_staff(db.session, enrollment)
    if theirs.cohort_id != cohort:
        raise Missing
    return theirs


def _titles(course: Course) -> dict[str, str]:
    """Return the titles of the quizzes and the exam, in the order of the course."""
    titles = {module.quiz.slug: module.quiz.title for module in course.modules if module.quiz}
    if course.exam:
        titles[course.exam.slug] = course.exam.title
    return titles
