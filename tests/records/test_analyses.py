"""Item analyses as they are asked for and kept, and the papers that they are made from."""

from sqlalchemy.orm import Session

from course_engine.records import analyses, drafts
from tests.records import site as sites
from tests.records.site import DIGEST, NOW, PAPER, Site, after

SLUG = sites.COURSE.slug


def test_asking_twice_waits_as_long_as_asking_once(site: Site, session: Session) -> None:
    analyses.ask(session, SLUG, "one", now=NOW)
    analyses.ask(session, SLUG, "one", now=after(5))
    waiting = analyses.next_waiting(session)
    assert waiting is not None
    assert (waiting.quiz, waiting.asked_at, waiting.waiting) == ("one", NOW, True)


def test_what_was_found_is_kept_until_it_is_asked_for_again(site: Site, session: Session) -> None:
    analyses.ask(session, SLUG, "one", now=NOW)
    asked = analyses.next_waiting(session)
    assert asked is not None
    analyses.keep(session, asked, edition_digest=DIGEST, document={"n": 1}, now=after(1))
    assert analyses.next_waiting(session) is None
    kept = analyses.find(session, SLUG, "one")
    assert kept is not None
    assert (kept.document, kept.waiting) == ({"n": 1}, False)
    analyses.ask(session, SLUG, "one", now=after(2))
    assert analyses.next_waiting(session) is not None
    assert set(analyses.of_course(session, SLUG)) == {"one"}


def test_everybodys_first_graded_paper_comes_with_its_answers(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    for number in range(2):
        attempt = sites.start(session, enrollment)
        answers = {"single": ("2",), "other": ('a"b', "ü")}
        drafts.save(session, attempt.id, answers, for_person=site.rosa.id, now=NOW)
        sites.submit(session, attempt, site.rosa, now=after(number))
    site.enroll(session, site.tomasz)
    sites.start(session, site.enroll(session, site.tomasz))
    session.commit()
    (paper,) = analyses.first_papers(session, SLUG, "one")
    assert paper.edition_digest == DIGEST
    assert paper.paper == PAPER
    assert paper.grade["percent"] == 40
    assert paper.answers == {"single": ("2",), "other": ('a"b', "ü")}
    assert list(analyses.first_papers(session, SLUG, "two")) == []
