"""Drafts: the last ten minutes of what was saved stay, and what is older goes."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from course_engine.records import drafts
from course_engine.records.results import Attempt
from tests.records.site import Site, after, start


def save(session: Session, site: Site, attempt: Attempt, question: str, *, minute: int) -> None:
    given = {question: (str(minute),)}
    drafts.save(session, attempt.id, given, for_person=site.rosa.id, now=after(minute))


def told(session: Session, attempt: Attempt) -> list[tuple[str, int]]:
    return [(one.question_id, one.sequence) for one in drafts.history(session, attempt.id)]


def test_every_saving_of_the_last_ten_minutes_is_told_in_order(
    site: Site, session: Session
) -> None:
    attempt = start(session, site.enroll(session))
    for minute, question in ((0, "q1"), (4, "q2"), (5, "q1"), (14, "q1")):
        save(session, site, attempt, question, minute=minute)
    assert told(session, attempt) == [("q2", 1), ("q1", 2), ("q1", 3)]


def kept(session: Session) -> int:
    return session.execute(select(func.count()).select_from(drafts.HISTORY)).scalar_one()


def test_what_is_older_is_deleted_with_the_twentieth_saving_of_a_question(
    site: Site, session: Session
) -> None:
    attempt = start(session, site.enroll(session))
    for minute in range(1, 20):
        save(session, site, attempt, "q1", minute=minute)
    assert kept(session) == 19
    save(session, site, attempt, "q1", minute=20)
    assert kept(session) == len(told(session, attempt)) == 11


def test_forgetting_takes_forty_savings_at_once_and_catches_up(
    site: Site, session: Session
) -> None:
    attempt = start(session, site.enroll(session))
    for _ in range(199):
        save(session, site, attempt, "q1", minute=1)
    save(session, site, attempt, "q1", minute=30)
    assert kept(session) == 160
    for _ in range(20):
        save(session, site, attempt, "q1", minute=30)
    assert kept(session) == 140
    assert told(session, attempt) == [("q1", number) for number in range(200, 221)]
