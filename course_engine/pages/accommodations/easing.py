"""A person's attempts as a coordinator sees them: more time for an open one, and more of them."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from course_engine.assessment.accommodations import Accommodation, rules
from course_engine.curriculum.course import Exam, Quiz
from course_engine.errors import Missing, Refused
from course_engine.pages.accommodations import wording
from course_engine.pages.accommodations.forms import ExtendForm, OpenForm
from course_engine.records import (
    accommodations,
    attempts,
    clocks,
    enrollments,
    journal,
    openings,
    people,
    results,
)
from course_engine.records.attempts import Sitting
from course_engine.records.enrollments import Enrollment
from course_engine.records.people import Role
from course_engine.records.results import Attempt
from course_engine.web import catalog, identity, localization
from course_engine.web.access import audience
from course_engine.web.clock import now
from course_engine.web.database import db
from course_engine.web.entry import site


@dataclass(frozen=True, kw_only=True, slots=True)
class QuizOf:
    """A quiz of an enrollment with what was done in it; addresses are "" where nothing is to do."""

    title: str
    used: str
    open_attempt: Attempt | None
    deadline: str
    happened: tuple[str, ...]
    extend_url: str
    open_url: str


def add_to(pages: Blueprint) -> None:
    """Add the views that give more time or more attempts."""
    more = "/<int:person>/attempts/<int:attempt>/extend"
    pages.add_url_rule(more, view_func=ask_extend, methods=["GET"])
    pages.add_url_rule(more, view_func=extend, methods=["POST"])
    again = "/<int:person>/enrollments/<int:enrollment>/<quiz>/open"
    pages.add_url_rule(again, view_func=ask_open, methods=["GET"])
    pages.add_url_rule(again, view_func=open_more, methods=["POST"])


@audience(Role.COORDINATOR)
def ask_extend(person: int, attempt: int) -> ResponseReturnValue:
    """Ask how much more time an open attempt is given."""
    return _extend_page(_running(person, attempt), ExtendForm(None, minutes=15))


@audience(Role.COORDINATOR)
def extend(person: int, attempt: int) -> ResponseReturnValue:
    """Give an open attempt more time.

    :raises TimeIsUp: its deadline is over.
    :raises AlreadySubmitted: it is closed.
    :raises MovedMeanwhile: somebody has moved it since the page was opened.
    """
    wording.refuse_for_oneself(person)
    sitting, form = _running(person, attempt), ExtendForm()
    if not form.validate_on_submit():
        return _extend_page(sitting, form), 422
    deadline = clocks.extend(
        db.session,
        attempt,
        for_person=person,
        minutes=form.minutes.data or 0,
        reason=form.reason.data or "",
        actor_id=identity.me().id,
        now=now(),
        seen=form.seen.data or "",
    )
    _journal("attempt.extended", ("attempt", attempt))
    said = _("The attempt is open until %(moment)s.", moment=localization.moment(deadline))
    return _done(person, said)


@audience(Role.COORDINATOR)
def ask_open(person: int, enrollment: int, quiz: str) -> ResponseReturnValue:
    """Ask how many more attempts are opened."""
    theirs = enrollments.find(db.session, enrollment, for_person=person)
    return _open_page(theirs, _limited(theirs, quiz), OpenForm(None, number=1))


@audience(Role.COORDINATOR)
def open_more(person: int, enrollment: int, quiz: str) -> ResponseReturnValue:
    """Open more attempts at a quiz that has a limit.

    :raises OpenedMeanwhile: somebody has opened more since the page was opened.
    """
    wording.refuse_for_oneself(person)
    theirs, form = enrollments.find(db.session, enrollment, for_person=person), OpenForm()
    asked = _limited(theirs, quiz)
    if not form.validate_on_submit():
        return _open_page(theirs, asked, form), 422
    openings.open_more(
        db.session,
        enrollment,
        quiz,
        number=form.number.data or 0,
        reason=form.reason.data or "",
        actor_id=identity.me().id,
        now=now(),
        seen=form.seen.data or "",
    )
    _journal("attempts.opened", ("enrollment", enrollment), quiz=quiz, number=form.number.data)
    return _done(person, _("More attempts are open."))


def courses(person: int) -> list[tuple[str, list[QuizOf]]]:
    """Return each course that a person takes, with its quizzes (3 statements for each)."""
    today = now().astimezone(site().zone).date()
    granted = accommodations.in_force(db.session, person, today)
    return [
        (catalog.edition(one.edition_digest).title, _quizzes(one, granted, today))
        for one in enrollments.of_person(db.session, person)
    ]


def _quizzes(theirs: Enrollment, granted: tuple[Accommodation, ...], today: date) -> list[QuizOf]:
    sat = results.of_enrollment(db.session, theirs.id)
    opened = openings.of_enrollment(db.session, theirs.id)
    going = [one.id for one in sat if one.state == "open"]
    moved = clocks.events(db.session, going) if going else ()
    found = []
    for asked in catalog.edition(theirs.edition_digest).quizzes:
        tried = tuple(one for one in sat if one.quiz == asked.slug)
        current = next((one for one in tried if one.state == "open"), None)
        limit = rules(asked.policy, granted, today).policy.attempts
        timed = current is not None and current.deadline_at is not None
        found.append(
            QuizOf(
                title=asked.title,
                used=wording.used(tried, limit, opened, asked.slug),
                open_attempt=current,
                deadline=wording.deadline(current, now()) if current else "",
                happened=(
                    *(wording.opening(one) for one in opened if one.quiz == asked.slug),
                    *(
                        wording.event(one)
                        for one in moved
                        if current and one.attempt_id == current.id
                    ),
                ),
                extend_url=url_for(
                    "accommodations.extend", person=theirs.person_id, attempt=current.id
                )
                if current and timed and not current.over(now())
                else "",
                open_url=url_for(
                    "accommodations.open_more",
                    person=theirs.person_id,
                    enrollment=theirs.id,
                    quiz=asked.slug,
                )
                if asked.policy.attempts is not None
                else "",
            )
        )
    return found


def _running(person: int, attempt: int) -> Sitting:
    sitting = attempts.find(db.session, attempt, for_person=person)
    if sitting.state != "open":
        raise attempts.AlreadySubmitted
    if sitting.deadline_at is None:
        raise clocks.NoClock
    return sitting


def _limited(theirs: Enrollment, slug: str) -> Quiz | Exam:
    if theirs.withdrawn_at is not None:
        raise Missing
    for asked in catalog.edition(theirs.edition_digest).quizzes:
        if asked.slug == slug:
            if asked.policy.attempts is None:
                raise Refused(_("This quiz can be tried as often as somebody likes."))
            return asked
    raise Missing


def _extend_page(sitting: Sitting, form: ExtendForm) -> str:
    form.seen.process_data(sitting.deadline_at.isoformat() if sitting.deadline_at else "")
    return render_template(
        "accommodations/ease.html",
        title=_("Give more time"),
        said=wording.deadline(sitting, now()),
        person=people.find(db.session, sitting.person_id),
        form=form,
        field_of=form.minutes,
    )


def _open_page(theirs: Enrollment, asked: Quiz | Exam, form: OpenForm) -> str:
    form.seen.process_data(str(openings.count(db.session, theirs.id, asked.slug)))
    return render_template(
        "accommodations/ease.html",
        title=_("Open more attempts"),
        said=asked.title,
        person=people.find(db.session, theirs.person_id),
        form=form,
        field_of=form.number,
    )


def _journal(action: str, subject: journal.Subject, **details: object) -> None:
    """Journal that it was done; the reason is kept elsewhere, for coordinators alone."""
    journal.write(
        db.session,
        action=action,
        subject=subject,
        actor_id=identity.me().id,
        now=now(),
        details=details,
    )


def _done(person: int, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for("accommodations.show", person=person), 303)
