"""Reading and signing a statement."""

from tests import walks
from tests.people import Persona

STATEMENT = f"{walks.COURSE}/statements/promise"


def test_a_signature_is_kept_with_the_words_and_the_day(rosa: Persona) -> None:
    walks.begin(rosa)
    assert "I will listen first." in rosa.read(STATEMENT)
    walks.sign(rosa)
    page = rosa.read(STATEMENT)
    assert "Signed as Rosa Ñandú on " in page
    assert "Type your name" not in page


def test_the_box_must_be_ticked_and_a_name_typed(rosa: Persona) -> None:
    walks.begin(rosa)
    answer = rosa.post(STATEMENT, {"signed_name": "  "})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Please tick this box" in page
    assert "Please fill this in" in page


def test_signing_again_changes_nothing(rosa: Persona) -> None:
    walks.begin(rosa)
    walks.sign(rosa)
    rosa.post(STATEMENT, {"signed_name": "Somebody Else", "agreed": "y"})
    assert "Somebody Else" not in rosa.read(STATEMENT)


def test_an_unknown_statement_is_missing(rosa: Persona) -> None:
    walks.begin(rosa)
    assert rosa.get(f"{walks.COURSE}/statements/other").status_code == 404


def test_a_statement_needs_an_enrollment(tomasz: Persona) -> None:
    assert tomasz.get(STATEMENT).status_code == 404
    assert tomasz.post(STATEMENT).status_code == 404


def test_a_statement_is_for_trainees(amara: Persona) -> None:
    assert amara.get(STATEMENT).status_code == 403
