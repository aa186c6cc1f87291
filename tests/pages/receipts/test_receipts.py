"""What was handed in, to read, to keep and to compare."""

import hashlib
import json

from flask import Flask
from sqlalchemy import text

from course_engine.web.database import db
from tests import walks
from tests.people import Persona


def hand_in(person: Persona, wrong: frozenset[str] = frozenset()) -> str:
    walks.begin(person)
    return walks.hand_in(person, "hello", wrong=wrong).removesuffix("/result")


def test_a_trainee_reads_exactly_what_was_handed_in(rosa: Persona) -> None:
    attempt = hand_in(rosa, wrong=frozenset({"word"}))
    page = rosa.read(f"{attempt}/receipt")
    assert "One word for hearing on purpose" in page
    facts = page.split('<dl class="facts">')[1].split("</dl>")[0]
    assert "Rosa" in facts, "a receipt on paper tells whose it is"
    assert "First Steps" in facts
    assert page.count("Left blank") >= 1
    assert "Saved once" in page
    assert "Right" not in page.split("<h1")[1].split("What was saved in the last")[0]


def test_the_file_has_the_hash_that_the_page_and_the_journal_say(rosa: Persona, app: Flask) -> None:
    attempt = hand_in(rosa)
    file = rosa.get(f"{attempt}/receipt.json")
    page = rosa.read(f"{attempt}/receipt")
    assert hashlib.sha256(file.data).hexdigest() in page
    assert "The journal of this site noted this hash" in page
    assert "attachment" in file.headers["Content-Disposition"]
    receipt = json.loads(file.data)
    assert receipt["course"] == "first-steps"
    assert len(receipt["edition"]) == 64
    assert {"answers", "handed_in_at", "started_at", "number", "quiz"} <= set(receipt)
    assert "right" not in file.get_data(as_text=True)


def test_an_answer_changed_behind_the_sites_back_shows(rosa: Persona, app: Flask) -> None:
    attempt = hand_in(rosa)
    with app.app_context():
        changing = "UPDATE response SET answer = '[]', sequence = 9 WHERE question_id = 'word'"
        db.session.execute(text(changing))
        db.session.commit()
    assert "noted this hash" not in rosa.read(f"{attempt}/receipt")


def test_a_coordinator_sees_the_same(rosa: Persona, denise: Persona) -> None:
    attempt = hand_in(rosa)
    number = attempt.rpartition("/")[2]
    assert denise.get(f"/receipts/{number}.json").data == rosa.get(f"{attempt}/receipt.json").data
    assert "Rosa" in denise.read(f"/receipts/{number}")


def test_the_last_ten_minutes_tell_what_stood_there_before(rosa: Persona) -> None:
    walks.begin(rosa)
    attempt = walks.start(rosa, "hello")
    fields = walks.form(rosa, attempt)
    rosa.post(f"{attempt}/save", fields | {"q-word": "seeing"})
    rosa.post(f"{attempt}/submit", fields | {"q-word": "listening", "anyway": "yes"})
    page = rosa.read(f"{attempt}/receipt")
    before, after = page.index('<td data-label="Answer">seeing'), page.rindex("listening")
    assert before < after
    assert "Saved 2 times" in page


def test_a_repaired_grade_leaves_the_receipt_as_it_was(rosa: Persona, denise: Persona) -> None:
    attempt = hand_in(rosa, wrong=frozenset({"first"}))
    before = rosa.get(f"{attempt}/receipt.json").data
    mending = {"kind": "accept-any", "rule": "nobody-loses", "reason": "Two were right"}
    walks.repair(denise, "/repairs/first-steps/hello/first", mending)
    assert rosa.get(f"{attempt}/receipt.json").data == before


def test_an_open_attempt_has_no_receipt(rosa: Persona, denise: Persona) -> None:
    walks.begin(rosa)
    attempt = walks.start(rosa, "hello")
    assert rosa.get(f"{attempt}/receipt").status_code == 404
    assert denise.get(f"/receipts/{attempt.rpartition('/')[2]}").status_code == 404


def test_a_receipt_is_nobody_elses(
    rosa: Persona, tomasz: Persona, amara: Persona, nobody: Persona
) -> None:
    attempt = hand_in(rosa)
    number = attempt.rpartition("/")[2]
    assert tomasz.get(f"{attempt}/receipt").status_code == 404
    assert tomasz.get(f"{attempt}/receipt.json").status_code == 404
    for address in (f"/receipts/{number}", f"/receipts/{number}.json"):
        assert tomasz.get(address).status_code == 403
        assert amara.get(address).status_code == 403
        assert nobody.get(address).status_code == 303


def test_a_receipt_cannot_be_posted_to(rosa: Persona) -> None:
    assert rosa.post("/attempts/1/receipt").status_code == 405
