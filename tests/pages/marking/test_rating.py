"""Rating what somebody handed in, until its grade is complete."""

from flask import Flask
from sqlalchemy import text

from course_engine.web import held
from course_engine.web.database import db
from tests import talks
from tests.people import Persona, hidden

WORDS = "You have not slept. What would you like to ask your doctor?"


def count(app: Flask, table: str) -> int:
    with app.app_context():
        return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_an_answer_in_own_words_waits_for_people_and_says_so_calmly(
    rosa: Persona, imani: Persona
) -> None:
    result = talks.hand_in(rosa, reply=WORDS)
    page = rosa.read(result)
    assert "Your answers are with us" in page
    assert "%" not in page.split("<main")[1].split("</main")[0]
    assert "Being looked at by people" in rosa.read(f"{talks.COURSE}/left")
    assert "Listening: " in imani.read("/marking"), "the queue says what was asked, too"


def test_another_attempt_waits_until_the_first_was_read(rosa: Persona) -> None:
    talks.hand_in(rosa, reply=WORDS)
    quiz = f"{talks.COURSE}/quizzes/listening"
    assert "Your last attempt is being read" in rosa.read(quiz)
    answer = rosa.post(quiz)
    assert answer.status_code == 409
    assert "People are reading your attempt 1" in answer.get_data(as_text=True)


def test_a_paper_without_own_words_is_graded_at_once(rosa: Persona) -> None:
    page = rosa.read(talks.hand_in(rosa))
    assert "You reached 33%" in page
    assert "Left blank" in page


def test_the_last_rating_completes_the_grade_and_tells_the_trainee(
    app: Flask, rosa: Persona, imani: Persona, noor: Persona
) -> None:
    result = talks.hand_in(rosa, reply=WORDS, ask_next="What helps you rest?")
    talks.rate(imani, talks.waiting(app, "ask-next"), talks.GOOD | {"comment": "Open and kind."})
    reply = talks.waiting(app, "reply")
    talks.rate(imani, reply, talks.GOOD | {"comment": "Warm."})
    assert "Your answers are with us" in rosa.read(result)
    talks.rate(noor, reply, {"level_0": "1", "level_1": "1", "private_note": "Told Leah."})
    page = rosa.read(result)
    assert "You reached 95%" in page, "1 + 1 + 7/8 of 3 points"
    assert "Open and kind." in page
    assert "Says back what was heard" in page
    assert "Clearly / Partly" in page
    assert "Told Leah." not in page
    outbox = app.extensions["settings"].outbox
    assert len(list(outbox.glob("answers-marked-*"))) == 1
    assert count(app, "regrade") == 1
    journal = "SELECT count(*) FROM journal_entry WHERE action = 'attempt.marked'"
    with app.app_context():
        assert db.session.execute(text(journal)).scalar_one() == 1


def test_harm_seen_by_those_who_rate_keeps_the_attempt_from_passing(
    app: Flask, rosa: Persona, imani: Persona
) -> None:
    result = talks.hand_in(rosa, ask_next="Stop the tablets.")
    talks.rate(imani, talks.waiting(app, "ask-next"), talks.GOOD | {"flag_0": "y"})
    page = rosa.read(result)
    assert "You reached 66%" in page
    assert "Not yet" in page
    assert "1 question about safety" in page
    assert "Tells to start or stop a medicine" in page
    assert "fail" not in page.lower()


def test_the_second_assessor_does_not_see_the_rating_of_the_first(
    app: Flask, rosa: Persona, imani: Persona, noor: Persona
) -> None:
    talks.hand_in(rosa, reply=WORDS)
    address = talks.waiting(app, "reply")
    talks.rate(imani, address, talks.GOOD | {"comment": "Warm.", "private_note": "Between us."})
    page = noor.read(address)
    assert WORDS in page
    assert "Warm." not in page
    assert "Between us." not in page
    assert " checked" not in page
    assert "Others have yet to rate this" in imani.read(address)
    talks.rate(noor, address, talks.GOOD)
    page = noor.read(address)
    assert "Between us." in page
    assert "Agreement of the first two" in page
    assert "100%" in page


def test_two_who_disagree_are_decided_by_a_third(
    rosa: Persona, imani: Persona, noor: Persona, leah: Persona, denise: Persona
) -> None:
    result = talks.hand_in(rosa, reply=WORDS)
    address = talks.waiting(rosa.app, "reply")
    talks.rate(imani, address, talks.GOOD | {"comment": "Warm."})
    talks.rate(noor, address, talks.WEAK | {"comment": "It gives an order."})
    assert "Your answers are with us" in rosa.read(result)
    assert "1 piece of work waits for a third assessor" in denise.read("/agreement")
    assert "A third assessor decides" in denise.read("/agreement")
    assert "It gives an order." not in leah.read(address)
    talks.rate(leah, address, talks.GOOD | {"comment": "It leaves a choice."})
    assert "the third rating stands" in leah.read(address)
    page = rosa.read(result)
    assert "It leaves a choice." in page
    assert "It gives an order." not in page
    overview = denise.read("/agreement")
    assert "50%" in overview
    assert "waits for a third" not in overview
    assert "First talk: A kind reply" in overview


def test_a_second_rating_by_the_same_assessor_changes_nothing(
    app: Flask, rosa: Persona, imani: Persona
) -> None:
    talks.hand_in(rosa, reply=WORDS)
    address = talks.waiting(app, "reply")
    talks.rate(imani, address, talks.GOOD)
    talks.rate(imani, address, talks.WEAK)
    assert count(app, "rating") == 1
    assert "Clearly" in imani.read(address)


def test_a_rating_that_is_no_longer_needed_is_refused_with_a_reason(
    app: Flask, rosa: Persona, imani: Persona, noor: Persona
) -> None:
    talks.hand_in(rosa, ask_next="What helps?")
    address = talks.waiting(app, "ask-next")
    talks.rate(imani, address, talks.GOOD)
    answer = noor.post(address, talks.GOOD)
    assert answer.status_code == 409
    assert "Somebody else has rated this meanwhile" in answer.get_data(as_text=True)
    assert "no other rating is needed" in noor.read(address)


def test_a_form_with_an_item_left_out_is_shown_again_with_what_was_written(
    app: Flask, rosa: Persona, imani: Persona
) -> None:
    talks.hand_in(rosa, reply=WORDS)
    address = talks.waiting(app, "reply")
    answer = imani.post(address, {"level_0": "2", "comment": "Half done"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Please choose what you saw." in page
    assert "Half done" in page


def test_a_rating_is_held_while_its_author_signs_in_again(
    app: Flask, rosa: Persona, nobody: Persona
) -> None:
    talks.hand_in(rosa, reply=WORDS)
    answer = nobody.post(talks.waiting(app, "reply"), talks.GOOD | {"comment": "Kept"})
    assert answer.status_code == 401
    assert 'name="held"' in answer.get_data(as_text=True)


def test_nobody_rates_themself(app: Flask, noor: Persona) -> None:
    with app.app_context():
        db.session.execute(
            text("UPDATE person SET roles = 'assessor trainee' WHERE email = 'noor@example.org'")
        )
        db.session.commit()
    talks.hand_in(noor, reply=WORDS)
    address = talks.waiting(app, "reply")
    assert address not in noor.read("/marking")
    assert noor.get(address).status_code == 404
    assert noor.post(address, talks.GOOD).status_code == 404


def test_a_written_answer_comes_without_its_name(app: Flask, rosa: Persona, imani: Persona) -> None:
    talks.hand_in(rosa, reply=WORDS)
    for address in ("/marking", talks.waiting(app, "reply")):
        assert "Rosa" not in imani.read(address)


def test_only_assessors_mark_and_only_coordinators_see_the_agreement(
    app: Flask, rosa: Persona, imani: Persona, denise: Persona, amara: Persona
) -> None:
    talks.hand_in(rosa, reply=WORDS)
    address = talks.waiting(app, "reply")
    for person in (rosa, denise, amara):
        assert person.get("/marking").status_code == 403
        assert person.get(address).status_code == 403
        assert person.post(address, talks.GOOD).status_code == 403
    assert imani.get("/agreement").status_code == 403
    assert imani.get("/marking/99").status_code == 404
    assert imani.post("/agreement").status_code == 405


def test_the_queue_is_the_oldest_first_and_leaves_out_people_who_left(
    app: Flask, rosa: Persona, tomasz: Persona, imani: Persona
) -> None:
    assert "Nothing waits for you" in imani.read("/marking")
    talks.hand_in(rosa, reply=WORDS)
    talks.hand_in(tomasz, reply=WORDS)
    page = imani.read("/marking")
    assert page.index("/marking/1") < page.index("/marking/2")
    with app.app_context():
        leaving = "UPDATE enrollment SET withdrawn_at = started_at WHERE person_id = :person"
        db.session.execute(text(leaving), {"person": rosa.id})
        db.session.commit()
    page = imani.read("/marking")
    assert "/marking/1" not in page
    assert "/marking/2" in page


def test_a_page_of_words_is_kept_and_held_to_the_last_character(
    app: Flask, rosa: Persona, nobody: Persona
) -> None:
    rosa.post(talks.COURSE)
    address = rosa.post(f"{talks.COURSE}/quizzes/listening").location
    lines = "\r\n".join(["word"] * 4000)
    fields = {"q-reply": lines, "seen-reply": "0"}
    assert len(lines.replace("\r\n", "\n")) == 19_999
    signing_in = nobody.post(f"{address}/save", fields).get_data(as_text=True)
    with app.app_context():
        kept = held.unpack(hidden(signing_in, "held"))
    assert kept is not None
    assert ("q-reply", lines) in kept.fields
    assert rosa.post(f"{address}/save", fields).status_code == 303
    assert rosa.read(address).count("word\n") == 3999


def test_the_paper_asks_for_words_in_a_box_of_its_own(rosa: Persona) -> None:
    rosa.post(talks.COURSE)
    page = rosa.read(rosa.post(f"{talks.COURSE}/quizzes/listening").location)
    assert "About 5 to 60 words." in page
    assert "They do not see your name." in page
    assert 'maxlength="20000"' in page
    assert "Says back what was heard" not in page, "the rubric is the key"
    assert "kind-reply" not in page


def test_while_people_read_the_last_attempt_nothing_is_said_of_what_comes_after_it(
    rosa: Persona,
) -> None:
    talks.hand_in(rosa, reply=WORDS)
    page = rosa.read(f"{talks.COURSE}/quizzes/listening")
    assert "Your last attempt is being read" in page
    assert "Being read" in page
    assert "Every attempt is used" not in page
    assert "People read what you write in your own words" in page
