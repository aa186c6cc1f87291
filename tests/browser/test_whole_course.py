"""From sign-in to a certificate that a stranger checks: plain, scripted, and by keyboard."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import keyboard, roads
from tests.browsers import NewContext
from tests.servers import PASSWORD, Server, sample_with_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("whole course")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("site")
    curriculum = sample_with_every_kind(folder)
    server = Server(folder, curriculum=curriculum)
    server.settle("ana@example.org", "ben@example.org", "kim@example.org")
    yield server.start()
    server.stop()


def take_course(page: Page, server: Server, email: str, *, scripted: bool) -> None:
    """Walk from the sign-in page to the end, always taking the step that the page offers."""
    main = page.get_by_role("main")
    roads.sign_in(page, server.address, email)
    main.get_by_role("link", name="First Steps").click()
    main.get_by_role("button", name="Begin this course").click()
    page.wait_for_url("**/courses/first-steps")
    main.get_by_role("link", name="Go on: Listening").click()

    expect(main.get_by_text("Mentions a hard week.")).to_be_visible()
    main.get_by_label("Listening").check()
    main.get_by_role("button", name="Look at the answer").click()
    expect(main.get_by_text("Yes. It comes first.")).to_be_visible()
    main.get_by_label("When did somebody listen to you?").fill("A neighbor, once.")
    if not scripted:
        main.get_by_role("button", name="Save").click()
    roads.saved(page)
    page.reload()
    expect(main.get_by_label("When did somebody")).to_have_value("A neighbor, once.")
    main.get_by_role("button", name="Done, go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Asking")
    main.get_by_role("button", name="Done, go on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Hello quiz")
    main.get_by_role("button", name="Begin").click()
    roads.answer_quiz(page)
    main.get_by_role("button", name="Hand in").click()
    expect(main.get_by_text("You reached 100%")).to_be_visible()
    main.get_by_role("link", name="Go on: Leaving").click()
    main.get_by_role("button", name="Done, go on").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Closing exam")
    main.get_by_role("button", name="Begin").click()
    roads.answer_exam(page)
    main.get_by_role("button", name="Hand in").click()
    expect(main.get_by_text("You reached 100%")).to_be_visible()
    main.get_by_role("link", name="Go on: A promise").click()


def sign_statement(page: Page, name: str) -> None:
    """Sign the statement, which is the last step, and go to the certificate."""
    main = page.get_by_role("main")
    expect(main.get_by_text("I will listen first.")).to_be_visible()
    main.get_by_role("textbox").fill(name)
    main.get_by_role("checkbox").check()
    main.get_by_role("button", name="Sign").click()
    page.wait_for_url(lambda url: "/statements/" not in url)
    main.get_by_role("link", name="See your certificate").click()


def download(page: Page) -> bytes:
    """Download the PDF from the page of a certificate."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the PDF").click()
    assert waiting.value.suggested_filename.endswith(".pdf")
    return waiting.value.path().read_bytes()


def check_as_a_stranger(stranger: BrowserContext, server: Server, page: Page, name: str) -> None:
    """Type number and code from the certificate into the public page, in another browser."""
    words = page.get_by_text("Number CE-").inner_text()
    printed = re.search(r"Number (\S+), code (.+)", words)
    assert printed, words
    public = stranger.new_page()
    public.goto(f"{server.address}/verify")
    public.get_by_role("textbox").first.fill(printed[1])
    public.get_by_role("textbox").last.fill(printed[2])
    public.get_by_role("button", name="Check", exact=True).click()
    expect(public.get_by_text("genuine and in force")).to_be_visible()
    stated = public.get_by_role("main")
    for fact in ("Hidden here", "First Steps", "Test Organization", printed[1]):
        expect(stated).to_contain_text(fact)
    expect(stated).not_to_contain_text(name)
    page.get_by_role("button", name="Show my name").click()
    expect(page.get_by_role("button", name="Hide my name")).to_be_visible()
    again = stranger.new_page()
    again.goto(public.url)
    expect(again.get_by_role("main")).to_contain_text(name)


@pytest.mark.parametrize(
    ("email", "name", "scripted"),
    [("ana@example.org", "Somebody ana", False), ("ben@example.org", "Somebody ben", True)],
    ids=["without scripts", "with scripts"],
)
def test_a_whole_course_is_passed(
    site: Server, context: NewContext, email: str, name: str, *, scripted: bool
) -> None:
    page = context(java_script_enabled=scripted).new_page()
    take_course(page, site, email, scripted=scripted)
    sign_statement(page, name)
    pdf = download(page)
    assert pdf.startswith(b"%PDF-")
    assert download(page) == pdf, "a certificate is stored once, and stays as it is"
    check_as_a_stranger(context(java_script_enabled=scripted), site, page, name)


def test_the_keyboard_alone_suffices(site: Server, context: NewContext) -> None:
    page = context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{site.address}/sign-in")
    keys = keyboard.Keyboard(page)

    keys.reach("a.skip")
    keys.press("Enter")
    keys.reach("#email")
    keys.write("kim@example.org")
    keys.reach("#password")
    keys.write(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/courses")
    keys.follow("First Steps")
    keys.follow("Begin this course")
    keys.follow("Go on: Listening")

    keys.choose("input[type=radio]", "Listening")
    keys.follow("Look at the answer", stays=True)
    expect(page.get_by_text("Yes. It comes first.")).to_be_visible()
    keys.reach("textarea")
    keys.write("A neighbor, once.")
    roads.saved(page)
    keys.follow("Done, go on")
    keys.follow("Done, go on")
    keys.follow("Begin")
    page.wait_for_url("**/attempts/*")

    # Questions are met in the order of the page: nobody should have to go back.
    for question in page.locator("fieldset.question").all():
        answer_by_keyboard(keys, str(question.get_attribute("id")).removeprefix("question-"))
    keys.follow("Hand in")
    expect(page.get_by_text("You reached 100%")).to_be_visible()


def answer_by_keyboard(keys: keyboard.Keyboard, question: str) -> None:
    """Answer one question of the quiz, all of it right."""
    fields = f"[name='q-{question}']"
    if question in roads.WRITTEN:
        keys.reach(fields)
        keys.write(roads.WRITTEN[question])
    elif question in roads.PICKED:
        picks = roads.PICKED[question]
        for _ in picks:
            keys.reach(fields, fresh=True)
            keys.pick(picks[keys.label()])
    elif question == "ways":
        for _ in range(3):
            keys.reach(fields, fresh=True)
            if keys.label() in roads.CHOSEN["ways"]:
                keys.press("Space")
    else:
        keys.choose(fields, roads.CHOSEN[question][0])
