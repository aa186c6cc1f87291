"""Registers: one line a person, by name, at the same cost however large the cohort."""

import pytest
from sqlalchemy.orm import Session

from course_engine.records import certificates, cohorts, journal, registers
from course_engine.records.results import Best
from tests.records.site import COURSE, NOW, Site, facts, finish, pass_quiz, start, submit


def test_a_line_says_what_was_done_and_what_was_given(site: Site, session: Session) -> None:
    cohort = site.cohort(session)
    hers = site.enroll(session, site.rosa, cohort.id)
    his = site.enroll(session, site.tomasz, cohort.id)
    finish(session, hers, site.rosa)
    pass_quiz(session, his, site.tomasz, "one")
    submit(session, start(session, his), site.tomasz)
    start(session, his)
    certificates.issue(session, hers, course=COURSE, facts=facts(), pdf=b"%PDF", now=NOW)
    rosa, tomasz = registers.page(session, cohort.id).rows
    assert (rosa.legal_name, rosa.lessons_done, rosa.statements) == ("Rosa Ñandú", 3, {"conduct"})
    assert rosa.certificate == registers.Given(serial="CE-0000-0000-0", state="issued")
    assert (tomasz.lessons_done, tomasz.statements, tomasz.certificate) == (0, frozenset(), None)
    assert tomasz.best == {"one": Best(percent=100, passed=True)}


@pytest.mark.parametrize("size", [1, 12])
def test_a_page_is_one_statement_however_many_are_on_it(
    site: Site, session: Session, size: int
) -> None:
    cohort = site.cohort(session)
    for number in range(12):
        site.enroll(session, site.person(session, f"Person {number:02}"), cohort.id)
    with site.statements() as seen:
        page = registers.page(session, cohort.id, size=size)
    assert len(page.rows) == size
    assert len(seen) == 1


def test_everyone_comes_once_and_in_order_when_a_register_is_exported(
    site: Site, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registers, "EXPORTED_AT_ONCE", 5)
    cohort, other = site.cohort(session), site.cohort(session)
    site.enroll(session, site.rosa, other.id)
    for number in reversed(range(13)):
        site.enroll(session, site.person(session, f"Person {number:02}"), cohort.id)
    names = [entry.legal_name for entry in registers.everyone(session, cohort.id)]
    assert names == [f"Person {number:02}" for number in range(13)]
    assert registers.sizes(session, [cohort.id, other.id]) == {cohort.id: 13, other.id: 1}


def test_an_empty_register_is_an_empty_page(site: Site, session: Session) -> None:
    assert registers.page(session, site.cohort(session).id) == registers.paging.Page((), None)


def test_a_cohort_is_changed_closed_and_listed_newest_first(site: Site, session: Session) -> None:
    first, second = site.cohort(session), site.cohort(session)
    cohorts.change(session, first.id, name="Spring", starts_on=first.starts_on, ends_on=None)
    cohorts.close(session, first.id, now=NOW)
    listed = cohorts.page(session).rows
    assert [one.id for one in listed] == [second.id, first.id]
    assert (listed[1].name, listed[1].closed_at) == ("Spring", NOW)


def test_the_journal_can_be_read_by_subject_and_by_actor(site: Site, session: Session) -> None:
    for action, actor_id in (("joined", site.rosa.id), ("left", None)):
        journal.write(
            session,
            action=action,
            subject=("cohort", 7),
            actor_id=actor_id,
            now=NOW,
            details={"by": "link"},
        )
    (entry,) = journal.page(session, actor_id=site.rosa.id).rows
    assert (entry.actor_name, entry.subject) == ("Rosa Ñandú", ("cohort", "7"))
    assert entry.details == {"by": "link"}
    assert len(journal.page(session, subject=("cohort", 7)).rows) == 2
    assert journal.page(session, subject=("person", 7)).rows == ()
