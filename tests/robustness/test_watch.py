"""``serve --watch``: a saved file is in the open page at once, or what is wrong with it is."""

import shutil
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import looking, roads
from tests.browsers import NewContext
from tests.servers import SAMPLE, Server

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("watch")]
WRITER = "writer@example.org"
COURSE = "course.md"
LESSON = "01-hello/02-asking.md"
SUMMARY = "A small course for tests."
AT_WORK = "The watcher is at work."
SENTENCE = "Ask before you share."


@dataclass(frozen=True, kw_only=True)
class Desk:
    """An author's desk: the files of two courses, and the site that watches them."""

    server: Server
    curriculum: Path

    def change(self, course: str, file: str, before: str, after: str) -> float:
        """Change a file and save it as editors do; return the moment when it was saved."""
        path = self.curriculum / course / file
        text = path.read_text(encoding="utf-8")
        assert before in text
        draft = path.with_suffix(".new")
        draft.write_text(text.replace(before, after), encoding="utf-8")
        draft.replace(path)
        return time.monotonic()

    def wait_for_watcher(self) -> None:
        """Change a course, and back, until each is shown: what changes before is not seen."""
        path = self.curriculum / "second-steps" / COURSE
        until = time.monotonic() + 60
        for before, after in ((SUMMARY, AT_WORK), (AT_WORK, SUMMARY)):
            self.change("second-steps", COURSE, before, after)
            while (AT_WORK in self._front_page()) != (after == AT_WORK):
                assert time.monotonic() < until, self.server.log()[-4000:]
                time.sleep(0.2)
                path.touch()

    def _front_page(self) -> str:
        with urllib.request.urlopen(self.server.address) as answer:
            return str(answer.read(), "utf-8")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    curriculum = tmp_path / "curriculum"
    shutil.copytree(SAMPLE, curriculum)
    for file in (curriculum / "first-steps", curriculum / "second-steps"):
        shutil.copytree(SAMPLE / "first-steps", file, dirs_exist_ok=True)
    second = curriculum / "second-steps" / COURSE
    second.write_text(second.read_text(encoding="utf-8").replace("First", "Second"), "utf-8")
    server = Server(tmp_path, arguments=("--watch",), curriculum=curriculum)
    server.settle(WRITER, roles=("trainee", "author"))
    made = Desk(server=server.start(), curriculum=curriculum)
    made.wait_for_watcher()
    yield made
    server.stop()


def seen(page: Page, words: str, since: float) -> None:
    """Wait until the open page shows these words by itself; how quickly is for the benchmark."""
    page.get_by_text(words).first.wait_for()
    took = time.monotonic() - since
    print(f"“{words}” was seen after {took:.2f} seconds")  # noqa: T201 - told with -s


def test_a_saved_lesson_is_in_the_open_page_at_once(desk: Desk, context: NewContext) -> None:
    page = context().new_page()
    roads.sign_in(page, desk.server.address, WRITER)
    page.goto(f"{desk.server.address}/authoring/first-steps/preview/hello/asking")
    page.get_by_text(SENTENCE).wait_for()
    saved = desk.change("first-steps", LESSON, SENTENCE, "Ask first, and wait for a yes.")
    seen(page, "Ask first, and wait for a yes.", saved)


def test_what_everybody_sees_changes_with_the_file(desk: Desk, context: NewContext) -> None:
    page = context().new_page()
    page.goto(desk.server.address)
    page.get_by_text(SUMMARY).first.wait_for()
    saved = desk.change("first-steps", COURSE, SUMMARY, "A course that was changed.")
    seen(page, "A course that was changed.", saved)


def test_a_broken_file_shows_its_problems_and_the_last_edition_is_served(
    desk: Desk, context: NewContext
) -> None:
    page = context().new_page()
    roads.sign_in(page, desk.server.address, WRITER)
    address = f"{desk.server.address}/courses/first-steps"
    page.goto(address)
    heard = looking.listen(page)
    broken = desk.change("first-steps", COURSE, "minutes:", "minuts:")
    seen(page, "First Steps: ", broken)
    expect(page.get_by_role("heading", level=1)).to_have_text("First Steps")
    expect(page.get_by_text("About 30 minutes in all")).to_be_visible()
    assert looking.faults(page) + heard == []

    page.get_by_role("link", name="See what to mend in First Steps").click()
    expect(page.get_by_role("main")).to_contain_text('Did you mean "minutes"?')

    page.goto(f"{desk.server.address}/courses/second-steps")
    saved = desk.change("second-steps", COURSE, SUMMARY, "The other course goes on.")
    seen(page, "The other course goes on.", saved)

    page.goto(address)
    mended = desk.change("first-steps", COURSE, "minuts: 30", "minutes: 45")
    seen(page, "About 45 minutes in all", mended)
    expect(page.get_by_label("Problems in the files")).to_have_count(0)


def test_bytes_that_mean_nothing_stop_neither_the_watching_nor_the_site(
    desk: Desk, context: NewContext
) -> None:
    page = context().new_page()
    page.goto(desk.server.address)
    lesson = desk.curriculum / "first-steps" / LESSON
    kept = lesson.read_bytes()
    lesson.write_bytes(b"---\n\xff\x00\xfe: [\n")
    seen(page, "First Steps: ", time.monotonic())
    shutil.rmtree(desk.curriculum / "second-steps")
    lesson.write_bytes(kept)
    saved = desk.change("first-steps", COURSE, SUMMARY, "Whole again.")
    seen(page, "Whole again.", saved)
