"""What is built for others to install holds everything that the site needs to start."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ZipFile]:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with ZipFile(built) as archive:
        yield archive


def tracked(folder: str) -> set[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", folder], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}


@pytest.mark.parametrize("folder", ["templates", "curriculum"])
def test_templates_and_curriculum_travel_with_the_program(wheel: ZipFile, folder: str) -> None:
    expected = {f"course_engine/shipped/{name}" for name in tracked(folder)}
    assert expected
    assert expected <= set(wheel.namelist())


@pytest.mark.parametrize("folder", ["static", "records/migrations"])
def test_styles_scripts_and_migrations_travel_too(wheel: ZipFile, folder: str) -> None:
    expected = tracked(f"course_engine/{folder}")
    assert expected
    assert expected <= set(wheel.namelist())


def test_tests_and_documents_stay_at_home(wheel: ZipFile) -> None:
    folders = {name.split("/")[0] for name in wheel.namelist()}
    assert {name.partition("-")[0] for name in folders} == {"course_engine"}


def test_the_command_and_the_license_are_declared(wheel: ZipFile) -> None:
    (declared,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "course-engine = course_engine.cli:main" in wheel.read(declared).decode()
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())
