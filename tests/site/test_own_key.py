"""An organization's own PKCS#12: used from the start, or refused with one line."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from course_engine import settings as settings_file
from course_engine.app import create_app
from course_engine.settings import WrongSetting
from course_engine.web import keyring
from course_engine.web.keyring import OwnKeyInUse
from tests.certificates.signed import PASSPHRASE, pkcs12_of
from tests.conftest import settings_for
from tests.site.test_settings import environ as variables


def with_own_key(folder: Path, **changes: object) -> Flask:
    (folder / "own.p12").write_bytes(pkcs12_of(**changes))
    return create_app(
        settings_for(folder, signing_pkcs12=folder / "own.p12", signing_passphrase=PASSPHRASE)
    )


RECENT = {"begins": datetime.now(UTC) - timedelta(days=9)}


def test_an_organization_s_own_key_signs_and_only_its_public_part_is_kept(tmp_path: Path) -> None:
    with with_own_key(tmp_path, **RECENT).app_context():
        own = keyring.current().documents
        assert "River Valley Training" in str(own.certificate)
        with pytest.raises(OwnKeyInUse):
            keyring.rotate("documents")
    kept = (tmp_path / "keys" / "documents-0001.pem").read_bytes()
    assert b"PRIVATE" not in kept
    with create_app(settings_for(tmp_path)).app_context():
        ring = keyring.current()
        assert [key.id for key in ring.known("documents")] == [ring.documents.id, own.id]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"passphrase": "another"}, "the passphrase is wrong"),
        (RECENT | {"ends": datetime.now(UTC) - timedelta(days=1)}, "expired on"),
        (RECENT | {"usage": False}, "not meant for signatures"),
    ],
)
def test_an_own_key_that_cannot_sign_stops_the_start_with_one_line(
    tmp_path: Path, changes: dict[str, object], why: str
) -> None:
    with pytest.raises(WrongSetting, match=f"SIGNING_PKCS12.*{why}") as refused:
        with_own_key(tmp_path, **changes)
    assert "\n" not in str(refused.value)
    assert PASSPHRASE not in str(refused.value)


def test_the_passphrase_comes_from_a_variable_or_a_file_and_shows_nowhere(tmp_path: Path) -> None:
    (tmp_path / "own.p12").write_bytes(pkcs12_of())
    (tmp_path / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    file = str(tmp_path / "own.p12")
    for given in (
        {"SIGNING_PASSPHRASE": PASSPHRASE},
        {"SIGNING_PASSPHRASE_FILE": str(tmp_path / "passphrase")},
    ):
        read = settings_file.load(variables(tmp_path, SIGNING_PKCS12=file, **given))
        assert read.signing_passphrase == PASSPHRASE
        assert PASSPHRASE not in repr(read)
    demo = settings_file.load(variables(tmp_path, SIGNING_PKCS12=file), demo=True)
    assert demo.signing_pkcs12 is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SIGNING_PKCS12": "/nowhere/own.p12"}, "no file /nowhere/own.p12"),
        ({"SIGNING_PASSPHRASE_FILE": "/nowhere/secret"}, "no file /nowhere/secret"),
        ({"TIMESTAMP_URL": "time.example.org"}, "TIMESTAMP_URL must be an address"),
    ],
)
def test_a_wrong_setting_of_a_key_is_named(
    tmp_path: Path, given: dict[str, str], said: str
) -> None:
    with pytest.raises(WrongSetting, match=said):
        settings_file.load(variables(tmp_path, **given))


def test_a_passphrase_is_given_in_one_way(tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
    twice = {"SIGNING_PASSPHRASE": "x", "SIGNING_PASSPHRASE_FILE": str(tmp_path / "passphrase")}
    with pytest.raises(WrongSetting, match="both set"):
        settings_file.load(variables(tmp_path, **twice))
