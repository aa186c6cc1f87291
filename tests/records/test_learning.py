"""Learning: enrollments, lessons done, what is written in lessons, and signatures."""

import pytest
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.learning.requirements import weigh
from course_engine.records import (
    attestations,
    boxes,
    checks,
    completions,
    enrollments,
    evidence,
    reflections,
)
from course_engine.records.enrollments import AlreadyWithdrawn
from course_engine.records.reflections import ReflectionTooLong
from tests.records.site import COURSE, DIGEST, NOW, Site, after, finish, sign, start


def test_enrolling_twenty_times_at_once_gives_one_enrollment(site: Site) -> None:
    enrolled = site.at_once(20, lambda session, _: site.enroll(session))
    assert set(enrolled) == {enrolled[0]}
    with site.session() as session:
        assert enrollments.of_person(session, site.rosa.id) == (enrolled[0],)


def test_who_is_enrolled_stays_on_the_edition_they_began(site: Site, session: Session) -> None:
    first = site.enroll(session)
    site.publish(session, digest="e" * 64)
    again = enrollments.enroll(
        session,
        person_id=site.rosa.id,
        course_slug=COURSE.slug,
        edition_digest="e" * 64,
        now=after(5),
    )
    assert again == first
    assert again.edition_digest == DIGEST


def test_who_began_alone_joins_the_cohort_that_invites_them(site: Site, session: Session) -> None:
    first = site.enroll(session)
    cohort, other = site.cohort(session), site.cohort(session)
    assert site.enroll(session, cohort_id=cohort.id).id == first.id
    assert site.enroll(session, cohort_id=other.id).cohort_id == cohort.id


def test_who_withdrew_can_begin_anew(site: Site, session: Session) -> None:
    first = site.enroll(session)
    enrollments.withdraw(session, first.id, now=after(5))
    with pytest.raises(AlreadyWithdrawn):
        enrollments.withdraw(session, first.id, now=after(6))
    with pytest.raises(Missing):
        enrollments.current(session, site.rosa.id, COURSE.slug)
    assert site.enroll(session).id != first.id


def test_another_persons_enrollment_is_missing(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    assert enrollments.find(session, enrollment.id, for_person=site.rosa.id) == enrollment
    with pytest.raises(Missing):
        enrollments.find(session, enrollment.id, for_person=site.tomasz.id)


def test_nobody_can_be_enrolled_who_is_not_there(session: Session) -> None:
    with pytest.raises(Missing):
        enrollments.enroll(
            session, person_id=999, course_slug=COURSE.slug, edition_digest=DIGEST, now=NOW
        )


def test_an_enrollment_and_the_lessons_done_come_in_one_statement(
    site: Site, session: Session
) -> None:
    enrollment = site.enroll(session)
    for lesson in ("one/a", "one/b"):
        completions.complete(session, enrollment.id, lesson, now=NOW)
    with site.statements() as seen:
        place = completions.place(session, site.rosa.id, COURSE.slug)
    assert place == completions.Place(enrollment, frozenset({"one/a", "one/b"}))
    assert len(seen) == 1


def test_nothing_is_done_at_first_and_a_stranger_has_no_place(site: Site, session: Session) -> None:
    site.enroll(session)
    place = completions.place(session, site.rosa.id, COURSE.slug)
    assert place is not None
    assert place.done == frozenset()
    assert completions.place(session, site.tomasz.id, COURSE.slug) is None


def test_a_lesson_done_twice_keeps_its_first_day_and_can_be_undone(
    site: Site, session: Session
) -> None:
    enrollment = site.enroll(session)
    for minutes in (0, 5):
        completions.complete(session, enrollment.id, "a", now=after(minutes))
    assert completions.done(session, enrollment.id) == {"a": NOW}
    completions.undo(session, enrollment.id, "a")
    assert completions.done(session, enrollment.id) == {}


def test_reflections_and_checks_of_a_lesson_come_in_one_statement(
    site: Site, session: Session
) -> None:
    enrollment, rosa = site.enroll(session), site.rosa.id
    for minutes, text in ((0, "first"), (5, "second: naïve, 李, 👋")):
        reflections.save(session, enrollment.id, "hope", text, for_person=rosa, now=after(minutes))
    for given in (["1"], ["2", "3"]):
        checks.answer(session, enrollment.id, "role", given, now=NOW)
    checks.answer(session, enrollment.id, "other-lesson", ["1"], now=NOW)
    with site.statements() as seen:
        filled = boxes.filled(session, enrollment.id, ("hope", "role", "new"), for_person=rosa)
    assert filled.reflections == {"hope": boxes.Reflection("second: naïve, 李, 👋", after(5))}
    assert filled.checks == {"role": ("2", "3")}
    assert len(seen) == 1


def test_a_lesson_without_boxes_asks_nothing(site: Site, session: Session) -> None:
    with site.statements() as seen:
        filled = boxes.filled(session, 1, (), for_person=site.rosa.id)
    assert (filled, seen) == (boxes.Boxes({}, {}), [])


def test_what_somebody_wrote_for_themselves_is_for_nobody_else(
    site: Site, session: Session
) -> None:
    enrollment = site.enroll(session)
    reflections.save(session, enrollment.id, "hope", "mine", for_person=site.rosa.id, now=NOW)
    checks.answer(session, enrollment.id, "role", ["1"], now=NOW)
    with pytest.raises(Missing):
        reflections.save(session, enrollment.id, "hope", "his", for_person=site.tomasz.id, now=NOW)
    reflections.erase(session, enrollment.id, "hope", for_person=site.tomasz.id)
    his = boxes.filled(session, enrollment.id, ("hope", "role"), for_person=site.tomasz.id)
    hers = boxes.filled(session, enrollment.id, ("hope",), for_person=site.rosa.id)
    assert his == boxes.Boxes({}, {})
    assert hers.reflections["hope"].text == "mine"


def test_a_reflection_can_be_erased_by_who_wrote_it(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    reflections.save(session, enrollment.id, "hope", "mine", for_person=site.rosa.id, now=NOW)
    reflections.erase(session, enrollment.id, "hope", for_person=site.rosa.id)
    hers = boxes.filled(session, enrollment.id, ("hope",), for_person=site.rosa.id)
    assert hers.reflections == {}


def test_a_reflection_that_is_too_long_leaves_the_earlier_one_in_place(
    site: Site, session: Session
) -> None:
    enrollment = site.enroll(session)
    for text in ("kept", "x" * reflections.LONGEST):
        reflections.save(session, enrollment.id, "hope", text, for_person=site.rosa.id, now=NOW)
    with pytest.raises(ReflectionTooLong, match="20,001 characters"):
        reflections.save(
            session, enrollment.id, "hope", "y" * 20_001, for_person=site.rosa.id, now=NOW
        )
    hers = boxes.filled(session, enrollment.id, ("hope",), for_person=site.rosa.id)
    assert hers.reflections["hope"].text == "x" * 20_000


def test_signing_at_once_in_two_tabs_leaves_one_signature(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        session.commit()
    assert site.at_once(10, lambda session, n: sign(session, enrollment, f"Tab {n}")) == [None] * 10
    with site.session() as session:
        (signed,) = attestations.of_enrollment(session, enrollment.id).values()
    assert signed.text == "I will."
    assert len(signed.text_sha256) == 64


def test_the_evidence_is_everything_that_was_done_in_one_statement(
    site: Site, session: Session
) -> None:
    enrollment = site.enroll(session)
    assert weigh(COURSE, evidence.collect(session, enrollment.id)).outstanding
    finish(session, enrollment, site.rosa)
    start(session, enrollment)
    with site.statements() as seen:
        collected = evidence.collect(session, enrollment.id)
    assert len(seen) == 1
    assert sorted(one.lesson for one in collected.lessons) == ["a", "b", "c"]
    assert sorted((one.quiz, one.percent, one.passed) for one in collected.results) == [
        ("exam", 100, True),
        ("one", 100, True),
        ("two", 100, True),
    ]
    assert weigh(COURSE, collected).met_at == NOW
