"""Practice is kept question by question, for its owner, and apart from everything that counts."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from course_engine.assessment import practice
from course_engine.records import evidence, practicing, registers, results
from course_engine.records.practicing import Practiced
from tests.records.site import NOW, Site


def answer(
    session: Session,
    enrollment_id: int,
    *,
    right: bool,
    before: Practiced | None,
    now: datetime = NOW,
) -> None:
    practicing.answer(
        session,
        enrollment_id,
        "q1",
        card=practice.answered(before.card if before else None, right=right, now=now),
        given=("2",),
    )


def test_an_answer_is_kept_with_its_box_and_read_by_its_owner_alone(
    site: Site, session: Session
) -> None:
    enrollment = site.enroll(session)
    answer(session, enrollment.id, right=False, before=None)
    kept = practicing.of_enrollment(session, enrollment.id, for_person=site.rosa.id)
    assert kept["q1"].answer == ("2",)
    assert kept["q1"].card == practice.answered(None, right=False, now=NOW)
    assert practicing.of_enrollment(session, enrollment.id, for_person=site.tomasz.id) == {}


def test_a_later_answer_moves_the_question_on(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    answer(session, enrollment.id, right=True, before=None)
    later = NOW + timedelta(days=1)
    before = practicing.of_enrollment(session, enrollment.id, for_person=site.rosa.id)["q1"]
    answer(session, enrollment.id, right=True, before=before, now=later)
    kept = practicing.of_enrollment(session, enrollment.id, for_person=site.rosa.id)["q1"].card
    assert (kept.box, kept.asked, kept.right) == (3, 2, 2)
    assert kept.due_at == later + timedelta(days=3)


def test_a_double_click_counts_once(site: Site) -> None:
    with site.session() as session:
        enrollment = site.enroll(session)
        session.commit()

    def click(session: Session, number: int) -> None:
        answer(session, enrollment.id, right=number % 2 == 0, before=None)

    assert site.at_once(8, click) == [None] * 8
    with site.session() as session:
        kept = practicing.of_enrollment(session, enrollment.id, for_person=site.rosa.id)
    assert kept["q1"].card.asked == 1


def test_nothing_that_counts_ever_sees_practice(site: Site, session: Session) -> None:
    cohort = site.cohort(session)
    enrollment = site.enroll(session, cohort_id=cohort.id)
    session.commit()

    def everything_that_counts() -> list[object]:
        return [
            evidence.collect(session, enrollment.id),
            results.of_enrollment(session, enrollment.id),
            results.best(session, enrollment.id),
            registers.page(session, cohort.id),
            list(registers.everyone(session, cohort.id)),
        ]

    before = everything_that_counts()
    answer(session, enrollment.id, right=True, before=None)
    session.commit()
    assert everything_that_counts() == before
