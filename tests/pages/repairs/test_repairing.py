"""A wrong key, put right by a coordinator: looked at, done, settled, taken back."""

import re

import pytest
from flask import Flask

from course_engine.records import repairs
from course_engine.web import repairing
from tests import walks
from tests.people import Persona

HERE = "/repairs/first-steps/hello"
FIRST = f"{HERE}/first"
ANY = {"kind": "accept-any", "rule": "nobody-loses", "reason": "Two answers were right"}
ALL_BUT_ONE = frozenset({"ways", "match", "order", "word", "ears"})


def fail_by_a_little(person: Persona) -> str:
    """Read everything, then miss the quiz; return the address of the result."""
    walks.begin(person)
    walks.read_everything(person)
    return walks.hand_in(person, "hello", wrong=frozenset({"first", "ways"}))


def settle(app: Flask) -> None:
    with app.app_context():
        while repairing.settle_next():
            pass


def percent_of(person: Persona, result: str) -> int:
    found = re.search(r"You reached (\d+)%", person.read(result))
    assert found
    return int(found[1])


def test_what_would_change_is_shown_and_nothing_changes_by_looking(
    denise: Persona, rosa: Persona
) -> None:
    result = fail_by_a_little(rosa)
    before = percent_of(rosa, result)
    page = denise.post(FIRST, ANY).get_data(as_text=True)
    assert "1 graded paper asked this question." in page
    assert "1 grade gets better." in page
    assert "Rosa" in page
    assert percent_of(rosa, result) == before


def test_a_repair_corrects_the_grade_and_tells_the_trainee(denise: Persona, rosa: Persona) -> None:
    result = fail_by_a_little(rosa)
    before = percent_of(rosa, result)
    walks.repair(denise, FIRST, ANY)
    assert percent_of(rosa, result) > before
    assert "had a wrong key" in rosa.read(result)


def test_it_can_be_taken_back_once(denise: Persona, rosa: Persona) -> None:
    result = fail_by_a_little(rosa)
    before = percent_of(rosa, result)
    number = walks.repair(denise, FIRST, ANY)
    assert denise.post(f"/repairs/{number}/take-back").status_code == 303
    assert percent_of(rosa, result) == before
    assert "Taken back" in denise.read(f"/repairs/{number}")
    assert denise.post(f"/repairs/{number}/take-back").status_code == 409


def test_what_is_taken_back_while_it_is_settled_stays_taken_back(
    app: Flask, denise: Persona, rosa: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = fail_by_a_little(rosa)
    before = percent_of(rosa, result)
    number = walks.repair(denise, FIRST, ANY)

    def take_back_meanwhile(*_: object) -> None:
        denise.post(f"/repairs/{number}/take-back")

    monkeypatch.setattr(repairs, "wait_for_grading", take_back_meanwhile)
    settle(app)
    assert percent_of(rosa, result) == before


def test_another_repair_of_the_question_counts_again_when_one_is_taken_back(
    denise: Persona, rosa: Persona
) -> None:
    result = fail_by_a_little(rosa)
    number = walks.repair(denise, FIRST, ANY)
    after = percent_of(rosa, result)
    walks.repair(denise, FIRST, ANY)
    denise.post(f"/repairs/{number}/take-back")
    assert percent_of(rosa, result) == after


def test_who_now_meets_everything_gets_their_certificate(
    app: Flask, denise: Persona, rosa: Persona
) -> None:
    walks.begin(rosa)
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello", wrong=frozenset({"dose"}))
    assert "Certificate" not in rosa.read("/certificates").split("<main")[1].split("<h1")[0]
    serials = re.compile(r"/certificates/(CE-[0-9A-Z-]+)")
    walks.repair(denise, f"{HERE}/dose", ANY)
    settle(app)
    walks.hand_in(rosa, "exam")
    walks.sign(rosa)
    assert serials.search(rosa.read("/courses/first-steps/left"))


def test_the_last_requirement_met_by_a_repair_issues_the_certificate(
    app: Flask, denise: Persona, rosa: Persona
) -> None:
    walks.begin(rosa)
    walks.read_everything(rosa)
    walks.hand_in(rosa, "hello")
    walks.sign(rosa)
    result = walks.hand_in(rosa, "exam", wrong=every_question_but_half(app, rosa))
    assert "Not yet" in rosa.read(result)
    for question in missed(rosa, app, result):
        walks.repair(denise, f"/repairs/first-steps/exam/{question}", ANY)
    assert "You passed" in rosa.read(result)
    settle(app)
    assert "CE-" in rosa.read("/certificates")


def every_question_but_half(app: Flask, person: Persona) -> frozenset[str]:
    address = walks.start(person, "exam")
    return frozenset(item.question.id for item in walks.items(app, person, address)[1::2])


def missed(person: Persona, app: Flask, result: str) -> list[str]:
    address = result.removesuffix("/result")
    return [item.question.id for item in walks.items(app, person, address)][1::2]


def test_later_papers_are_graded_by_the_repair(denise: Persona, rosa: Persona) -> None:
    walks.begin(rosa)
    walks.repair(denise, f"{HERE}/dose", ANY)
    result = walks.hand_in(rosa, "hello", wrong=frozenset({"dose"}))
    assert percent_of(rosa, result) == 100


def test_another_key_grades_everybody_anew(denise: Persona, rosa: Persona) -> None:
    result = fail_by_a_little(rosa)
    before = percent_of(rosa, result)
    page = denise.read(FIRST)
    right = re.search(r'value="(\d)"\s+checked', page)
    assert right
    other = {"0": "1", "1": "2", "2": "0"}.get(right[1], "0")
    walks.repair(denise, FIRST, ANY | {"kind": "re-key", "right": [other]})
    assert percent_of(rosa, result) >= before


def test_everybody_by_the_new_key_may_lose_and_the_certificate_is_named(
    denise: Persona, rosa: Persona
) -> None:
    serial = walks.complete(rosa)
    page = denise.read(f"{HERE}/dose")
    right = re.search(r'name="right"\s+value="(\d)"\s+checked', page)
    assert right
    fields = ANY | {
        "kind": "re-key",
        "rule": "by-the-new-key",
        "right": ["3" if right[1] != "3" else "0"],
    }
    looked = denise.post(f"{HERE}/dose", fields).get_data(as_text=True)
    assert "1 paper does not pass any more." in looked
    assert serial in looked


def test_a_repair_is_refused_when_something_changed_since_it_was_looked_at(
    denise: Persona, rosa: Persona, tomasz: Persona
) -> None:
    fail_by_a_little(rosa)
    looked = denise.post(FIRST, ANY).get_data(as_text=True)
    seen = re.search(r'name="looked_at"[^>]*value="(\w{64})"', looked)
    assert seen
    fail_by_a_little(tomasz)
    answer = denise.post(FIRST, ANY | {"looked_at": seen[1], "do": "apply"})
    assert answer.status_code == 409
    assert "Nothing was repaired" in answer.get_data(as_text=True)


def test_a_form_without_a_reason_is_shown_again(denise: Persona) -> None:
    answer = denise.post(FIRST, {"kind": "accept-any", "rule": "nobody-loses"})
    assert answer.status_code == 422
    assert "Please say why." in answer.get_data(as_text=True)


def test_a_key_with_two_right_answers_is_no_key_of_a_single_choice(denise: Persona) -> None:
    answer = denise.post(FIRST, ANY | {"kind": "re-key", "right": ["0", "1"]})
    assert answer.status_code == 422
    assert "Choose exactly one right answer." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("low", "high"), [("NaN", ""), ("1e9999", ""), ("Infinity", ""), ("3", "2")]
)
def test_what_no_number_can_be_within_is_no_key(denise: Persona, low: str, high: str) -> None:
    answer = denise.post(f"{HERE}/ears", ANY | {"kind": "re-key", "low": low, "high": high})
    assert answer.status_code == 422


def test_a_repair_stands_in_the_journal(denise: Persona, harold: Persona) -> None:
    walks.repair(denise, FIRST, ANY)
    assert "Repaired a question" in harold.read("/journal")


def test_what_is_not_there_is_missing(denise: Persona) -> None:
    for address in ("/repairs/none/hello", f"{HERE}x", f"{HERE}/none", "/repairs/99"):
        assert denise.get(address).status_code == 404
    assert denise.post("/repairs/99/take-back").status_code == 404


def test_only_coordinators_may_look(rosa: Persona, amara: Persona, nobody: Persona) -> None:
    for address in ("/repairs", HERE, FIRST, "/repairs/1"):
        assert rosa.get(address).status_code == 403
        assert amara.get(address).status_code == 403
        assert nobody.get(address).status_code == 303
    assert rosa.post(FIRST, ANY).status_code == 403


def test_the_list_of_questions_cannot_be_posted_to(denise: Persona) -> None:
    assert denise.post(HERE).status_code == 405
