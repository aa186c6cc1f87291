"""A stranger hands in a file and is told what it is."""

import json
from io import BytesIO

import pikepdf
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from course_engine.certificates.credentials import sealing
from course_engine.web import issuer, key_folder, keyring
from tests import walks
from tests.people import Persona


def hand_in(person: Persona, content: bytes, name: str = "certificate.pdf") -> TestResponse:
    return person.post(
        "/verify/file", {"document": (BytesIO(content), name)}, content_type="multipart/form-data"
    )


def page_of(person: Persona, content: bytes) -> str:
    answer = hand_in(person, content)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_each_file_that_a_holder_has_is_genuine_until_it_is_changed(
    rosa: Persona, nobody: Persona
) -> None:
    serial = walks.complete(rosa)
    kept = {kind: rosa.get(f"/certificates/{serial}.{kind}").data for kind in FILES}
    for kind, content in kept.items():
        page = page_of(nobody, content)
        said = "Nothing in this file" if kind in {"pdf", "json"} else "credential in this picture"
        assert f"{said} was" in page
        assert "genuine and in force" in page
        assert "Rosa Ñandú" in page

    credential = json.loads(kept["json"])
    credential["credentialSubject"]["identifier"][0]["identityHash"] = "Tomasz Łuk"
    credential["credentialSubject"]["activityEndDate"] = "2020-01-01"
    page = page_of(nobody, sealing.text(credential))
    assert "Name: another one was signed." in page
    assert "Completed: signed was" in page
    assert "Rosa Ñandú" not in page

    saved = BytesIO()
    with pikepdf.open(BytesIO(kept["pdf"])) as document:
        document.save(saved)
    page = page_of(nobody, saved.getvalue())
    assert "It still holds the words that were signed" in page
    assert "Words that were added" not in page

    page = page_of(nobody, written_over(kept["pdf"], "Bertram Forger"))
    assert "Words that were added: “Bertram Forger”." in page

    with pikepdf.open(BytesIO(kept["pdf"])) as document:
        for attached in list(document.attachments):
            del document.attachments[attached]
        document.save(stripped := BytesIO())
    page = page_of(nobody, stripped.getvalue())
    assert "Not the file that was issued" in page
    assert "Rosa Ñandú" not in page


def test_what_was_issued_stays_genuine_when_its_keys_are_distrusted(
    app: Flask, rosa: Persona, nobody: Persona
) -> None:
    serial = walks.complete(rosa)
    kept = [rosa.get(f"/certificates/{serial}.{kind}").data for kind in ("pdf", "json")]
    with app.app_context():
        keys = keyring.current()
        folder = app.extensions["settings"].keys
        for key in (keys.credentials, keys.documents):
            keyring.rotate(key.purpose)
            key_folder.distrust(folder, key)
        assert keys.credentials.id not in {key.id for key in issuer.public_keys()}
    for content in kept:
        assert "Nothing in this file was changed" in page_of(nobody, content)


FILES = ("pdf", "json", "svg", "png")


def test_a_file_of_somebody_else_is_not_one_of_ours(nobody: Persona) -> None:
    forged = sealing.text({"type": ["AchievementCredential"], "name": "Certified"})
    assert "nothing in this file that was signed here" in page_of(nobody, forged)


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7 broken", b"<svg></svg>"])
def test_what_cannot_be_read_is_asked_for_again(nobody: Persona, content: bytes) -> None:
    assert hand_in(nobody, content).status_code == 422


def test_a_file_that_is_too_large_is_refused(nobody: Persona) -> None:
    body = b"--x\r\n" + bytes(3 * 1024 * 1024)
    answer = nobody.browser.post(
        "/verify/file", data=body, content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 413


def test_handing_in_wrong_files_is_throttled(nobody: Persona) -> None:
    for _ in range(20):
        assert hand_in(nobody, b"hello").status_code == 422
    assert hand_in(nobody, b"hello").status_code == 429


def test_there_is_nothing_to_get(nobody: Persona) -> None:
    assert nobody.get("/verify/file").status_code == 405


def test_a_picture_is_never_called_unchanged_for_anybody_can_draw_another(
    rosa: Persona, nobody: Persona
) -> None:
    serial = walks.complete(rosa)
    drawn = rosa.get(f"/certificates/{serial}.svg").data
    page = page_of(nobody, drawn.replace(b"</svg>", b"<text>Tomasz</text></svg>"))
    assert "Anybody can draw a picture around it" in page
    assert "Nothing in this file was changed" not in page


def test_a_made_up_file_learns_no_name_of_a_replaced_certificate(
    rosa: Persona, denise: Persona, nobody: Persona
) -> None:
    serial = walks.complete(rosa)
    rosa.post(f"/certificates/{serial}/sharing", {"shows_name": "yes"})
    credential = json.loads(rosa.get(f"/certificates/{serial}.json").data)
    denise.post(f"/issued/{serial}/reissue", {"reason": "name-changed", "private_note": ""})
    # Whoever was given the address knows number and code, and can make a file that names them.
    credential["credentialSubject"]["identifier"][0]["identityHash"] = "Somebody"
    page = page_of(nobody, sealing.text(credential))
    assert "replaced by a newer one" in page
    assert "Rosa Ñandú" not in page


def written_over(content: bytes, words: str) -> bytes:
    """Write words across a certificate, as somebody does who paints over the name on it."""
    with pikepdf.open(BytesIO(content)) as document:
        page = document.pages[0]
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = {key: pikepdf.Name(value) for key, value in font.items()}
        page.Resources.Font["/Forged"] = pikepdf.Dictionary(named)
        drawn = f"Q BT /Forged 30 Tf 200 400 Td ({words}) Tj ET".encode()
        page.contents_add(document.make_stream(b"q"), prepend=True)
        page.contents_add(document.make_stream(drawn))
        document.save(saved := BytesIO())
    return saved.getvalue()
