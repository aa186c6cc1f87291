"""Who accepts a certificate: said on its page by dated rules, and printed nowhere."""

from datetime import timedelta

import pytest
from flask import Flask

from course_engine.certificates.validity import Rule
from course_engine.records import certificates
from course_engine.web import renewing
from course_engine.web.database import db
from tests.pages.cohorts.crowds import open_cohort
from tests.pages.issued.given import certify
from tests.people import Persona


def address_of(app: Flask, serial: str) -> str:
    with app.app_context():
        return f"/v/{serial}/{certificates.for_staff(db.session, serial).code}"


@pytest.fixture
def serial(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    """A certificate of a site whose file has two rules, one of them long not checked."""
    with app.app_context():
        today = renewing.today()
    fresh = Rule(
        by="State Peer Board",
        rule="Section 4.2.",
        source="https://example.org/rules",
        checked=today,
        months=24,
    )
    old = Rule(
        by="County Office",
        rule="Notice 7.",
        source="https://example.org/notice",
        checked=today - timedelta(days=200),
    )
    site = app.extensions["site"].model_copy(update={"accepted_by": (fresh, old)})
    monkeypatch.setitem(app.extensions, "site", site)
    return certify(app, open_cohort(app), "Maya Lindqvist")


def test_the_page_says_who_accepts_it_until_when_and_how_that_is_known(
    app: Flask, nobody: Persona, serial: str
) -> None:
    page = nobody.read(address_of(app, serial))
    assert "State Peer Board accepts it until November 3, 2028." in page
    assert "Section 4.2." in page
    assert 'href="https://example.org/rules"' in page
    assert "County Office accepts it." in page
    assert page.count("Nobody has checked this for more than 180 days") == 1


def test_nobody_is_said_to_accept_what_is_not_in_force(
    app: Flask, denise: Persona, nobody: Persona, serial: str
) -> None:
    denise.post(f"/issued/{serial}/withdraw", {"reason": "fraud"})
    assert "State Peer Board" not in nobody.read(address_of(app, serial))
