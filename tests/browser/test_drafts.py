"""What is written is kept: by itself, in two tabs, signed out, without a server, over a break."""

import re
from collections.abc import Iterator
from itertools import count

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import roads
from tests.browsers import NewContext
from tests.servers import PASSWORD, Server, sample_with_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("drafts")]
WORD = "[name=q-word]"
NUMBER = "[name=q-ears]"
STATE = "[data-save-state]"
PEOPLE = [f"person{number}@example.org" for number in range(12)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("site")
    server = Server(folder, curriculum=sample_with_every_kind(folder))
    server.settle(*PEOPLE)
    yield server.start()
    server.stop()


@pytest.fixture(scope="module")
def numbers() -> "count[int]":
    return count()


@pytest.fixture
def email(numbers: "count[int]") -> str:
    """The address of somebody who has done nothing here yet."""
    return PEOPLE[next(numbers)]


def clock_of(page: Page) -> str:
    found = re.search(r"Saved (\d.*)", page.locator(STATE).inner_text())
    assert found
    return found[1]


def test_an_answer_is_saved_by_itself_and_outlives_browser_and_server(
    site: Server, context: NewContext, email: str
) -> None:
    browser = context()
    page = browser.new_page()
    attempt = roads.begin_quiz(page, site.address, email)
    roads.answer_quiz(page)
    expect(page.locator("[data-answered-text]")).to_have_text("8")
    saves(page, attempt)
    browser.close()
    site.kill()
    site.start()
    page = context().new_page()
    roads.sign_in(page, site.address, email)
    page.goto(attempt)
    for question, labels in roads.CHOSEN.items():
        for label in labels:
            expect(page.locator(f"#question-{question}").get_by_label(label)).to_be_checked()
    for question, picks in roads.PICKED.items():
        for line, pick in picks.items():
            field = page.locator(f"#question-{question}").get_by_label(line)
            assert field.evaluate("field => field.selectedOptions[0].text") == pick
    for question, words in roads.WRITTEN.items():
        expect(page.locator(f"[name=q-{question}]")).to_have_value(words)
    assert clock_of(page)


def test_saved_is_said_only_after_the_server_has_answered(
    site: Server, context: NewContext, email: str
) -> None:
    page = context().new_page()
    roads.begin_quiz(page, site.address, email)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/save", hold)
    page.locator(WORD).fill("slowly")
    expect(page.locator(STATE)).to_contain_text("Saving")
    page.wait_for_timeout(500)
    assert "Saved" not in page.locator(STATE).inner_text()
    held[0].continue_()
    page.unroute("**/save")
    roads.saved(page)


def test_two_tabs_lose_nothing(site: Server, context: NewContext, email: str) -> None:
    browser = context()
    first = browser.new_page()
    attempt = roads.begin_quiz(first, site.address, email)
    ways = "#question-ways"
    for label in ("Nodding", "Interrupting"):
        first.locator(ways).get_by_label(label).check()
    saves(first, attempt)
    second = browser.new_page()
    second.goto(attempt)
    first.locator(ways).get_by_label("Interrupting").uncheck()
    first.locator(WORD).fill("from the first tab")
    first.locator(WORD).blur()
    saves(first, attempt)
    # The second tab still shows the box with its tick, and no word.
    second.locator(NUMBER).fill("2")
    second.locator(NUMBER).blur()
    saves(second, attempt)
    first.reload()
    expect(first.locator(WORD)).to_have_value("from the first tab")
    expect(first.locator(NUMBER)).to_have_value("2")
    expect(first.locator(ways).get_by_label("Nodding")).to_be_checked()
    expect(first.locator(ways).get_by_label("Interrupting")).not_to_be_checked()


def test_a_stale_tab_that_hands_in_keeps_what_the_other_tab_saved(
    site: Server, context: NewContext, email: str
) -> None:
    browser = context(java_script_enabled=False)
    first = browser.new_page()
    attempt = roads.begin_quiz(first, site.address, email)
    second = browser.new_page()
    second.goto(attempt)
    roads.answer_quiz(first)
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("Your answers are saved.")).to_be_visible()
    second.get_by_role("button", name="Hand in").click()
    expect(second.get_by_text("You reached 100%")).to_be_visible()


def test_signed_out_in_another_tab_what_was_written_stays_and_is_saved_after(
    site: Server, context: NewContext, email: str
) -> None:
    browser = context()
    page = browser.new_page()
    attempt = roads.begin_quiz(page, site.address, email)
    other = browser.new_page()
    other.goto(f"{site.address}/courses")
    other.locator(".menu summary").click()
    other.get_by_role("button", name="Sign out").click()
    expect(other.get_by_role("link", name="Sign in").first).to_be_visible()
    page.locator(WORD).fill("still here")
    page.locator(WORD).blur()
    expect(page.locator(STATE)).to_contain_text("You are signed out")
    expect(page.locator(WORD)).to_have_value("still here")
    with browser.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new tab").click()
    again = opened.value
    again.get_by_label("E-mail address").fill(email)
    again.get_by_label("Password", exact=True).fill(PASSWORD)
    again.get_by_role("main").get_by_role("button", name="Sign in").click()
    again.wait_for_url(lambda url: "/sign-in" not in url)
    page.bring_to_front()
    roads.saved(page, within=60)
    again.goto(attempt)
    expect(again.locator(WORD)).to_have_value("still here")


def test_while_the_server_is_down_the_page_says_so_and_saves_when_it_is_back(
    site: Server, context: NewContext, email: str
) -> None:
    page = context().new_page()
    attempt = roads.begin_quiz(page, site.address, email)
    site.kill()
    page.locator(WORD).fill("written into nothing")
    expect(page.locator(STATE)).to_contain_text("Not saved yet")
    site.start()
    roads.saved(page, within=60)
    page.goto(attempt)
    expect(page.locator(WORD)).to_have_value("written into nothing")


def test_what_could_not_be_saved_is_put_back_when_the_page_is_loaded_again(
    site: Server, context: NewContext, email: str
) -> None:
    page = context().new_page()
    roads.begin_quiz(page, site.address, email)
    page.route("**/save", lambda route: route.abort())
    page.locator(WORD).fill("not there yet")
    expect(page.locator(STATE)).to_contain_text("Not saved yet")
    page.on("dialog", lambda dialog: dialog.accept())
    page.unroute("**/save")
    page.reload()
    expect(page.locator(WORD)).to_have_value("not there yet")
    roads.saved(page)


@pytest.mark.parametrize("scripted", [False, True], ids=["by its button", "by itself"])
def test_a_break_loses_nothing(
    site: Server, context: NewContext, email: str, *, scripted: bool
) -> None:
    page = context(java_script_enabled=scripted).new_page()
    attempt = roads.begin_quiz(page, site.address, email)
    page.locator(WORD).fill("before the break")
    page.get_by_role("button", name="Take a break").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Take your time")
    page.get_by_role("link", name="Go back to where you were").click()
    page.wait_for_url(attempt)
    expect(page.locator(WORD)).to_have_value("before the break")
    lesson = f"{site.address}{roads.COURSE}/hello/listening"
    page.goto(lesson)
    page.get_by_label("When did somebody").fill("On a bench.")
    if not scripted:
        page.get_by_role("button", name="Save").click()
        roads.saved(page)
    page.get_by_role("link", name="Take a break").click()
    page.get_by_role("link", name="Go back to where you were").click()
    expect(page.get_by_label("When did somebody")).to_have_value("On a bench.")


@pytest.mark.parametrize("width", [1280, 320])
def test_no_button_moves_from_under_a_finger_while_answers_are_saved(
    site: Server, context: NewContext, email: str, width: int
) -> None:
    page = context(viewport={"width": width, "height": 800}).new_page()
    roads.begin_quiz(page, site.address, email)
    page.locator(WORD).fill("before the break")
    button = page.get_by_role("button", name="Take a break")
    button.hover()
    pressed = button.bounding_box()  # The pointer brought it into sight.
    page.mouse.down()
    roads.saved(page)
    assert button.bounding_box() == pressed
    page.mouse.up()
    expect(page.get_by_role("heading", level=1)).to_have_text("Take your time")


def saves(page: Page, attempt: str) -> None:
    """Wait until nothing of this page is left to be saved."""
    key = f"draft:{attempt[attempt.index('/attempts') :]}/save"
    page.wait_for_function("key => !sessionStorage.getItem(key)", arg=key)
    roads.saved(page)
