"""Every page, wide and narrow, light and dark: axe finds nothing, and nothing sticks out."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests import people
from tests.browser import looking
from tests.browser.furnished import TIRED, Furnished, furnish
from tests.people import AMARA, DENISE, HAROLD, IMANI, ROSA, TOMASZ, Known
from tests.servers import Server, sample_with_every_kind

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("accessibility")]

COURSE = "/courses/first-steps"
PREVIEW = "/authoring/first-steps/preview"


class Visit(NamedTuple):
    """One look at one page: who looks, where, and with which status it answers."""

    who: Known | None
    path: str
    status: int = 200


VISITS: dict[str, list[Visit]] = {
    "home.front": [Visit(None, "/")],
    "home.accessibility": [Visit(None, "/accessibility")],
    "home.take_a_break": [Visit(ROSA, f"/break?back={COURSE}")],
    "account.sign_in": [Visit(None, "/sign-in")],
    "account.account": [Visit(ROSA, "/account")],
    "account.forgotten": [Visit(None, "/password/forgotten")],
    "account.choose": [Visit(None, "/password/new/{reset}"), Visit(None, "/password/new/x", 409)],
    "account.invitation": [
        Visit(None, "/invitations/{invitation}"),
        Visit(None, "/invitations/mistyped", 409),
    ],
    "courses.index": [Visit(ROSA, "/courses"), Visit(AMARA, "/courses")],
    "courses.show": [Visit(ROSA, COURSE)],
    "courses.left": [Visit(ROSA, f"{COURSE}/left")],
    "lessons.show": [
        Visit(ROSA, f"{COURSE}/hello/listening"),
        Visit(ROSA, f"{COURSE}/goodbye/leaving"),
    ],
    "quizzes.show": [
        Visit(ROSA, f"{COURSE}/quizzes/hello"),
        Visit(TOMASZ, f"{COURSE}/quizzes/exam"),
    ],
    "quizzes.sit": [
        Visit(ROSA, "/attempts/{attempt}"),
        Visit(ROSA, "/attempts/{attempt}?look=again"),
        Visit(TOMASZ, "/attempts/{timed}"),
        Visit(ROSA, "/attempts/{paused}"),
    ],
    "quizzes.result": [
        Visit(TOMASZ, "/attempts/{missed}/result"),
        Visit(ROSA, "/attempts/{waiting}/result"),
        Visit(TOMASZ, "/attempts/{marked}/result"),
    ],
    "roleplays.show": [Visit(ROSA, "/courses/first-talk/roleplays/first-meeting")],
    "marking.index": [Visit(IMANI, "/marking")],
    "marking.show": [
        Visit(IMANI, "/marking/{roleplay}"),
        Visit(IMANI, "/marking/{rated}"),
        Visit(IMANI, "/marking/{settled}"),
    ],
    "marking.agreement": [Visit(DENISE, "/agreement")],
    "practice.show": [Visit(ROSA, f"{COURSE}/practice")],
    "practice.ask": [Visit(ROSA, f"{COURSE}/practice/next?topic=hello")],
    "practice.explain": [Visit(ROSA, f"{COURSE}/practice/answers/hello-practice-1?topic=hello")],
    "attestations.show": [Visit(ROSA, f"{COURSE}/statements/promise")],
    "certificates.mine": [Visit(ROSA, "/certificates"), Visit(TOMASZ, "/certificates")],
    "certificates.show": [
        Visit(ROSA, "/certificates/{serial}"),
        Visit(TOMASZ, "/certificates/{withdrawn}"),
    ],
    "receipts.show": [Visit(TOMASZ, "/attempts/{missed}/receipt")],
    "receipts.for_staff": [Visit(DENISE, "/receipts/{missed}")],
    "repairs.index": [Visit(DENISE, "/repairs")],
    "repairs.questions": [Visit(DENISE, "/repairs/first-steps/exam")],
    "repairs.show": [Visit(DENISE, "/repairs/first-steps/hello/first")],
    "repairs.done": [Visit(DENISE, "/repairs/{repair}")],
    "issuer.profile": [Visit(None, "/issuer")],
    "verification.ask": [Visit(None, "/verify")],
    "verification.show": [
        Visit(None, "/v/{serial}/{code}"),
        Visit(None, "/v/{withdrawn}/{withdrawn_code}"),
        Visit(None, "/v/{serial}/{withdrawn_code}", 404),
    ],
    "accommodations.index": [
        Visit(DENISE, "/accommodations"),
        Visit(DENISE, "/accommodations?q=rosa"),
    ],
    "accommodations.show": [Visit(DENISE, "/accommodations/{person}")],
    "accommodations.new": [Visit(DENISE, "/accommodations/{person}/new")],
    "accommodations.change": [Visit(DENISE, "/accommodations/{person}/1")],
    "accommodations.ask_extend": [
        Visit(DENISE, "/accommodations/{person}/attempts/{paused}/extend")
    ],
    "accommodations.ask_open": [
        Visit(DENISE, "/accommodations/{person}/enrollments/{enrollment}/exam/open")
    ],
    "cohorts.index": [Visit(DENISE, "/cohorts")],
    "cohorts.new": [Visit(DENISE, "/cohorts/new")],
    "cohorts.show": [Visit(DENISE, "/cohorts/{cohort}")],
    "cohorts.change": [Visit(DENISE, "/cohorts/{cohort}/change")],
    "cohorts.invite": [Visit(DENISE, "/cohorts/{cohort}/invitations")],
    "cohorts.person": [Visit(DENISE, "/cohorts/{cohort}/people/{enrollment}")],
    "approvals.index": [Visit(HAROLD, "/approvals")],
    "approvals.new": [Visit(HAROLD, "/approvals/new")],
    "approvals.show": [Visit(HAROLD, "/approvals/{approval}")],
    "samples.show": [Visit(DENISE, "/issued/sample")],
    "issued.index": [Visit(DENISE, "/issued"), Visit(DENISE, "/issued?search=nobody")],
    "issued.show": [Visit(DENISE, "/issued/{serial}"), Visit(DENISE, "/issued/{withdrawn}")],
    "issued.ask_anew": [Visit(DENISE, "/issued/{serial}/reissue")],
    "issued.many": [Visit(DENISE, "/issued/many"), Visit(DENISE, "/issued/many?cohort={cohort}")],
    "issued.jobs": [Visit(DENISE, "/issued/jobs")],
    "issued.job": [Visit(DENISE, "/issued/jobs/{job}"), Visit(DENISE, "/issued/jobs/{stopped}")],
    "analysis.index": [Visit(AMARA, "/authoring/first-steps/analysis")],
    "analysis.show": [
        Visit(AMARA, "/authoring/first-steps/analysis/hello"),
        Visit(AMARA, "/authoring/first-steps/analysis/exam"),
    ],
    "analysis.question": [Visit(AMARA, "/authoring/first-steps/analysis/hello/first")],
    "authoring.index": [Visit(AMARA, "/authoring")],
    "authoring.show": [Visit(AMARA, "/authoring/first-steps"), Visit(AMARA, "/authoring/broken")],
    "authoring.show_coverage": [Visit(AMARA, "/authoring/first-steps/coverage")],
    "authoring.overview": [Visit(AMARA, PREVIEW)],
    "authoring.lesson_preview": [Visit(AMARA, f"{PREVIEW}/hello/listening")],
    "authoring.quiz_preview": [Visit(AMARA, f"{PREVIEW}/quizzes/hello")],
    "authoring.paper_preview": [Visit(AMARA, f"{PREVIEW}/quizzes/exam/paper")],
    "authoring.practice_preview": [Visit(AMARA, f"{PREVIEW}/practice")],
    "authoring.statement_preview": [Visit(AMARA, f"{PREVIEW}/statements/promise")],
    "people.index": [Visit(HAROLD, "/people"), Visit(HAROLD, "/people?search=nobody")],
    "people.show": [Visit(HAROLD, "/people/{person}"), Visit(HAROLD, "/people/{closed}")],
    "people.invite": [Visit(HAROLD, "/people/invite")],
    "journal.index": [Visit(HAROLD, "/journal")],
}
NO_PAGES = {
    "static": "files",
    "bundle": "style sheets and scripts",
    "health": "JSON for load balancers",
    "courses.asset": "pictures",
    "authoring.picture": "pictures",
    "certificates.badge_png": "a picture",
    "certificates.badge_svg": "a drawing",
    "certificates.credential": "a JSON file",
    "certificates.download": "a PDF, looked at by the tests of printing",
    "issuer.did": "a JSON file",
    "issuer.did_below": "a JSON file",
    "issuer.status": "a JSON file",
    "verification.card": "a picture",
    "verification.show_json": "JSON for programs",
    "issued.download": "a PDF, looked at by the tests of printing",
    "issued.archive": "a ZIP",
    "issued.archive_of_found": "a ZIP",
    "issued.for_printing": "a PDF, looked at by the tests of merging",
    "cohorts.download": "a CSV",
    "receipts.download": "a JSON file",
    "samples.pdf": "a PDF, looked at by the tests of printing",
    "receipts.download_for_staff": "a JSON file",
}
ERRORS = [
    Visit(None, "/nothing-here", 404),
    Visit(ROSA, "/nothing-here", 404),
    Visit(ROSA, "/people", 403),
]
EVERY = [visit for visits in VISITS.values() for visit in visits] + ERRORS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Furnished]:
    folder = tmp_path_factory.mktemp("site")
    curriculum = sample_with_every_kind(folder)
    (curriculum / "broken").mkdir()
    (curriculum / "broken" / "course.md").write_text("---\ntitel: Broken\n---\n", encoding="utf-8")
    exam = curriculum / "first-steps" / "exam" / "exam.md"
    timed = exam.read_text("utf-8").replace("time_limit: none", "time_limit: 90 minutes")
    exam.write_text(timed, "utf-8")
    server = Server(folder, curriculum=curriculum)
    yield furnish(server)
    server.stop()


@pytest.fixture(scope="module")
def pages(site: Furnished, chromium: Browser) -> Iterator["Pages"]:
    made = Pages(site, chromium)
    yield made
    made.close()


class Pages:
    """One page for each person, with their session; kept, because opening one takes time."""

    def __init__(self, site: Furnished, chromium: Browser) -> None:
        self._site = site
        self._chromium = chromium
        self._opened: dict[Known | None, tuple[Page, list[str]]] = {}

    def open(self, who: Known | None) -> tuple[Page, list[str]]:
        """Return the page of this person, and the list of what is heard of it from now on."""
        if who not in self._opened:
            context = self._chromium.new_context(locale="en-US")
            if who is not None:
                give_session(context, who, self._site)
            page = context.new_page()
            self._opened[who] = page, looking.listen(page)
        page, heard = self._opened[who]
        looking.begin(page)
        heard.clear()
        return page, heard

    def close(self) -> None:
        """Close every browser."""
        for page, _ in self._opened.values():
            page.context.close()


def give_session(context: BrowserContext, who: Known, site: Furnished) -> None:
    """Put the session that a persona has open into a browser."""
    cookie = site.cookies[who]
    context.add_cookies([{"name": "course_session", "value": cookie, "url": site.server.address}])


def test_every_page_has_a_visit(one_app: Flask) -> None:
    readable = {rule.endpoint for rule in one_app.url_map.iter_rules() if "GET" in rule.methods}
    assert readable == VISITS.keys() | NO_PAGES.keys()


@pytest.mark.parametrize(
    "visit", EVERY, ids=[f"{v.who.used_name if v.who else 'nobody'} {v.path}" for v in EVERY]
)
def test_nothing_is_wrong_with(visit: Visit, site: Furnished, pages: Pages) -> None:
    page, heard = pages.open(visit.who)
    answer = page.goto(site.address(visit.path))
    assert answer is not None
    assert answer.status == visit.status
    assert page.url == site.address(visit.path), "the visit was sent on to another page"
    assert looking.faults(page) + heard == []


SENT = {
    "a wrong form": ("/sign-in", {}, 422),
    "a wrong number": ("/verify", {"serial": "CE-1", "code": "x"}, 422),
    "too many tries": ("/sign-in", {"email": TIRED, "password": "not the right one"}, 429),
}


@pytest.mark.parametrize(("path", "fields", "status"), SENT.values(), ids=SENT)
def test_nothing_is_wrong_with_the_answer_to(
    path: str, fields: dict[str, str], status: int, site: Furnished, pages: Pages
) -> None:
    page, heard = pages.open(None)
    page.goto(site.address(path))
    for name, value in fields.items():
        page.locator(f"[name={name}]").fill(value)
    with page.expect_navigation() as waiting:
        page.locator("main button").first.click()
    assert waiting.value.request.method == "POST"
    assert waiting.value.status == status
    assert looking.faults(page) + heard == []


@pytest.mark.parametrize("name", ["Rosa", "Rosie"])
def test_nothing_is_wrong_with_the_answer_to_a_file(
    name: str, site: Furnished, pages: Pages
) -> None:
    holder, _ = pages.open(ROSA)
    credential = holder.context.request.get(site.address("/certificates/{serial}.json")).body()
    page, heard = pages.open(None)
    page.goto(site.address("/verify"))
    page.get_by_label("File").set_input_files(
        {
            "name": "credential.json",
            "mimeType": "application/json",
            "buffer": credential.replace(b"Rosa", name.encode()),
        }
    )
    page.get_by_role("button", name="Check the file").click()
    page.get_by_text("Genuine file" if name == "Rosa" else "another one was signed").wait_for()
    assert looking.faults(page) + heard == []


def test_nothing_is_wrong_with_what_is_held_while_signed_out(
    site: Furnished, chromium: Browser
) -> None:
    with chromium.new_context(locale="en-US", java_script_enabled=True) as context:
        give_session(context, TOMASZ, site)
        page = context.new_page()
        heard = looking.listen(page)
        page.goto(site.address(f"{COURSE}/goodbye/leaving"))
        page.goto(site.address("/account"))
        context.clear_cookies(name="course_session")
        page.locator("#used_name").fill("Tomek, as friends call him when they have the time")
        page.get_by_role("button", name="Save").first.click()
        page.get_by_text("Nothing is lost").wait_for()
        assert looking.faults(page) == []
        page.get_by_label("E-mail address").fill(TOMASZ.email)
        page.get_by_label("Password", exact=True).fill(people.PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="What you wrote is still here").wait_for()
        assert looking.faults(page) + heard == []
        page.get_by_role("button", name="Send it now").click()
        page.get_by_text("Your names are saved").wait_for()


def test_the_skip_link_comes_first_and_leads_to_the_content(site: Furnished, pages: Pages) -> None:
    page, _ = pages.open(ROSA)
    page.goto(site.address(f"{COURSE}/hello/listening"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_a_very_long_name_widens_no_page(site: Furnished, pages: Pages) -> None:
    page, _ = pages.open(ROSA)
    page.goto(site.address("/courses"))
    page.locator(".menu__who").evaluate("box => { box.textContent = 'Wolfeschlegel'.repeat(8) }")
    assert looking.faults(page) == []
