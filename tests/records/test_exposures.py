"""Exposures: every paper counts once for each of its questions, however many start at once."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from course_engine.records import attempts, exposures
from course_engine.records.exposures import EXPOSURE
from tests.records.site import COURSE, NOW, PAPER, Site

IDS = [f"q{number}" for number in range(9)]


def begin(session: Session, site: Site, name: str, question_ids: list[str]) -> None:
    """Start an attempt as somebody new, and count its paper."""
    enrollment = site.enroll(session, site.person(session, name))
    attempts.start(
        session,
        enrollment.id,
        "exam",
        seed=name,
        paper=PAPER,
        policy={},
        limit=None,
        deadline_at=None,
        now=NOW,
    )
    exposures.join(session, COURSE.slug, "exam", head_starts=dict.fromkeys(IDS, 0))
    exposures.count(session, COURSE.slug, "exam", question_ids=question_ids)


def counts(site: Site) -> dict[str, int]:
    with site.session() as session:
        return exposures.of_exam(session, COURSE.slug, "exam")


def test_a_paper_counts_once_for_each_of_its_questions(site: Site) -> None:
    with site.session() as session:
        begin(session, site, "Ana", ["q1", "q2"])
        begin(session, site, "Ben", ["q2"])
        session.commit()
    assert counts(site) == dict.fromkeys(IDS, 0) | {"q1": 1, "q2": 2}


def test_a_question_keeps_its_count_when_the_bank_is_joined_again(site: Site) -> None:
    with site.session() as session:
        begin(session, site, "Ana", ["q1"])
        exposures.join(session, COURSE.slug, "exam", head_starts={"q1": 5, "new": 5})
        session.commit()
    assert counts(site) == dict.fromkeys(IDS, 0) | {"q1": 1, "new": 5}


def test_another_course_has_counts_of_its_own(site: Site) -> None:
    with site.session() as session:
        begin(session, site, "Ana", ["q1"])
        session.execute(update(EXPOSURE).values(course_slug="another"))
        session.commit()
    assert counts(site) == {}


def test_many_starts_at_once_lose_no_count_and_never_lock_each_other_out(site: Site) -> None:
    def start(session: Session, number: int) -> None:
        # Each names its questions in another order: it must not matter.
        mine = IDS[number % 9 :] + IDS[: number % 9]
        begin(session, site, f"Person {number}", mine[::-1] if number % 2 else mine)

    assert site.at_once(16, start) == [None] * 16
    assert counts(site) == dict.fromkeys(IDS, 16)
