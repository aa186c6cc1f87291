"""The keys of a site: made once, kept whole, rotated, or brought along by the organization."""

import json
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from course_engine.app import create_app
from course_engine.certificates.examining import examine
from course_engine.cli import serving
from course_engine.web import keyring, making
from course_engine.web.keyring import KeysUnusable, StillInUse
from tests.certificates.printed import facts, opened
from tests.conftest import settings_for
from tests.people import Persona
from tests.site.test_command_line import environ, run

__all__ = ["environ"]

FILES = ["credentials-0001.pem", "documents-0001.pem"]


@pytest.fixture(scope="module")
def app_for_keys(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return create_app(settings_for(tmp_path_factory.mktemp("keys")))


@pytest.fixture
def site(app_for_keys: Flask, tmp_path: Path) -> Iterator[Flask]:
    """A site that has no keys yet."""
    app_for_keys.extensions["settings"] = settings_for(tmp_path)
    with app_for_keys.app_context():
        yield app_for_keys


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "keys").iterdir())


def test_keys_are_made_when_they_are_first_needed_and_stay(site: Flask, tmp_path: Path) -> None:
    assert not (tmp_path / "keys").exists()
    first = keyring.current()
    assert keyring.current() == first
    assert names(tmp_path) == FILES
    assert "Test Organization" in str(first.documents.certificate)


def test_nobody_else_on_the_machine_can_read_them(site: Flask, tmp_path: Path) -> None:
    keyring.current()
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {0o600}


def test_two_processes_at_once_end_with_one_key(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path;"
        "from course_engine.web import key_folder as f, keyring as k;"
        "from course_engine.certificates.key_making import make_credential_key as make;"
        "import secrets; from datetime import UTC, datetime;"
        "key = lambda: make(secrets.token_bytes(32), created=datetime.now(UTC));"
        "sys.stdin.read();"
        "print(f.with_one_in_use(Path(sys.argv[1]), 'credentials', key, k._signs)[-1].id)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path / "keys")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for process in started:
        assert process.stdin
        process.stdin.close()
    said = set()
    for process in started:
        assert process.stdout
        with process.stdout as output:
            said.add(output.read())
        assert process.wait() == 0
    assert len(said) == 1
    assert names(tmp_path) == FILES[:1]


def test_a_key_that_another_process_made_first_is_taken(
    site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: list[str] = []
    real = keyring._new_document_key

    def slow() -> keyring.SigningKey:
        if not before:
            before.append("begun")
            before.append(keyring.current().documents.id)
        return real()

    monkeypatch.setattr(keyring, "_new_document_key", slow)
    assert keyring.current().documents.id == before[1]
    assert names(tmp_path) == FILES


def test_what_was_killed_while_it_was_written_leaves_no_half_key(
    site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            keyring.current()
    assert names(tmp_path) == []
    (tmp_path / "keys" / ".0123456789abcdef").write_bytes(b"Purpose: cred")
    assert keyring.current().documents
    assert names(tmp_path) == [".0123456789abcdef", *FILES]


def test_keys_that_cannot_be_read_are_told_and_nothing_is_made(site: Flask, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / FILES[1]).write_text("half", encoding="ascii")
    with pytest.raises(KeysUnusable, match="cannot be used"):
        keyring.current()
    assert names(tmp_path) == FILES
    assert keyring.expiring() is None


def test_rotating_keeps_the_old_key_for_checking(site: Flask, tmp_path: Path) -> None:
    old = keyring.current()
    made = keyring.rotate("documents")
    ring = keyring.current()
    assert (ring.documents.id, ring.credentials.id) == (made.id, old.credentials.id)
    assert [key.id for key in ring.known("documents")] == [made.id, old.documents.id]
    assert ring.retired[0].retired == made.created
    keyring.rotate("credentials")
    assert [len(keyring.current().known(each)) for each in ("credentials", "documents")] == [2, 2]  # type: ignore[arg-type]


def test_a_key_that_leaked_vouches_for_nothing_and_stays_listed(site: Flask) -> None:
    leaked = keyring.current().documents
    with pytest.raises(StillInUse):
        keyring.distrust(leaked)
    keyring.rotate("documents")
    (retired,) = keyring.current().retired
    keyring.distrust(retired)
    ring = keyring.current()
    assert [key.id for key in ring.known("documents")] == [ring.documents.id]
    assert [(key.id, key.distrusted) for key in ring.retired] == [(leaked.id, True)]


def test_a_removed_file_is_never_written_over(site: Flask, tmp_path: Path) -> None:
    keyring.current()
    keyring.rotate("documents")
    (tmp_path / "keys" / FILES[1]).unlink()
    keyring.rotate("documents")
    assert names(tmp_path) == [FILES[0], "documents-0002.pem", "documents-0003.pem"]


def test_an_expired_certificate_is_replaced_and_one_about_to_end_is_told(
    site: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = keyring.current().documents
    assert first.expires is not None
    assert keyring.expiring() is None
    monkeypatch.setattr(keyring, "now", lambda: first.expires - timedelta(days=59))  # type: ignore[operator]
    assert keyring.expiring() == first.expires
    assert keyring.current().documents.id == first.id
    monkeypatch.setattr(keyring, "now", lambda: first.expires)
    assert keyring.current().documents.id != first.id


def test_the_command_lists_shows_and_rotates(environ: Path) -> None:
    before = json.loads(run("keys", "list", "--format", "json").stdout)
    assert [row["purpose"] for row in before] == ["credentials", "documents"]
    rotated = run("keys", "rotate", "documents")
    assert rotated.exit_code == 0, rotated.output
    after = json.loads(run("keys", "list", "--format", "json").stdout)
    assert [bool(row["retired"]) for row in after] == [False, False, True]
    assert after[2]["id"] == before[1]["id"]
    assert run("keys", "distrust", before[1]["id"]).exit_code == 0
    assert run("keys", "distrust", after[1]["id"]).exit_code == 2
    listed = run("keys", "list").stdout
    assert "in use" in listed
    assert ", distrusted" in listed
    shown = run("keys", "show", before[1]["id"]).stdout
    assert shown.startswith("-----BEGIN CERTIFICATE-----")
    assert "PUBLIC KEY" in run("keys", "show", before[0]["id"]).stdout
    unknown = run("keys", "show", "0000")
    assert (unknown.exit_code, "no key" in unknown.stderr) == (2, True)


def test_the_start_makes_keys_and_warns_of_an_end(
    site: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    serving._ready_keys()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(keyring, "expiring", lambda: datetime(2027, 1, 5, tzinfo=UTC))
    serving._ready_keys()
    assert "ends on 2027-01-05" in capsys.readouterr().err


def test_administrators_alone_see_that_a_certificate_ends(
    harold: Persona, rosa: Persona, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "signing key is needed" not in harold.read("/people")
    monkeypatch.setattr(keyring, "expiring", lambda: datetime(2027, 1, 5, 12, tzinfo=UTC))
    assert "January 5, 2027" in harold.read("/people")
    assert "signing key is needed" not in rosa.read("/courses")


@pytest.mark.slow
def test_a_certificate_is_made_with_its_credential_and_signed(site: Flask) -> None:
    made = making.make(facts(), status_index=41)
    found = examine(made.pdf, keyring.current().known("documents"))
    assert found is not None
    assert found.genuine
    file = opened(made.pdf).Root.AF[0]
    assert file.EF.F.read_bytes() == made.credential
    assert (str(file.UF), str(file.AFRelationship)) == ("credential.json", "/Source")
    credential = json.loads(made.credential)
    assert credential["id"] == facts().verify_url
    assert credential["proof"]["cryptosuite"] == "eddsa-rdfc-2022"
