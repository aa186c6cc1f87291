"""Editions: published whole, kept for ever, and never taken down by a broken file."""

import pytest
from sqlalchemy.orm import Session

from course_engine.curriculum.course import Asset
from course_engine.curriculum.problems import Problem
from course_engine.errors import Missing
from course_engine.records import editions
from tests.records.site import COURSE, DIGEST, NOW, Site, after

PICTURE = Asset(sha256="a" * 64, media_type="image/svg+xml", content=b"<svg/>")
FAULT = Problem(path="sample/quiz.md", line=3, column=1, code="no-right-choice", message="None.")


def publish(session: Session, digest: str, *, minutes: int = 0) -> bool:
    return editions.publish(
        session,
        course=COURSE,
        digest=digest,
        document=digest.encode(),
        assets=[PICTURE],
        now=after(minutes),
    )


def test_the_edition_published_last_is_the_current_one(session: Session) -> None:
    assert publish(session, "e" * 64, minutes=1)
    assert editions.current(session) == {"sample": "e" * 64}
    assert editions.document(session, "e" * 64) == b"e" * 64
    assert editions.document(session, DIGEST) == b"{}"
    assert [one.digest for one in editions.of_course(session, "sample")] == ["e" * 64, DIGEST]


def test_publishing_the_same_again_changes_nothing(session: Session) -> None:
    assert publish(session, "e" * 64)
    assert not publish(session, "e" * 64, minutes=5)
    assert len(editions.of_course(session, "sample")) == 2


def test_going_back_to_an_earlier_content_serves_that_edition_again(session: Session) -> None:
    assert publish(session, "e" * 64)
    assert publish(session, DIGEST, minutes=1)
    assert editions.current(session) == {"sample": DIGEST}
    assert editions.document(session, DIGEST) == b"{}"


def test_pictures_are_kept_once_by_their_content(session: Session) -> None:
    for digest in ("e" * 64, "f" * 64):
        publish(session, digest)
    assert editions.asset(session, PICTURE.sha256) == PICTURE
    with pytest.raises(Missing):
        editions.asset(session, "b" * 64)


def test_a_broken_course_keeps_being_served_and_shows_its_problems(session: Session) -> None:
    before = editions.stamp(session)
    editions.note_problems(session, "sample", [FAULT], now=after(1))
    (course,) = editions.courses(session)
    assert (course.edition_digest, course.title) == (DIGEST, "Sample")
    assert (course.problems, course.checked_at) == ((FAULT,), after(1))
    assert editions.stamp(session) != before


def test_a_course_that_was_broken_from_the_start_is_listed_and_not_served(
    session: Session,
) -> None:
    editions.note_problems(session, "new", [FAULT], now=NOW)
    assert editions.current(session) == {"sample": DIGEST}
    assert [course.slug for course in editions.courses(session)] == ["new", "sample"]


def test_an_edition_that_was_never_published_is_missing(session: Session) -> None:
    with pytest.raises(Missing):
        editions.document(session, "0" * 64)


def test_publishing_at_once_from_two_processes_leaves_one_edition(site: Site) -> None:
    site.at_once(8, lambda session, _: publish(session, "e" * 64))
    with site.session() as session:
        assert editions.current(session) == {"sample": "e" * 64}
        assert len(editions.of_course(session, "sample")) == 2
