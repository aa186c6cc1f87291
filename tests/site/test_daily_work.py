"""What the clerk sends by itself: the daily head of the ledger, one reminder of each renewal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from course_engine.cli import main
from course_engine.curriculum.course import Course, RenewalRule
from course_engine.records import certificates, people
from course_engine.web import catalog, ledger, mail, making, renewing
from course_engine.web.database import db
from course_engine.web.renewing import Round
from tests.pages.cohorts.crowds import open_cohort
from tests.pages.issued.given import certify
from tests.people import Persona

DUE = datetime(2028, 11, 3, 12, tzinfo=UTC)
Setting = Callable[[datetime], None]


@pytest.fixture
def it_is(monkeypatch: pytest.MonkeyPatch) -> Setting:
    """Set the clock of the clerk's tasks."""

    def at(moment: datetime) -> None:
        monkeypatch.setattr(ledger, "now", lambda: moment)
        monkeypatch.setattr(renewing, "now", lambda: moment)

    return at


@pytest.fixture
def renewed_after_two_years(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the sample course ask for renewal, as its authors would in its head."""
    rule = RenewalRule(after_months=24, needs=("An hour of ethics", "first-steps"), remind_days=90)
    plain = catalog.course

    def course(slug: str) -> Course:
        found = plain(slug)
        return replace(found, certificate=replace(found.certificate, renewal=rule))

    monkeypatch.setattr(catalog, "course", course)
    monkeypatch.setattr(catalog, "courses", lambda: (course("first-steps"),))


def sent(app: Flask, kind: str) -> list[Message]:
    folder: Path = app.extensions["settings"].outbox
    found = sorted(folder.glob(f"{kind}-*.eml")) if folder.is_dir() else []
    return [message_from_bytes(path.read_bytes(), policy=default) for path in found]


def text_of(message: Message) -> str:
    return str(message.get_content())  # type: ignore[attr-defined]


def go_around(app: Flask) -> None:
    with app.app_context():
        walk = Round()
        while walk.go_on():
            pass


def test_the_holder_is_reminded_once_in_good_time(
    app: Flask, it_is: Setting, renewed_after_two_years: None
) -> None:
    certify(app, open_cohort(app), "Maya Lindqvist")
    for days in (91, 90, 60, 0, -1):
        it_is(DUE - timedelta(days=days))
        go_around(app)
        assert len(sent(app, "renewal")) == (0 if days == 91 else 1)
    (reminder,) = sent(app, "renewal")
    text = text_of(reminder)
    assert "Maya Lindqvist" in text
    assert "by November 3, 2028" in text
    assert "- An hour of ethics\n- First Steps" in text
    assert "http://localhost/certificates" in text


def test_nobody_is_reminded_after_the_day(
    app: Flask, it_is: Setting, renewed_after_two_years: None
) -> None:
    certify(app, open_cohort(app), "Maya Lindqvist")
    it_is(DUE + timedelta(days=1))
    go_around(app)
    assert sent(app, "renewal") == []


def test_what_is_withdrawn_or_whose_account_is_closed_is_not_reminded_of(
    app: Flask, denise: Persona, it_is: Setting, renewed_after_two_years: None
) -> None:
    cohort = open_cohort(app)
    maya, zoe = certify(app, cohort, "Maya Lindqvist"), certify(app, cohort, "Zoe Ek")
    denise.post(f"/issued/{maya}/withdraw", {"reason": "fraud"})
    with app.app_context():
        person = certificates.for_staff(db.session, zoe).person_id
        people.close(db.session, person, now=DUE)
        db.session.commit()
    it_is(DUE)
    go_around(app)
    assert sent(app, "renewal") == []


@pytest.mark.usefixtures("renewed_after_two_years")
def test_a_new_number_is_no_new_renewal(
    app: Flask, denise: Persona, it_is: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "course_engine.web.making.make",
        lambda facts, **_more: making.Made(pdf=facts.serial.encode(), credential=b"{}"),
    )
    serial = certify(app, open_cohort(app), "Maya Lindqvist")
    it_is(DUE)
    go_around(app)
    assert denise.post(f"/issued/{serial}/reissue", {"reason": "new-key"}).status_code == 303
    go_around(app)
    assert len(sent(app, "renewal")) == 1


def test_a_mail_that_did_not_go_is_tried_again_after_an_hour(
    app: Flask,
    it_is: Setting,
    renewed_after_two_years: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    certify(app, open_cohort(app), "Maya Lindqvist")
    it_is(DUE - timedelta(days=9))
    with monkeypatch.context() as broken:
        broken.setattr(mail, "send", lambda _mail: False)
        go_around(app)
    go_around(app)
    assert sent(app, "renewal") == [], "who claimed it may be sending it right now"
    it_is(DUE - timedelta(days=8))
    go_around(app)
    assert len(sent(app, "renewal")) == 1


@pytest.mark.usefixtures("renewed_after_two_years")
def test_holder_and_staff_see_by_when_to_renew(app: Flask, denise: Persona) -> None:
    serial = certify(app, open_cohort(app), "Maya Lindqvist")
    page = denise.read(f"/issued/{serial}")
    assert "To be renewed by November 3, 2028" in page
    assert "An hour of ethics" in page


def test_the_head_of_the_ledger_is_mailed_once_a_day(
    app: Flask, it_is: Setting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = app.extensions["site"]
    told = site.model_copy(update={"ledger_to": "board@example.org"})
    monkeypatch.setitem(app.extensions, "site", told)
    noon = datetime(2026, 11, 22, 17, tzinfo=UTC)
    it_is(noon)

    def mail_head() -> None:
        with app.app_context():
            ledger.mail_head()

    mail_head()
    assert sent(app, "ledger-head") == [], "an empty ledger has no head"
    certify(app, open_cohort(app), "Maya Lindqvist")
    for hours in (0, 1, 5, 24):
        it_is(noon + timedelta(hours=hours))
        mail_head()
    first, second = sent(app, "ledger-head")
    assert {first["To"], second["To"]} == {"board@example.org"}
    kept = tmp_path / "head.txt"
    kept.write_text(text_of(first), encoding="utf-8")
    settings = app.extensions["settings"]
    monkeypatch.setenv("COURSE_ENGINE_INSTANCE", str(settings.instance))
    monkeypatch.setenv("COURSE_ENGINE_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("COURSE_ENGINE_SITE", str(settings.site_file))
    checked = CliRunner().invoke(main, ["ledger", "check", "--against", str(kept)])
    assert checked.exit_code == 0, checked.output
    assert "1 entries, and everything agrees with them. It agrees with the head" in checked.output
    printed = CliRunner().invoke(main, ["ledger", "head"])
    assert printed.output.splitlines()[2] == "Number: 1"
    kept.write_text(text_of(first).replace("Number: 1", "Number: 2"), encoding="utf-8")
    broken = CliRunner().invoke(main, ["ledger", "check", "--against", str(kept)])
    assert broken.exit_code == 1
    assert "The first broken number is 2." in broken.output
    kept.write_text("nothing", encoding="utf-8")
    assert CliRunner().invoke(main, ["ledger", "check", "--against", str(kept)]).exit_code == 2
