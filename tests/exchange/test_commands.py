"""``import`` and ``export``, as an author at a terminal meets them."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_engine.cli import main
from course_engine.curriculum import loading, parsing
from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.problems import Report
from course_engine.curriculum.questions import Ordering
from course_engine.exchange import shelves
from tests.conftest import SAMPLE
from tests.exchange import items
from tests.exchange.questions import alone

GIFT = "$CATEGORY: Limits\n\n// [id:who]\nWho decides? {=They do #Yes. ~I do}\n\nRead this.\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(each) for each in arguments])


@pytest.fixture
def gift(tmp_path: Path) -> Path:
    path = tmp_path / "a.gift"
    path.write_text(GIFT)
    return path


def test_what_is_imported_passes_the_check_as_a_bank(gift: Path, tmp_path: Path) -> None:
    course = tmp_path / "curriculum" / "first-steps"
    shutil.copytree(SAMPLE / "first-steps", course)
    shutil.copytree(SAMPLE / "frameworks", tmp_path / "curriculum" / "frameworks")
    bank = course / "exam" / "bank" / "limits.md"
    result = run("import", "gift", gift, "--out", bank)
    assert bank.read_text() == (
        '---\ntitle: "Limits"\n---\n\n## Who decides? {#who}\n\n'
        "- (x) They do\n    > Yes.\n- ( ) I do\n"
    )
    assert f"{gift}:6:1: not imported because a description asks nothing." in result.stdout
    assert "1 question imported, 1 left out." in result.stderr
    assert result.exit_code == 1
    checked = json.loads(run("check", tmp_path / "curriculum", "--format", "json").stdout)
    assert [each["code"] for each in checked if "limits.md" in each["path"]] == ["never-drawn"]


def test_the_losses_can_be_read_by_a_program(gift: Path, tmp_path: Path) -> None:
    result = run("import", "gift", gift, "--out", tmp_path / "bank.md", "--format", "json")
    told = json.loads(result.stdout)
    assert [(each["line"], each["code"], each["severity"]) for each in told] == [
        (1, "no-competency", "warning"),
        (6, "description", "problem"),
    ]


def test_a_file_that_exists_is_kept_unless_told_otherwise(gift: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank.md"
    bank.write_text("mine")
    assert run("import", "gift", gift, "--out", bank).exit_code == 2
    assert bank.read_text() == "mine"
    assert run("import", "gift", gift, "--out", bank, "--force").exit_code == 1
    assert "Who decides?" in bank.read_text()


def test_a_file_without_questions_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xff\x00")
    result = run("import", "aiken", path, "--out", tmp_path / "bank.md")
    assert (result.exit_code, "Nothing written" in result.stderr) == (1, True)
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_that_cannot_be_written_to_is_said_in_one_line(gift: Path, tmp_path: Path) -> None:
    result = run("import", "gift", gift, "--out", tmp_path / "nowhere" / "bank.md")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_nothing_is_left_behind_when_writing_fails(
    gift: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fails)
    result = run("import", "gift", gift, "--out", tmp_path / "bank.md")
    assert (result.exit_code, "No space left" in result.stderr) == (2, True)
    assert [each.name for each in tmp_path.iterdir()] == ["a.gift"]


def test_a_package_is_imported(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(
        items.package(
            {"imsmanifest.xml": items.manifest("one.xml"), "one.xml": items.item(items.CHOICE)}
        )
    )
    result = run("import", "qti", path, "--out", tmp_path / "bank.md", "--title", "Waiting")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "bank.md").read_text().startswith('---\ntitle: "Waiting"\n---\n')


@pytest.mark.parametrize(("kind", "name"), [("gift", "a.gift"), ("qti", "a.zip")])
def test_the_questions_of_a_course_come_back_from_their_export(
    kind: str, name: str, tmp_path: Path
) -> None:
    (loaded,) = loading.load(SAMPLE / "first-steps")
    assert loaded.course is not None
    asked = [each for shelf in shelves.of(loaded.course) for each in shelf.questions]
    exported = run("export", kind, SAMPLE / "first-steps", "--out", tmp_path / name)
    told = exported.stdout.count("\n")
    assert told == (1 if kind == "gift" else 0), exported.stdout
    assert exported.exit_code == (1 if told else 0)
    bank = tmp_path / "bank.md"
    imported = run("import", kind, tmp_path / name, "--out", bank)
    assert imported.exit_code == 0, imported.output
    draft = Draft(path="bank.md", addresses=Addresses(known={}), report=Report("bank.md"))
    parsed = parsing.bank(bank.read_bytes(), draft)
    assert parsed.value is not None
    carried = [each for each in asked if kind == "qti" or not isinstance(each, Ordering)]
    assert list(map(alone, parsed.value.questions)) == list(map(alone, carried))


def test_an_unknown_topic_is_said_to_be_one(tmp_path: Path) -> None:
    result = run(
        "export", "gift", SAMPLE / "first-steps", "--only", "x", "--out", tmp_path / "a.gift"
    )
    assert (result.exit_code, "--only" in result.stderr) == (2, True)
