"""The demo site and every other site stay apart, in both directions."""

from pathlib import Path

import pytest
from flask import Flask

from course_engine import demo
from course_engine.app import create_app
from course_engine.records import people, schema
from course_engine.web import publishing
from course_engine.web.database import db
from tests.conftest import SAMPLE, settings_for


@pytest.fixture
def empty(tmp_path: Path) -> Flask:
    """A site that nobody has used."""
    settings = settings_for(tmp_path, demo=True)
    schema.upgrade(settings.database_url)
    return create_app(settings)


def test_a_real_site_has_no_demo_people_and_cannot_become_a_demo(app: Flask) -> None:
    with app.app_context():
        for somebody in demo.PEOPLE:
            assert people.by_email(db.session, somebody.email) is None
        demo.insist_on_kind(is_demo=False)
        with pytest.raises(demo.WrongKindOfSite, match="real site"):
            demo.insist_on_kind(is_demo=True)


def test_a_demo_database_is_refused_by_a_real_site(
    empty: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "COURSE", "first-steps")
    with empty.app_context():
        demo.insist_on_kind(is_demo=True)
        publishing.publish(SAMPLE)
        demo.settle()
        demo.settle()
        with pytest.raises(demo.WrongKindOfSite, match="demo site"):
            demo.insist_on_kind(is_demo=False)
        demo.insist_on_kind(is_demo=True)
        assert len(people.page(db.session).rows) == len(demo.PEOPLE)


def test_a_demo_site_says_so_on_every_page(empty: Flask, app: Flask) -> None:
    for address in ("/", "/sign-in", "/nowhere", "/verify"):
        assert "demo site" in empty.test_client().get(address).get_data(as_text=True).lower()
        assert "demo site" not in app.test_client().get(address).get_data(as_text=True).lower()
