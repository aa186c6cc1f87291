"""A timed attempt in a real browser: told in time, saved at the end, handed in by itself."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from course_engine.records import engine
from course_engine.web import clock
from tests.browser import roads
from tests.browsers import NewContext
from tests.servers import Server, sample_with_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("timed")]
WORD = "[name=q-word]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("site")
    curriculum = sample_with_every_kind(folder)
    quiz = curriculum / "first-steps" / "01-hello" / "quiz.md"
    words = quiz.read_text("utf-8").replace(
        "feedback: full", "feedback: full\ntime_limit: 5 minutes"
    )
    quiz.write_text(words, "utf-8")
    server = Server(folder, curriculum=curriculum)
    server.settle("scripted@example.org", "plain@example.org")
    yield server.start()
    server.stop()


def leave(site: Server, seconds: int) -> None:
    """Leave open attempts so many seconds more."""
    prepared = engine.create(f"sqlite:///{site.instance / 'course-engine.db'}")
    with prepared.begin() as connection:
        until = (clock.now() + timedelta(seconds=seconds)).replace(tzinfo=None)
        moving = text("UPDATE attempt SET deadline_at = :until WHERE state = 'open'")
        connection.execute(moving, {"until": f"{until:%Y-%m-%d %H:%M:%S}.000000"})
    prepared.dispose()


def test_what_is_typed_in_the_last_seconds_is_saved_and_the_attempt_hands_itself_in(
    site: Server, context: NewContext
) -> None:
    page = context().new_page()
    attempt = roads.begin_quiz(page, site.address, "scripted@example.org")
    time = page.locator("[data-time]")
    expect(time).to_contain_text("left")
    leave(site, 67)
    page.reload()
    expect(time).to_contain_text("1:0")
    # Only what a person can reach by the keyboard alone is used from here on.
    spoken = page.locator(".deadline + [role=status]")
    expect(spoken).to_have_text("")
    expect(spoken).to_contain_text("left")
    leave(site, 9)
    page.reload()
    page.locator(WORD).focus()
    page.keyboard.type("listening")
    page.wait_for_url(f"{attempt}/result")
    expect(page.locator("main")).to_contain_text("The time was over")
    expect(page.locator("main")).to_contain_text("listening")


def test_without_scripts_the_time_left_is_said_and_late_answers_do_not_count(
    site: Server, context: NewContext
) -> None:
    page = context(java_script_enabled=False).new_page()
    attempt = roads.begin_quiz(page, site.address, "plain@example.org")
    expect(page.locator("[data-time]")).to_contain_text("minutes left")
    page.locator(WORD).fill("in time")
    page.locator(WORD).press("Enter")
    expect(page.locator(".flashes")).to_contain_text("saved")
    page.locator(WORD).fill("too late")
    leave(site, -5)
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url(f"{attempt}/result")
    expect(page.locator("main")).to_contain_text("in time")
    expect(page.locator("main")).not_to_contain_text("too late")
