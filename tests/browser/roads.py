"""What a trainee does in a browser, on the sample course with one question of every kind."""

from playwright.sync_api import Page, expect

from tests.servers import PASSWORD

COURSE = "/courses/first-steps"
CHOSEN = {"first": ["Listening"], "ways": ["Nodding", "Waiting"], "dose": ["REDIRECT"]}
PICKED = {
    "match": {"Ear": "Hears", "Mouth": "Speaks"},
    "order": {"Greet": "1", "Listen": "2", "Thank": "3"},
}
WRITTEN = {"word": "listening", "ears": "2", "takeaway": "To wait a little longer."}


def sign_in(page: Page, address: str, email: str) -> None:
    """Sign in through the form."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in" not in url)


def begin_quiz(page: Page, address: str, email: str) -> str:
    """Sign in, begin the sample course and its quiz; return the address of the attempt."""
    sign_in(page, address, email)
    page.goto(f"{address}{COURSE}")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("link", name="Go on")).to_be_visible()
    page.goto(f"{address}{COURSE}/quizzes/hello")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/attempts/*")
    return page.url


def answer_quiz(page: Page) -> None:
    """Answer every question of the module's quiz, all of them right."""
    for question, labels in CHOSEN.items():
        for label in labels:
            page.locator(f"#question-{question}").get_by_label(label).check()
    for question, picks in PICKED.items():
        for line, pick in picks.items():
            page.locator(f"#question-{question}").get_by_label(line).select_option(label=pick)
    for question, words in WRITTEN.items():
        page.locator(f"[name=q-{question}]").fill(words)


def answer_exam(page: Page) -> None:
    """Answer whatever the exam has drawn: the right choice is always called Right."""
    right = page.get_by_label("Right", exact=True)
    expect(right).to_have_count(3)  # The page may still be on its way.
    for each in right.all():
        each.check()


def saved(page: Page, *, within: int = 15) -> None:
    """Wait until the page says that everything is saved, ``within`` so many seconds."""
    state = page.locator("[data-save-state]").first
    expect(state).to_contain_text("Saved", timeout=1000 * within)
