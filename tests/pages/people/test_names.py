"""Correcting a person's names."""

from tests.pages.people.conftest import Entries, Known
from tests.people import Persona


def test_a_correction_is_kept_and_journaled_without_the_name(
    harold: Persona, rosa: Persona, person: Known, entries: Entries
) -> None:
    answer = harold.post(
        f"/people/{rosa.id}/names", {"legal_name": "Rosa  María Ñandú", "used_name": "Rosa"}
    )
    assert (answer.status_code, answer.location) == (303, f"/people/{rosa.id}")
    assert person(rosa).legal_name == "Rosa María Ñandú"
    (entry,) = entries("person.renamed")
    assert (entry.actor_name, entry.details) == ("Harold", {"changed": ["legal"]})


def test_without_a_name_to_go_by_the_legal_name_is_used(
    harold: Persona, rosa: Persona, person: Known
) -> None:
    harold.post(f"/people/{rosa.id}/names", {"legal_name": "Rosa Ñandú", "used_name": ""})
    assert person(rosa).used_name == "Rosa Ñandú"


def test_a_name_that_no_certificate_can_print_is_refused(
    harold: Persona, rosa: Persona, person: Known
) -> None:
    for name in ("", "   ", "x" * 201, "Rosa \ue000"):
        answer = harold.post(f"/people/{rosa.id}/names", {"legal_name": name, "used_name": "Rosa"})
        assert answer.status_code == 422
    assert person(rosa).legal_name == "Rosa Ñandú"


def test_a_person_who_does_not_exist_is_missing(harold: Persona) -> None:
    assert harold.post("/people/999999/names", {"legal_name": "Nobody"}).status_code == 404


def test_only_administrators_correct_names(
    nobody: Persona, tomasz: Persona, denise: Persona, rosa: Persona
) -> None:
    sent = {"legal_name": "Somebody Else", "used_name": "Else"}
    assert nobody.post(f"/people/{rosa.id}/names", sent).status_code in {303, 401}
    for persona in (tomasz, denise):
        assert persona.post(f"/people/{rosa.id}/names", sent).status_code == 403


def test_a_name_is_not_corrected_by_looking(harold: Persona, rosa: Persona) -> None:
    assert harold.get(f"/people/{rosa.id}/names").status_code == 405
