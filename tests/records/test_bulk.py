"""Jobs for many certificates, and what is sent once."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import bulk, certificate_events, certificates, enrollments, sendings
from course_engine.records.bulk import Job
from course_engine.records.certificate_events import Reason
from course_engine.records.issued import Filters
from tests.records.site import COURSE, NOW, Site, facts, finish


def group(site: Site, session: Session) -> int:
    """A cohort of three, of whom the first has a certificate and the last left."""
    cohort = site.cohort(session)
    for number, name in enumerate(("Maya", "Noor", "Zoe")):
        person = site.person(session, name)
        enrollment = site.enroll(session, person, cohort.id)
        if name == "Maya":
            finish(session, enrollment, person)
            certificates.issue(
                session,
                enrollment,
                course=COURSE,
                facts=facts(number, name),
                pdf=b"%PDF",
                now=NOW,
            )
        if name == "Zoe":
            enrollments.withdraw(session, enrollment.id, now=NOW)
    return cohort.id


def issue_for(site: Site, session: Session, cohort: int | None) -> Job:
    return bulk.ask_to_issue(
        session,
        cohort_id=cohort,
        course_slug=COURSE.slug,
        asked_by=site.coordinator.id,
        now=NOW,
    )


def test_a_job_has_a_line_for_each_person_who_is_there(site: Site, session: Session) -> None:
    job = issue_for(site, session, group(site, session))
    results = bulk.results(session, job.id).rows
    assert [(one.legal_name, one.outcome) for one in results] == [
        ("Maya", "present"),
        ("Noor", None),
    ]
    assert results[0].serial == "CE-0000-0000-0"
    assert bulk.counts(session, job.id) == {"present": 1, None: 1}


def test_lines_are_done_once_and_the_first_word_stands(site: Site, session: Session) -> None:
    job = issue_for(site, session, group(site, session))
    (line,) = bulk.lines_to_do(session, job.id, most=9)
    bulk.done(session, line.id, "unfinished", detail=("Closing exam",))
    bulk.done(session, line.id, "failed")
    assert bulk.lines_to_do(session, job.id, most=9) == ()
    (told,) = bulk.results(session, job.id, outcome="unfinished").rows
    assert told.detail == ("Closing exam",)


def test_jobs_are_done_in_the_order_of_asking(site: Site, session: Session) -> None:
    cohort = group(site, session)
    first, second = issue_for(site, session, cohort), issue_for(site, session, None)
    assert bulk.waiting(session) == first
    assert bulk.finish(session, first.id, now=NOW)
    assert not bulk.finish(session, first.id, now=NOW)
    assert bulk.waiting(session) == second
    assert [one.id for one in bulk.page(session).rows] == [second.id, first.id]
    assert bulk.find(session, first.id).finished_at == NOW
    with pytest.raises(Missing):
        bulk.find(session, 99)


def test_only_what_is_in_force_is_issued_anew(site: Site, session: Session) -> None:
    cohort = group(site, session)
    told = {"reason": Reason(reason_class="new-key"), "asked_by": site.coordinator.id, "now": NOW}
    job = bulk.ask_to_reissue(session, Filters(cohort=cohort), **told)  # type: ignore[arg-type]
    (line,) = bulk.lines_to_do(session, job.id, most=9)
    assert line.certificate_id is not None
    assert Reason(**job.reason) == Reason(reason_class="new-key")
    certificate_events.withdraw(
        session,
        line.certificate_id,
        reason=Reason(),
        actor_id=site.coordinator.id,
        now=NOW,
    )
    again = bulk.ask_to_reissue(session, Filters(search="maya"), **told)  # type: ignore[arg-type]
    assert bulk.lines_to_do(session, again.id, most=9) == ()


def test_what_is_sent_is_claimed_once_and_taken_up_again_after_an_hour(session: Session) -> None:
    later = NOW + timedelta(hours=1)
    assert sendings.claim(session, "renewal", "7", now=NOW)
    assert not sendings.claim(session, "renewal", "7", now=NOW + timedelta(minutes=59))
    assert sendings.claim(session, "renewal", "8", now=NOW)
    assert sendings.claim(session, "renewal", "7", now=later)
    sendings.sent(session, "renewal", "7", now=later)
    assert not sendings.claim(session, "renewal", "7", now=later + timedelta(days=9))


def test_of_twenty_who_claim_at_once_one_sends(site: Site) -> None:
    claims = site.at_once(
        20, lambda session, _number: sendings.claim(session, "ledger-head", "day", now=NOW)
    )
    assert sorted(map(bool, claims)) == [False] * 19 + [True]


def test_certificates_that_took_the_slow_way_are_counted(site: Site, session: Session) -> None:
    job = issue_for(site, session, group(site, session))
    (line,) = bulk.lines_to_do(session, job.id, most=9)
    assert bulk.printed_plainly(session, job.id) == 0
    bulk.done(session, line.id, "issued", detail=(bulk.PLAIN,))
    assert bulk.printed_plainly(session, job.id) == 1
