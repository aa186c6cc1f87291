"""Every address, requested as nobody and as each role, with the answer worked out beforehand."""

from dataclasses import dataclass
from typing import Final

import pytest
from flask import Flask

from course_engine.web import access
from tests.people import AMARA, DENISE, HAROLD, IMANI, ROSA, Known, Persona

EVERYBODY: Final = frozenset(
    {"nobody", "trainee", "author", "assessor", "coordinator", "administrator"}
)
SIGNED_IN: Final = EVERYBODY - {"nobody"}
TRAINEE: Final = frozenset({"trainee"})
AUTHOR: Final = frozenset({"author"})
ASSESSOR: Final = frozenset({"assessor"})
COORDINATOR: Final = frozenset({"coordinator"})
ADMINISTRATOR: Final = frozenset({"administrator"})

WHO: Final[dict[str, Known | None]] = {
    "nobody": None,
    "trainee": ROSA,
    "author": AMARA,
    "assessor": IMANI,
    "coordinator": DENISE,
    "administrator": HAROLD,
}


@dataclass(frozen=True)
class Row:
    """One address: who may ask, and what they get when nothing was prepared for them."""

    method: str
    address: str
    allowed: frozenset[str]
    status: int
    nobody_status: int | None = None


COURSE: Final = "/courses/first-steps"
TABLE: Final[dict[str, Row]] = {
    "accommodations.ask_extend": Row(
        "GET", "/accommodations/99/attempts/99/extend", COORDINATOR, 404
    ),
    "accommodations.ask_open": Row(
        "GET", "/accommodations/99/enrollments/99/hello/open", COORDINATOR, 404
    ),
    "accommodations.change": Row("GET", "/accommodations/99/99", COORDINATOR, 404),
    "accommodations.end": Row("POST", "/accommodations/99/99/end", COORDINATOR, 404),
    "accommodations.extend": Row("POST", "/accommodations/99/attempts/99/extend", COORDINATOR, 404),
    "accommodations.grant": Row("POST", "/accommodations/99/new", COORDINATOR, 404),
    "accommodations.index": Row("GET", "/accommodations", COORDINATOR, 200),
    "accommodations.new": Row("GET", "/accommodations/99/new", COORDINATOR, 404),
    "accommodations.open_more": Row(
        "POST", "/accommodations/99/enrollments/99/hello/open", COORDINATOR, 404
    ),
    "accommodations.save": Row("POST", "/accommodations/99/99", COORDINATOR, 404),
    "accommodations.show": Row("GET", "/accommodations/99", COORDINATOR, 404),
    "account.accept": Row("POST", "/invitations/x", EVERYBODY, 409),
    "account.account": Row("GET", "/account", SIGNED_IN, 200),
    "account.change_names": Row("POST", "/account/names", SIGNED_IN, 422),
    "account.change_password": Row("POST", "/account/password", SIGNED_IN, 422),
    "account.check_sign_in": Row("POST", "/sign-in", EVERYBODY, 422),
    "account.choose": Row("GET", "/password/new/x", EVERYBODY, 409),
    "account.choose_now": Row("POST", "/password/new/x", EVERYBODY, 409),
    "account.forgotten": Row("GET", "/password/forgotten", EVERYBODY, 200),
    "account.invitation": Row("GET", "/invitations/x", EVERYBODY, 409),
    "account.send_link": Row("POST", "/password/forgotten", EVERYBODY, 422),
    "account.sign_in": Row("GET", "/sign-in", EVERYBODY, 303, nobody_status=200),
    "account.sign_out": Row("POST", "/sign-out", EVERYBODY, 303),
    "account.sign_out_everywhere": Row("POST", "/account/sign-out-everywhere", SIGNED_IN, 303),
    "analysis.ask": Row("POST", "/authoring/first-steps/analysis/hello", AUTHOR, 303),
    "analysis.index": Row("GET", "/authoring/first-steps/analysis", AUTHOR, 200),
    "analysis.question": Row("GET", "/authoring/first-steps/analysis/hello/first", AUTHOR, 404),
    "analysis.show": Row("GET", "/authoring/first-steps/analysis/hello", AUTHOR, 200),
    "attestations.show": Row("GET", f"{COURSE}/statements/promise", TRAINEE, 404),
    "attestations.sign": Row("POST", f"{COURSE}/statements/promise", TRAINEE, 404),
    "approvals.end": Row("POST", "/approvals/99/end", ADMINISTRATOR, 404),
    "approvals.index": Row("GET", "/approvals", COORDINATOR | ADMINISTRATOR, 200),
    "approvals.new": Row("GET", "/approvals/new", ADMINISTRATOR, 200),
    "approvals.record": Row("POST", "/approvals", ADMINISTRATOR, 422),
    "approvals.show": Row("GET", "/approvals/99", COORDINATOR | ADMINISTRATOR, 404),
    "authoring.index": Row("GET", "/authoring", AUTHOR, 200),
    "authoring.lesson_preview": Row(
        "GET", "/authoring/first-steps/preview/hello/listening", AUTHOR, 200
    ),
    "authoring.overview": Row("GET", "/authoring/first-steps/preview", AUTHOR, 200),
    "authoring.paper_preview": Row(
        "GET", "/authoring/first-steps/preview/quizzes/hello/paper", AUTHOR, 200
    ),
    "authoring.picture": Row("GET", "/authoring/first-steps/pictures/x", AUTHOR, 404),
    "authoring.practice_preview": Row(
        "GET", "/authoring/first-steps/preview/practice", AUTHOR, 200
    ),
    "authoring.publish": Row("POST", "/authoring/first-steps/publish", AUTHOR, 303),
    "authoring.quiz_preview": Row(
        "GET", "/authoring/first-steps/preview/quizzes/hello", AUTHOR, 200
    ),
    "authoring.show": Row("GET", "/authoring/first-steps", AUTHOR, 200),
    "authoring.show_coverage": Row("GET", "/authoring/first-steps/coverage", AUTHOR, 200),
    "authoring.statement_preview": Row(
        "GET", "/authoring/first-steps/preview/statements/promise", AUTHOR, 200
    ),
    "bundle": Row("GET", "/bundle/x.css", EVERYBODY, 404),
    "certificates.badge_png": Row("GET", "/certificates/CE-0000-0000-0.png", SIGNED_IN, 404),
    "certificates.badge_svg": Row("GET", "/certificates/CE-0000-0000-0.svg", SIGNED_IN, 404),
    "certificates.choose": Row("POST", "/certificates/CE-0000-0000-0/sharing", SIGNED_IN, 404),
    "certificates.credential": Row("GET", "/certificates/CE-0000-0000-0.json", SIGNED_IN, 404),
    "certificates.download": Row("GET", "/certificates/CE-0000-0000-0.pdf", SIGNED_IN, 404),
    "certificates.mine": Row("GET", "/certificates", TRAINEE, 200),
    "certificates.show": Row("GET", "/certificates/CE-0000-0000-0", SIGNED_IN, 404),
    "cohorts.change": Row("GET", "/cohorts/99/change", COORDINATOR, 404),
    "cohorts.close": Row("POST", "/cohorts/99/close", COORDINATOR, 404),
    "cohorts.create": Row("POST", "/cohorts/new", COORDINATOR, 422),
    "cohorts.download": Row("GET", "/cohorts/99/register.csv", COORDINATOR, 404),
    "cohorts.end": Row("POST", "/cohorts/99/people/99/end", COORDINATOR, 404),
    "cohorts.index": Row("GET", "/cohorts", COORDINATOR, 200),
    "cohorts.invite": Row("GET", "/cohorts/99/invitations", COORDINATOR, 404),
    "cohorts.invite_many": Row("POST", "/cohorts/99/invitations/many", COORDINATOR, 404),
    "cohorts.invite_one": Row("POST", "/cohorts/99/invitations/one", COORDINATOR, 404),
    "cohorts.new": Row("GET", "/cohorts/new", COORDINATOR, 200),
    "cohorts.person": Row("GET", "/cohorts/99/people/99", COORDINATOR, 404),
    "cohorts.save": Row("POST", "/cohorts/99/change", COORDINATOR, 404),
    "cohorts.send_again": Row("POST", "/cohorts/99/invitations/99/again", COORDINATOR, 404),
    "cohorts.show": Row("GET", "/cohorts/99", COORDINATOR, 404),
    "cohorts.take_back": Row("POST", "/cohorts/99/invitations/99/end", COORDINATOR, 404),
    "courses.asset": Row("GET", "/assets/x", SIGNED_IN, 404),
    "courses.begin": Row("POST", "/courses/other", TRAINEE, 404),
    "courses.get_certificate": Row("POST", f"{COURSE}/certificate", TRAINEE, 404),
    "courses.index": Row("GET", "/courses", SIGNED_IN, 200),
    "courses.left": Row("GET", f"{COURSE}/left", TRAINEE, 404),
    "courses.show": Row("GET", COURSE, SIGNED_IN, 200),
    "health": Row("GET", "/health", EVERYBODY, 200),
    "home.accessibility": Row("GET", "/accessibility", EVERYBODY, 200),
    "home.front": Row("GET", "/", EVERYBODY, 303, nobody_status=200),
    "home.take_a_break": Row("GET", "/break", EVERYBODY, 200),
    "issued.archive_of_found": Row("GET", "/issued/certificates.zip", COORDINATOR, 409),
    "issued.ask_anew": Row("GET", "/issued/CE-0000-0000-0/reissue", COORDINATOR, 404),
    "issued.for_printing": Row("GET", "/issued/certificates.pdf", COORDINATOR, 409),
    "issued.issue_many": Row("POST", "/issued/many/issue", COORDINATOR, 409),
    "issued.job": Row("GET", "/issued/jobs/99", COORDINATOR, 404),
    "issued.jobs": Row("GET", "/issued/jobs", COORDINATOR, 200),
    "issued.many": Row("GET", "/issued/many", COORDINATOR, 200),
    "issued.reissue": Row("POST", "/issued/CE-0000-0000-0/reissue", COORDINATOR, 404),
    "issued.reissue_many": Row("POST", "/issued/many/reissue", COORDINATOR, 422),
    "issued.stop": Row("POST", "/issued/jobs/99/stop", COORDINATOR, 404),
    "issued.archive": Row("GET", "/issued/cohorts/99.zip", COORDINATOR, 404),
    "issued.download": Row("GET", "/issued/CE-0000-0000-0.pdf", COORDINATOR, 404),
    "issued.index": Row("GET", "/issued", COORDINATOR, 200),
    "issued.restore": Row("POST", "/issued/CE-0000-0000-0/restore", COORDINATOR, 404),
    "issued.show": Row("GET", "/issued/CE-0000-0000-0", COORDINATOR, 404),
    "issued.withdraw": Row("POST", "/issued/CE-0000-0000-0/withdraw", COORDINATOR, 404),
    "issuer.did": Row("GET", "/.well-known/did.json", EVERYBODY, 200),
    "issuer.did_below": Row("GET", "/did.json", EVERYBODY, 200),
    "issuer.profile": Row("GET", "/issuer", EVERYBODY, 200),
    "issuer.status": Row("GET", "/status/revocation/0", EVERYBODY, 200),
    "journal.index": Row("GET", "/journal", ADMINISTRATOR, 200),
    "lessons.answer": Row("POST", f"{COURSE}/hello/listening/checks/x", TRAINEE, 404),
    "lessons.finish": Row("POST", f"{COURSE}/hello/listening/done", TRAINEE, 404),
    "lessons.reflect": Row("POST", f"{COURSE}/hello/listening/reflections/x", TRAINEE, 404),
    "lessons.show": Row("GET", f"{COURSE}/hello/listening", TRAINEE, 303),
    "people.close": Row("POST", "/people/99/close", ADMINISTRATOR, 404),
    "people.end": Row("POST", "/people/invite/99/end", ADMINISTRATOR, 404),
    "people.index": Row("GET", "/people", ADMINISTRATOR, 200),
    "people.invite": Row("GET", "/people/invite", ADMINISTRATOR, 200),
    "people.rename": Row("POST", "/people/99/names", ADMINISTRATOR, 404),
    "people.reopen": Row("POST", "/people/99/reopen", ADMINISTRATOR, 404),
    "people.send": Row("POST", "/people/invite", ADMINISTRATOR, 422),
    "marking.agreement": Row("GET", "/agreement", COORDINATOR, 200),
    "marking.index": Row("GET", "/marking", ASSESSOR, 200),
    "marking.rate": Row("POST", "/marking/99", ASSESSOR, 404),
    "marking.show": Row("GET", "/marking/99", ASSESSOR, 404),
    "people.set_roles": Row("POST", "/people/99/roles", ADMINISTRATOR, 404),
    "people.show": Row("GET", "/people/99", ADMINISTRATOR, 404),
    "people.sign_out": Row("POST", "/people/99/sign-out", ADMINISTRATOR, 404),
    "practice.answer": Row("POST", f"{COURSE}/practice/next", TRAINEE, 404),
    "practice.ask": Row("GET", f"{COURSE}/practice/next", TRAINEE, 404),
    "practice.explain": Row("GET", f"{COURSE}/practice/answers/x", TRAINEE, 404),
    "practice.show": Row("GET", f"{COURSE}/practice", TRAINEE, 303),
    "quizzes.close": Row("POST", "/attempts/99/close", TRAINEE, 404),
    "quizzes.go_on": Row("POST", "/attempts/99/go-on", TRAINEE, 404),
    "quizzes.result": Row("GET", "/attempts/99/result", TRAINEE, 404),
    "quizzes.save": Row("POST", "/attempts/99/save", TRAINEE, 404),
    "quizzes.show": Row("GET", f"{COURSE}/quizzes/hello", TRAINEE, 303),
    "quizzes.sit": Row("GET", "/attempts/99", TRAINEE, 404),
    "quizzes.start": Row("POST", f"{COURSE}/quizzes/hello", TRAINEE, 404),
    "quizzes.submit": Row("POST", "/attempts/99/submit", TRAINEE, 404),
    "receipts.download": Row("GET", "/attempts/99/receipt.json", TRAINEE, 404),
    "receipts.download_for_staff": Row("GET", "/receipts/99.json", COORDINATOR, 404),
    "receipts.for_staff": Row("GET", "/receipts/99", COORDINATOR, 404),
    "receipts.show": Row("GET", "/attempts/99/receipt", TRAINEE, 404),
    "repairs.done": Row("GET", "/repairs/99", COORDINATOR, 404),
    "repairs.index": Row("GET", "/repairs", COORDINATOR, 200),
    "repairs.questions": Row("GET", "/repairs/first-steps/hello", COORDINATOR, 200),
    "repairs.repair": Row("POST", "/repairs/first-steps/hello/first", COORDINATOR, 422),
    "repairs.show": Row("GET", "/repairs/first-steps/hello/first", COORDINATOR, 200),
    "repairs.take_back": Row("POST", "/repairs/99/take-back", COORDINATOR, 404),
    "roleplays.ask": Row("POST", f"{COURSE}/roleplays/x", TRAINEE, 404),
    "roleplays.show": Row("GET", f"{COURSE}/roleplays/x", TRAINEE, 404),
    "samples.pdf": Row("GET", "/issued/sample.pdf", COORDINATOR, 409),
    "samples.show": Row("GET", "/issued/sample", COORDINATOR, 200),
    "static": Row("GET", "/static/none.png", EVERYBODY, 404),
    "verification.ask": Row("GET", "/verify", EVERYBODY, 200),
    "verification.card": Row("GET", "/v/CE-0000-0000-0/x/card.png", EVERYBODY, 404),
    "verification.check": Row("POST", "/verify", EVERYBODY, 422),
    "verification.check_file": Row("POST", "/verify/file", EVERYBODY, 422),
    "verification.show": Row("GET", "/v/CE-0000-0000-0/x", EVERYBODY, 404),
    "verification.show_json": Row("GET", "/v/CE-0000-0000-0/x.json", EVERYBODY, 404),
}


def test_every_address_of_the_site_stands_in_the_table(one_app: Flask) -> None:
    assert set(TABLE) == {rule.endpoint for rule in one_app.url_map.iter_rules()}


@pytest.mark.parametrize("who", WHO)
def test_each_role_gets_what_was_worked_out_and_nothing_more(app: Flask, who: str) -> None:
    wrong = []
    for endpoint, row in TABLE.items():
        # Signing out ends the session that the next request would need.
        person = Persona(app, WHO[who])
        if endpoint in {"account.sign_out", "account.sign_out_everywhere"} and who != "nobody":
            continue
        ask = person.get if row.method == "GET" else person.post
        status = ask(row.address).status_code
        expected = expectation(row, who)
        if status != expected:
            wrong.append((endpoint, who, status, expected))
    assert wrong == []


def expectation(row: Row, who: str) -> int:
    """Work out the status: the row's if allowed, else a way to sign in, else a refusal."""
    if who in row.allowed:
        return row.nobody_status if who == "nobody" and row.nobody_status else row.status
    if who != "nobody":
        return 403
    return 303 if row.method == "GET" else 401


def test_a_view_without_a_declared_audience_stops_the_start(one_app: Flask) -> None:
    silent = Flask("silent")
    silent.view_functions["quiet"] = lambda: ""
    access.audience(access.EVERYONE)(silent.view_functions["static"])
    with pytest.raises(access.UndeclaredAudience, match="quiet"):
        access.insist(silent)
    access.insist(one_app)
