"""The ``course-engine`` command, as somebody at a terminal meets it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_engine.certificates.credentials import did_documents, sealing
from course_engine.cli import clerking, main, serving
from course_engine.records import certificates
from course_engine.web.database import db
from tests import walks
from tests.certificates.credentials.sealed import FACTS, KEY, WITHOUT_HTTPS
from tests.conftest import SAMPLE
from tests.people import Persona

COMMANDS = (
    "certificate",
    "certificate sample",
    "check",
    "clerk",
    "coverage",
    "db",
    "db upgrade",
    "export",
    "import",
    "keys",
    "keys distrust",
    "keys list",
    "keys rotate",
    "keys show",
    "person",
    "person add",
    "print",
    "publish",
    "rescore",
    "schema",
    "serve",
    "verify",
)


@pytest.fixture
def environ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment for a new site in an empty folder."""
    monkeypatch.setenv("COURSE_ENGINE_INSTANCE", str(tmp_path / "instance"))
    monkeypatch.setenv("COURSE_ENGINE_CURRICULUM", str(SAMPLE))
    monkeypatch.setenv("COURSE_ENGINE_SITE", str(SAMPLE / "site.yml"))
    monkeypatch.setenv("COURSE_ENGINE_PASSWORD_COST", "cheap")
    return tmp_path


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, list(arguments))


def test_a_start_asks_for_an_administrator_until_there_is_one(
    environ: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "_run", lambda *_, **__: None)
    monkeypatch.setattr(serving, "_insist_on_free", lambda *_: None)
    monkeypatch.setattr(clerking, "start", lambda *_, **__: lambda: None)
    assert "needs an administrator" in run("serve").output
    named = ("--name", "Ana Ruiz", "--role", "administrator", "--password", "river stone bridge")
    assert run("person", "add", "--email", "ana@example.org", *named).exit_code == 0
    told = run("serve").output
    assert "Course Engine is at" in told
    assert "needs an administrator" not in told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_worth_reading(command: str) -> None:
    result = run(*command.split(), "--help")
    assert result.exit_code == 0
    assert len(result.output.split()) > 20


def test_publishing_says_what_became_of_each_course(environ: Path) -> None:
    result = run("publish")
    assert result.exit_code == 0, result.output
    assert "first-steps: published (" in result.output
    assert "first-steps: unchanged" in run("publish").output


def test_publishing_as_json_can_be_read_by_a_program(environ: Path) -> None:
    outcome = json.loads(run("publish", "--format", "json").stdout)
    assert [one["slug"] for one in outcome] == ["first-steps"]


def test_a_broken_course_is_refused_and_the_others_are_published(environ: Path) -> None:
    folder = environ / "curriculum"
    (folder / "broken").mkdir(parents=True)
    (folder / "broken" / "course.md").write_text("---\ntitle: 7\n---\n", encoding="utf-8")
    (folder / "first-steps").symlink_to(SAMPLE / "first-steps")
    (folder / "frameworks").symlink_to(SAMPLE / "frameworks")
    result = run("publish", str(folder))
    assert result.exit_code == 1
    assert "broken: refused" in result.output
    assert "broken/course.md:" in result.output
    assert "first-steps: published" in result.output


def test_a_folder_without_courses_is_said_to_be_one(environ: Path) -> None:
    result = run("publish", str(environ))
    assert result.exit_code == 2
    assert "no course there" in result.stderr


def test_a_person_added_at_the_terminal_can_sign_in(environ: Path) -> None:
    added = run(
        "person", "add", "--email", "ana@example.org", "--name", "Ana Ruiz",
        "--role", "administrator", "--password", "five calm river stones",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    again = run(
        "person", "add", "--email", "ANA@example.org", "--name", "Ana Ruiz",
        "--password", "five calm river stones",
    )  # fmt: skip
    assert again.exit_code == 2
    assert "already an account" in again.stderr


def test_a_short_password_is_refused(environ: Path) -> None:
    result = run("person", "add", "--email", "a@example.org", "--name", "A", "--password", "short")
    assert result.exit_code == 2
    assert "at least 12" in result.stderr


def test_upgrading_twice_changes_nothing_the_second_time(environ: Path) -> None:
    assert "Upgraded to" in run("db", "upgrade").output
    assert "Already up to date" in run("db", "upgrade").output


def test_a_wrong_setting_is_one_line_and_exit_code_2(
    environ: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_ENGINE_PUBLIC_URL", "nowhere")
    result = run("db", "upgrade")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "COURSE_ENGINE_PUBLIC_URL" in result.stderr


def test_a_certificate_is_verified_by_number_or_by_file(
    rosa: Persona, environ: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    serial = walks.complete(rosa)
    settings = rosa.app.extensions["settings"]
    monkeypatch.setenv("COURSE_ENGINE_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("COURSE_ENGINE_INSTANCE", str(settings.instance))
    with rosa.app.app_context():
        code = certificates.find(db.session, serial, for_person=rosa.id).code
        db.session.rollback()
    pdf = environ / "certificate.pdf"
    pdf.write_bytes(rosa.get(f"/certificates/{serial}.pdf").data)
    for arguments in ((serial, "--code", code), (str(pdf),)):
        result = run("verify", *arguments, "--format", "json")
        assert result.exit_code == 0, result.output
        said = json.loads(result.stdout)
        assert (said["verdict"], said["standing"]) == ("genuine", "in force")
        assert said["name"] == "Rosa Ñandú"
        assert "code" not in said
    offline = run("verify", str(pdf), "--offline")
    assert (offline.exit_code, "standing: not asked" in offline.stdout) == (3, True)
    pdf.write_bytes(pdf.read_bytes() + b"%")
    changed = run("verify", str(pdf), "--format", "json")
    assert (changed.exit_code, json.loads(changed.stdout)["verdict"]) == (1, "altered")
    assert run("verify", serial, "--code", "x").exit_code == 2
    assert run("verify", serial).exit_code == 2


def test_files_are_verified_with_no_records_and_no_site(
    environ: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the files and the issuer's keys: nothing is made, nothing else is read."""
    monkeypatch.setenv("COURSE_ENGINE_INSTANCE", str(environ / "nowhere"))
    monkeypatch.setenv("COURSE_ENGINE_SITE", str(environ / "no-site.yml"))
    issuer = environ / "did.json"
    document = did_documents.compose("did:web:learn.harbor.example", [KEY.public])
    issuer.write_text(json.dumps(document), encoding="utf-8")
    good, bad, other = (environ / name for name in ("good.json", "bad.json", "other.txt"))
    good.write_bytes(sealing.sealed_credential(FACTS, KEY, status_index=5))
    bad.write_bytes(good.read_bytes().replace(b"Delgado", b"Delgada"))
    other.write_bytes(b"hello")
    told = run("verify", str(good), "--issuer", str(issuer))
    assert (told.exit_code, "good.json: genuine" in told.stdout) == (3, True)
    told = run(
        "verify", str(good), str(bad), str(other), "--issuer", str(issuer), "--format", "json"
    )
    verdicts = [json.loads(line)["verdict"] for line in told.stdout.splitlines()]
    assert (told.exit_code, verdicts) == (1, ["genuine", "altered", "unknown"])
    assert run("verify", str(good)).exit_code == 1
    assert run("verify", str(good), "--issuer", str(other)).exit_code == 2
    assert not (environ / "nowhere").exists()


def test_a_certificate_that_names_its_own_key_is_said_to(environ: Path) -> None:
    certificate = environ / "certificate.json"
    certificate.write_bytes(sealing.sealed_credential(WITHOUT_HTTPS, KEY, status_index=5))
    told = run("verify", str(certificate))
    assert told.exit_code == 1
    assert "signed by a key that you did not name" in told.stdout


def test_the_clerk_does_what_there_is_to_do_and_ends(
    environ: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("signal.signal", lambda *_given: None)
    result = run("clerk", "--once")
    assert result.exit_code == 0, result.output
    assert result.output == ""


def test_an_empty_ledger_holds_and_has_no_head(environ: Path) -> None:
    checked = run("ledger", "check")
    assert checked.exit_code == 0
    assert "The ledger holds: 0 entries" in checked.output
    assert run("ledger", "head").exit_code == 1
