"""A new certificate in the place of another: a name changed, a design, a key, a grade."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from course_engine.certificates import facts as printed
from course_engine.records import (
    certificate_events,
    certificates,
    enrollments,
    journal,
    ledger_checking,
    people,
)
from course_engine.records.certificates import Certificate
from course_engine.web import clock, issuing
from course_engine.web.database import db
from tests.pages.cohorts.crowds import open_cohort
from tests.pages.issued.given import certify
from tests.people import Persona

pytestmark = pytest.mark.usefixtures("quick_press")
CHANGED = {"reason": "name-changed", "private_note": "Letter of May 2."}


@pytest.fixture
def serial(app: Flask) -> str:
    """The serial of Maya's certificate."""
    return certify(app, open_cohort(app), "Maya Lindqvist")


def stored(app: Flask, serial: str) -> Certificate:
    with app.app_context():
        return certificates.for_staff(db.session, serial)


def rename(app: Flask, serial: str, name: str) -> None:
    with app.app_context():
        person = certificates.for_staff(db.session, serial).person_id
        people.rename(db.session, person, legal_name=name, used_name=name)
        db.session.commit()


def reissue(app: Flask, denise: Persona, serial: str) -> Certificate:
    answer = denise.post(f"/issued/{serial}/reissue", CHANGED)
    assert answer.status_code == 303
    return stored(app, answer.location.rpartition("/")[2])


def test_the_page_shows_what_will_be_different_and_changes_nothing(
    app: Flask, denise: Persona, serial: str
) -> None:
    rename(app, serial, "Maya Ek")
    page = denise.read(f"/issued/{serial}/reissue")
    assert "Maya Lindqvist" in page
    assert "Maya Ek" in page
    assert stored(app, serial).state == "issued"


def test_staff_are_told_that_the_name_of_the_account_is_another_one(
    app: Flask, denise: Persona, serial: str
) -> None:
    told = "The legal name of the account is now another one"
    assert told not in denise.read(f"/issued/{serial}")
    rename(app, serial, "Maya Ek")
    assert told in denise.read(f"/issued/{serial}")


def test_a_new_name_gets_a_new_serial_and_keeps_the_days_of_learning(
    app: Flask, denise: Persona, serial: str
) -> None:
    rename(app, serial, "Maya Ek")
    new, old = reissue(app, denise, serial), stored(app, serial)
    assert (old.state, new.state) == ("superseded", "issued")
    assert new.serial != old.serial
    was, now = printed.from_document(old.facts), printed.from_document(new.facts)
    assert now.legal_name == "Maya Ek"
    assert now.issued_on == clock.now().date() or now.issued_on > was.issued_on
    kept = ("started_on", "completed_on", "minutes", "course_title", "edition", "kind")
    assert [getattr(now, name) for name in kept] == [getattr(was, name) for name in kept]
    with app.app_context():
        events = certificate_events.of_certificate(db.session, old.id)
        assert list(ledger_checking.faults(db.session)) == []
        entries = journal.page(db.session, subject=("certificate", old.serial)).rows
    assert [(one.kind, one.reason_class) for one in events][-1] == ("superseded", "name-changed")
    assert events[-1].private_note == "Letter of May 2."
    assert entries[0].action == "certificate.replaced"


def test_neither_public_page_reveals_the_other_name_or_serial(
    app: Flask, denise: Persona, nobody: Persona, serial: str
) -> None:
    rename(app, serial, "Maya Ek")
    new, old = reissue(app, denise, serial), stored(app, serial)
    before = nobody.read(f"/v/{old.serial}/{old.code}")
    after = nobody.read(f"/v/{new.serial}/{new.code}")
    assert "replaced" in before
    for secret in ("Maya Ek", new.serial, "name-changed", "The legal name changed", "Letter of"):
        assert secret not in before
    for secret in ("Lindqvist", old.serial):
        assert secret not in after
    for fact in ("November 3", "Lindqvist"):
        assert fact not in before, "it says that it was replaced, and nothing more"
    told = nobody.get(f"/v/{old.serial}/{old.code}.json").get_json()
    assert set(told) == {"verdict", "standing", "checkedAt", "serial"}


def test_staff_see_the_chain_on_both_pages(app: Flask, denise: Persona, serial: str) -> None:
    new = reissue(app, denise, serial)
    newest = reissue(app, denise, new.serial)
    for one in (serial, new.serial, newest.serial):
        page = denise.read(f"/issued/{one}")
        assert "One in the place of the other" in page
        assert all(other in page for other in (serial, new.serial, newest.serial))


def test_what_is_not_in_force_cannot_be_replaced(app: Flask, denise: Persona, serial: str) -> None:
    denise.post(f"/issued/{serial}/withdraw", {"reason": "fraud"})
    assert denise.get(f"/issued/{serial}/reissue").status_code == 409
    assert denise.post(f"/issued/{serial}/reissue", CHANGED).status_code == 409
    denise.post(f"/issued/{serial}/restore", {"note": "It was right."})
    reissue(app, denise, serial)
    assert denise.post(f"/issued/{serial}/reissue", CHANGED).status_code == 409
    assert denise.post(f"/issued/{serial}/withdraw", {"reason": "fraud"}).status_code == 409


def test_nothing_is_issued_anew_when_the_press_fails(
    app: Flask, denise: Persona, serial: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def jam(*_given: object, **_more: object) -> None:
        raise RuntimeError("the press is jammed")

    monkeypatch.setattr("course_engine.web.making.make", jam)
    assert denise.post(f"/issued/{serial}/reissue", CHANGED).status_code == 500
    assert stored(app, serial).state == "issued"


def test_the_function_for_repaired_grades_asks_the_requirements_again(
    app: Flask, serial: str, unmet: Callable[[], None]
) -> None:
    unmet()
    with app.app_context():
        enrollment = enrollments.for_staff(db.session, stored(app, serial).enrollment_id)
        reason = certificate_events.Reason(reason_class="grade-repaired")
        with pytest.raises(certificates.RequirementsOutstanding):
            issuing.replace(enrollment, reason)
        db.session.rollback()
    assert stored(app, serial).state == "issued"


@pytest.fixture
def unmet(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Make the evidence of everybody vanish, as a repaired grade may do to a part of it."""
    from course_engine.learning.evidence import Evidence  # noqa: PLC0415 - one test needs it
    from course_engine.records import evidence  # noqa: PLC0415 - as above

    def forget() -> None:
        monkeypatch.setattr(evidence, "collect", lambda *_given: replace(Evidence()))

    return forget


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"reason": "x"}, {"private_note": "x" * 2001}])
def test_a_reason_of_the_list_is_needed(
    app: Flask, denise: Persona, serial: str, wrong: dict[str, str]
) -> None:
    answer = denise.post(f"/issued/{serial}/reissue", CHANGED | wrong)
    assert answer.status_code == 422
    assert stored(app, serial).state == "issued"


def test_reissuing_is_for_coordinators(
    app: Flask, nobody: Persona, rosa: Persona, harold: Persona, serial: str
) -> None:
    assert nobody.get(f"/issued/{serial}/reissue").status_code == 303
    for other in (rosa, harold):
        assert other.get(f"/issued/{serial}/reissue").status_code == 403
        assert other.post(f"/issued/{serial}/reissue", CHANGED).status_code == 403
    assert stored(app, serial).state == "issued"
    assert re.match("CE-", serial)
