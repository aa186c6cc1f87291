"""``course-engine check`` and ``schema``: what they print, and how they end."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from course_engine.cli.checking import check, schema
from course_engine.curriculum import schemas
from tests.curriculum.authored import COURSE, files

pytestmark = pytest.mark.pure

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"
WRONG = {"01-first/quiz.md": str(COURSE["01-first/quiz.md"]).replace("(x)", "( )")}
DOUBTFUL = {"01-first/01-one.md": str(COURSE["01-first/01-one.md"]) + "\nThat is crazy.\n"}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(check, [str(each) for each in arguments])


def test_a_sound_course_ends_with_zero(tmp_path: Path) -> None:
    result = run(files(tmp_path, {}))
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "1 course checked: 0 problems, 0 warnings.\n"


def test_a_problem_ends_with_one_and_names_its_place(tmp_path: Path) -> None:
    result = run(files(tmp_path, dict(WRONG)))
    assert result.exit_code == 1
    assert result.stdout == (
        "01-first/quiz.md:8:1: no choice is marked right. Put (x) before exactly one.\n"
    )
    assert result.stderr == "1 course checked: 1 problem, 0 warnings.\n"


def test_warnings_fail_only_a_strict_check(tmp_path: Path) -> None:
    folder = files(tmp_path, dict(DOUBTFUL))
    assert run(folder).exit_code == 0
    assert "warning: " in run(folder).stdout
    assert run(folder, "--strict").exit_code == 1


def test_a_program_reads_a_list_of_exactly_these_keys(tmp_path: Path) -> None:
    result = run(files(tmp_path, dict(WRONG)), "--format", "json")
    assert json.loads(result.stdout) == [
        {
            "path": "01-first/quiz.md",
            "line": 8,
            "column": 1,
            "severity": "problem",
            "code": "no-right-choice",
            "message": "no choice is marked right. Put (x) before exactly one.",
        }
    ]
    assert json.loads(run(files(tmp_path / "b", {}), "--format", "json").stdout) == []


def test_github_gets_annotations_on_one_line_each(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {**WRONG, **DOUBTFUL, "100%,x.md": "x"}
    lines = run(files(tmp_path, changes), "--format", "github").stdout.splitlines()
    assert [line.partition("::")[2].rpartition("::")[0] for line in lines] == [
        "warning file=01-first/01-one.md,line=8,col=9,title=stigma",
        "error file=01-first/quiz.md,line=8,col=1,title=no-right-choice",
        "error file=100%25%2Cx.md,line=1,col=1,title=stray-file",
    ]


def test_a_curriculum_is_checked_whole(tmp_path: Path) -> None:
    files(tmp_path, dict(WRONG))
    result = run(tmp_path)
    assert result.stdout.startswith("a-course/01-first/quiz.md:8:1: ")


def test_a_folder_without_courses_is_a_mistake_of_the_command(tmp_path: Path) -> None:
    result = run(tmp_path)
    assert result.exit_code == 2
    assert "A course is a folder that holds a course.md." in result.stderr


@pytest.mark.parametrize("kind", sorted(schemas.SCHEMAS))
def test_the_published_schemas_are_those_in_force(kind: str) -> None:
    printed = CliRunner().invoke(schema, [kind]).stdout
    assert (SCHEMAS / f"{kind}.json").read_text() == printed
    assert json.loads(printed)["additionalProperties"] is False


def test_no_schema_is_left_over() -> None:
    assert {path.stem for path in SCHEMAS.glob("*.json")} == set(schemas.SCHEMAS)
