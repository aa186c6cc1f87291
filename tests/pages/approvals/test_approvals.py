"""Approvals: recorded, ended, and what a course may give under them."""

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from course_engine.curriculum.course import CertificateRule
from course_engine.records import approvals, certificates, enrollments, journal, people
from course_engine.records.certificates import Certificate
from course_engine.web import approving, awaiting, catalog, issuing, making
from course_engine.web.approving import ApprovalLacking
from course_engine.web.database import db
from tests.pages.cohorts.crowds import NOW, go_on
from tests.people import Persona

TODAY = datetime.now(UTC).date()
SENT = {
    "course": "first-steps",
    "authority": "Example State Board",
    "number": "7-1234",
    "valid_from": (NOW - timedelta(days=3)).date().isoformat(),
    "valid_until": (TODAY + timedelta(days=30)).isoformat(),
    "languages": ["en"],
    "editions": "",
}


@pytest.fixture
def credential(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sample course give a credential, and print nothing while that is tried."""
    published = catalog.edition
    monkeypatch.setattr(
        catalog,
        "edition",
        lambda digest: dataclasses.replace(
            published(digest), certificate=CertificateRule(kind="credential")
        ),
    )
    made = making.Made(pdf=b"%PDF", credential=b"{}")
    monkeypatch.setattr(making, "make", lambda _facts, **_: made)


@pytest.fixture
def finished(app: Flask, rosa: Persona, credential: None) -> Callable[[], Certificate | None]:
    """Let Rosa finish the course; the function tells what she was given."""
    with app.app_context():
        enrollment = enrollments.enroll(
            db.session,
            person_id=rosa.id,
            course_slug="first-steps",
            edition_digest=catalog.digest_of("first-steps"),
            now=NOW - timedelta(days=2),
        )
        db.session.commit()
        go_on(people.find(db.session, rosa.id), enrollment, steps=99)
        db.session.commit()

    def given() -> Certificate | None:
        with app.app_context():
            return certificates.of_enrollment(db.session, enrollment.id, "credential")

    return given


def due(app: Flask, persona: Persona) -> None:
    """Ask for the certificate, as pages do after each step."""
    with app.test_request_context(), app.app_context():
        mine = enrollments.of_person(db.session, persona.id)[0]
        with pytest.raises(ApprovalLacking, match="no approval is recorded"):
            issuing.put(issuing.ready(mine))


def test_an_approval_is_recorded_journaled_and_shown(
    harold: Persona, denise: Persona, app: Flask
) -> None:
    answer = harold.post("/approvals", SENT)
    assert answer.status_code == 303
    page = denise.read(answer.location)
    assert "Example State Board" in page
    assert "In force" in page
    assert "7-1234" in denise.read("/approvals")
    with app.app_context():
        (entry,) = journal.page(db.session, action="approval.recorded").rows
    assert entry.actor_name == "Harold"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"authority": ""}, "fill this in"),
        ({"valid_until": SENT["valid_from"].replace("20", "19", 1)}, "before the first"),
        ({"languages": []}, "at least one language"),
        ({"editions": "feedbeef"}, "no such edition: feedbeef"),
        ({"course": "no-such-course"}, "alid choice"),
    ],
)
def test_a_form_with_a_fault_says_which(
    harold: Persona, changed: dict[str, object], said: str
) -> None:
    answer = harold.post("/approvals", SENT | changed)
    assert answer.status_code == 422
    assert said in answer.text


def test_coordinators_read_and_only_administrators_record_and_end(
    nobody: Persona, rosa: Persona, denise: Persona, harold: Persona
) -> None:
    made = harold.post("/approvals", SENT).location
    assert nobody.get("/approvals").status_code == 303
    assert rosa.get("/approvals").status_code == 403
    assert denise.get("/approvals/new").status_code == 403
    assert denise.post("/approvals", SENT).status_code == 403
    assert denise.post(f"{made}/end", {"ended_on": TODAY.isoformat()}).status_code == 403
    assert harold.get(f"{made}/end").status_code == 405


def test_an_approval_ends_once_and_is_never_edited(harold: Persona, app: Flask) -> None:
    made = harold.post("/approvals", SENT).location
    assert harold.post(f"{made}/end", {"ended_on": ""}).status_code == 422
    assert harold.post(f"{made}/end", {"ended_on": TODAY.isoformat()}).status_code == 303
    assert "Ended" in harold.read(made)
    assert harold.post(f"{made}/end", {"ended_on": TODAY.isoformat()}).status_code == 409
    for change in ("UPDATE approval SET number = 'x'", "DELETE FROM approval"):
        with app.app_context(), pytest.raises(Exception, match="never"):
            db.session.execute(text(change))


def test_an_approval_holds_on_its_days_for_its_editions_and_languages() -> None:
    one = approvals.Approval(
        1, "c", "A", "7", ["abc"], ["en"], TODAY, TODAY + timedelta(days=9), datetime.now(UTC),
        "Harold", TODAY + timedelta(days=5),
    )  # fmt: skip
    held = [one.holds_on(TODAY + timedelta(days=after)) for after in (-1, 0, 4, 5, 9)]
    assert held == [False, True, True, False, False]
    assert one.covers(edition="abc", language="en")
    assert not one.covers(edition="abd", language="en")
    assert not one.covers(edition="abc", language="es")


def test_without_an_approval_nothing_is_issued_and_everybody_is_told_once(
    app: Flask, rosa: Persona, denise: Persona, finished: Callable[[], Certificate | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    sent: list[str] = []
    monkeypatch.setattr(approving.mail, "send", lambda mail: sent.append(mail.to) or True)
    due(app, rosa)
    due(app, rosa)
    assert finished() is None
    assert sent == [denise.known.email] if denise.known else sent
    page = denise.read("/approvals")
    assert "1 person has finished" in page
    answer = rosa.post("/courses/first-steps/certificate")
    assert answer.status_code == 409
    assert "The coordinators have been told" in answer.text
    left = rosa.read("/courses/first-steps/left")
    assert "Your credential waits for an approval" in left
    assert "Get my certificate" not in left


def test_the_credential_is_issued_once_its_approval_is_recorded(
    app: Flask, rosa: Persona, harold: Persona, finished: Callable[[], Certificate | None]
) -> None:
    due(app, rosa)
    with app.test_request_context(), app.app_context():
        assert awaiting.issue_waiting() is False
    assert finished() is None
    harold.post("/approvals", SENT)
    with app.test_request_context(), app.app_context():
        awaiting.issue_waiting()
    given = finished()
    assert given is not None
    assert given.facts["approval"] == {"authority": "Example State Board", "number": "7-1234"}
    assert "1 person" not in harold.read("/approvals")


def test_an_approval_of_other_days_or_languages_does_not_help(
    app: Flask, rosa: Persona, harold: Persona, finished: Callable[[], Certificate | None]
) -> None:
    early = {
        "valid_from": (NOW - timedelta(days=60)).date().isoformat(),
        "valid_until": (NOW - timedelta(days=1)).date().isoformat(),
    }
    harold.post("/approvals", SENT | early)
    due(app, rosa)
    assert finished() is None
