"""A stranger checks a certificate."""

import re

from flask import Flask

from course_engine.certificates import serials
from course_engine.records import certificate_events, certificates, people
from course_engine.records.certificate_events import Reason
from course_engine.web.clock import now
from course_engine.web.database import db
from tests import walks
from tests.people import DENISE, Persona


def link(person: Persona) -> str:
    """Finish the course and return the address that stands in the square code."""
    page = person.read(f"/certificates/{walks.complete(person)}")
    found = re.search(r'href="(/v/[^"]+)"', page)
    assert found
    return found[1]


def test_a_genuine_certificate_is_in_force_and_every_fact_is_repeated(
    rosa: Persona, nobody: Persona
) -> None:
    answer = nobody.get(link(rosa))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "genuine and in force" in page
    for fact in ("First Steps", "30 minutes", "Test Organization", "Signe Atory"):
        assert fact in page
    assert "Rosa Ñandú" not in page


def test_number_and_code_can_be_typed_in_any_usual_way(rosa: Persona, nobody: Persona) -> None:
    address = link(rosa)
    _, _, serial, code = address.split("/")
    typed = {"serial": serial.lower().replace("-", " "), "code": serials.grouped(code).lower()}
    answer = nobody.post("/verify", typed)
    assert (answer.status_code, answer.location) == (303, address)


def test_a_typing_mistake_is_said_to_be_one(rosa: Persona, nobody: Persona) -> None:
    _, _, serial, code = link(rosa).split("/")
    wrong = ("B" if code[0] != "B" else "C") + code[1:]
    answer = nobody.post("/verify", {"serial": serial, "code": wrong})
    assert answer.status_code == 422
    assert "typing mistake" in answer.get_data(as_text=True)


def test_an_unknown_number_and_a_wrong_code_give_the_same_answer(
    rosa: Persona, nobody: Persona
) -> None:
    _, _, serial, _ = link(rosa).split("/")
    other_code = serials.new_code(bytes(16))
    other_serial = serials.new_serial(bytes(5))
    wrong = nobody.get(f"/v/{serial}/{other_code}")
    unknown = nobody.get(f"/v/{other_serial}/{other_code}")
    strip = re.compile(r'nonce="[^"]+"')
    assert wrong.status_code == unknown.status_code == 404
    assert strip.sub("", wrong.get_data(as_text=True)) == strip.sub(
        "", unknown.get_data(as_text=True)
    )


def test_guessing_is_throttled_and_then_even_the_right_answer_waits(
    rosa: Persona, nobody: Persona
) -> None:
    address = link(rosa)
    for _ in range(20):
        assert nobody.get(f"/v/{serials.new_serial(bytes(5))}/x").status_code == 404
    assert nobody.get(f"/v/{serials.new_serial(bytes(5))}/x").status_code == 429
    assert nobody.get(address).status_code == 429


def test_a_withdrawn_certificate_says_so_and_keeps_its_private_note(
    app: Flask, rosa: Persona, nobody: Persona
) -> None:
    address = link(rosa)
    with app.app_context():
        serial, code = address.split("/")[2:]
        found = certificates.for_verification(db.session, serial, code)
        coordinator = people.by_email(db.session, DENISE.email)
        assert found
        assert coordinator
        certificate_events.withdraw(
            db.session,
            found.id,
            reason=Reason(
                reason_class="issued-in-error",
                public_note="It was issued in error.",
                private_note="Between us.",
            ),
            actor_id=coordinator.id,
            now=now(),
        )
        db.session.commit()
    page = nobody.read(address)
    assert "not in force any more" in page
    assert "It was issued in error." in page
    assert "Between us." not in page


def test_the_page_is_kept_out_of_indexes(rosa: Persona, nobody: Persona) -> None:
    answer = nobody.get(link(rosa))
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_an_empty_form_is_sent_back(nobody: Persona) -> None:
    assert nobody.post("/verify").status_code == 422
