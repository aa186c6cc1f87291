"""Certificates: one for an enrollment, only when everything is done, for ever as printed."""

import hashlib

import pytest
from sqlalchemy.orm import Session

from course_engine.errors import Missing
from course_engine.records import certificate_events, certificates, issued
from course_engine.records.certificate_events import NotInForce, NotWithdrawn, Reason
from course_engine.records.certificates import Certificate, RequirementsOutstanding
from course_engine.records.enrollments import Enrollment
from course_engine.records.issued import Filters
from course_engine.records.people import Person
from tests.records.site import COURSE, NOW, Site, after, facts, finish

MISTAKE = Reason(reason_class="mistake", public_note="Printed by mistake.", private_note="Ticket 7")


def issue(session: Session, enrollment: Enrollment, number: int = 0) -> Certificate:
    return certificates.issue(
        session,
        enrollment,
        course=COURSE,
        facts=facts(number),
        pdf=f"%PDF {number}".encode(),
        now=NOW,
    )


def finished(site: Site, session: Session, person: Person | None = None) -> Enrollment:
    enrollment = site.enroll(session, person)
    finish(session, enrollment, person or site.rosa)
    return enrollment


def test_twenty_issues_at_once_leave_one_certificate_that_all_are_given(site: Site) -> None:
    with site.session() as session:
        enrollment = finished(site, session)
        session.commit()
    given = site.at_once(20, lambda session, number: issue(session, enrollment, number).serial)
    assert set(given) == {given[0]}
    with site.session() as session:
        (kept,) = certificates.of_person(session, site.rosa.id)
        assert kept.serial == given[0]
        assert len(certificate_events.of_certificate(session, kept.id)) == 1


def test_nothing_is_issued_while_something_is_left_to_do(site: Site, session: Session) -> None:
    enrollment = site.enroll(session)
    with pytest.raises(RequirementsOutstanding) as refused:
        issue(session, enrollment)
    assert len(refused.value.outstanding) == 7
    assert "Closing exam" in str(refused.value)
    assert certificates.of_person(session, site.rosa.id) == ()


def test_a_certificate_is_handed_out_byte_for_byte_as_it_was_printed(
    site: Site, session: Session
) -> None:
    certificate = issue(session, finished(site, session), 7)
    assert certificates.pdf(session, certificate.id) == b"%PDF 7"
    assert certificate.pdf_sha256 == hashlib.sha256(b"%PDF 7").hexdigest()
    assert certificates.for_document(session, certificate.pdf_sha256) == certificate
    assert certificate.facts["legal_name"] == "Rosa Ñandú"


def test_another_persons_certificate_is_missing(site: Site, session: Session) -> None:
    certificate = issue(session, finished(site, session))
    assert certificates.find(session, certificate.serial, for_person=site.rosa.id) == certificate
    assert certificates.for_staff(session, certificate.serial) == certificate
    with pytest.raises(Missing):
        certificates.find(session, certificate.serial, for_person=site.tomasz.id)
    with pytest.raises(Missing):
        certificates.for_staff(session, "CE-0000")


@pytest.mark.parametrize(
    ("serial", "code"),
    [
        ("CE-0000-0000-0", "code-1"),
        ("CE-0000-0000-0", ""),
        ("CE-0000-0000-0", "çode-0"),
        ("CE-9999-9999-9", "code-0"),
    ],
)
def test_a_stranger_needs_the_serial_and_its_code(
    site: Site, session: Session, serial: str, code: str
) -> None:
    certificate = issue(session, finished(site, session))
    assert certificates.for_verification(session, "CE-0000-0000-0", "code-0") == certificate
    assert certificates.for_verification(session, serial, code) is None


def test_a_certificate_is_withdrawn_and_restored_with_reasons_that_stay(
    site: Site, session: Session
) -> None:
    certificate = issue(session, finished(site, session))
    by = {"actor_id": site.coordinator.id, "reason": MISTAKE}
    certificate_events.withdraw(session, certificate.id, **by, now=after(1))
    with pytest.raises(NotInForce):
        certificate_events.withdraw(session, certificate.id, **by, now=after(2))
    certificate_events.restore(session, certificate.id, **by, now=after(3))
    with pytest.raises(NotWithdrawn):
        certificate_events.restore(session, certificate.id, **by, now=after(4))
    happened = certificate_events.of_certificate(session, certificate.id)
    assert [(event.kind, event.actor_name) for event in happened] == [
        ("issued", None),
        ("withdrawn", "Denise Fox"),
        ("restored", "Denise Fox"),
    ]
    assert happened[1].private_note == "Ticket 7"


def test_a_withdrawn_certificate_is_not_issued_again(site: Site, session: Session) -> None:
    enrollment = finished(site, session)
    first = issue(session, enrollment)
    certificate_events.withdraw(
        session, first.id, reason=MISTAKE, actor_id=site.coordinator.id, now=NOW
    )
    again = issue(session, enrollment, 1)
    assert (again.serial, again.state) == (first.serial, "withdrawn")


def test_certificates_are_listed_by_any_filter_newest_first(site: Site, session: Session) -> None:
    cohort = site.cohort(session)
    first = issue(session, finished(site, session), 1)
    site.enroll(session, site.tomasz, cohort.id)
    second = issue(session, finished(site, session, site.tomasz), 2)
    certificate_events.withdraw(
        session, first.id, reason=MISTAKE, actor_id=site.coordinator.id, now=NOW
    )

    def serials(**filters: object) -> list[str]:
        asked = Filters(**filters)  # type: ignore[arg-type]
        return [one.serial for one in issued.page(session, asked).rows]

    assert serials() == [second.serial, first.serial]
    assert serials(cohort=cohort.id) == [second.serial]
    assert serials(state="withdrawn") == [first.serial]
    assert serials(course="other") == []
    assert serials(search="ñANDÚ") == [second.serial, first.serial]
    assert serials(search="0000-2") == [second.serial]
    in_force = issued.in_force(session, Filters(cohort=cohort.id), size=1)
    assert [one.serial for one in in_force] == [second.serial]
