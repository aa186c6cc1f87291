"""The project's own files agree with each other and speak of no particular machine."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
LOCKED = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,-]+\])?==([\w.]+) ", re.MULTILINE)
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(rb"(?<![\w.:/}-])/(?:wo" rb"rk|ro" rb"ot|home/\w+|Users/\w+)/")
REGISTRY = re.compile(rb"py" rb"pi\.org|python" rb"hosted\.|registry\.npm" rb"js|deb\.deb" rb"ian")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True)
    names = os.fsdecode(listed.stdout).split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY], ids=["paths", "registries"])
def test_no_file_names_a_machine_or_a_registry(forbidden: re.Pattern[bytes]) -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group().decode()}"
        for path in tracked()
        for match in forbidden.finditer(path.read_bytes())
    ]
    assert found == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_a_hash(lock: str) -> None:
    text = read(lock)
    assert "://" not in text
    entries = [
        line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")
    ]
    assert len(entries) > 20
    assert [entry for entry in entries if not LOCKED.match(entry)] == []
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_both_locks_agree_on_every_package_they_share() -> None:
    run, dev = (dict(LOCKED.findall(read(lock))) for lock in LOCKS)
    shared = run.keys() & dev.keys()
    assert shared
    assert {name: run[name] for name in shared} == {name: dev[name] for name in shared}


def test_everything_declared_is_locked() -> None:
    locked = {name for lock in LOCKS for name, _ in LOCKED.findall(read(lock))}
    declared = tomllib.loads(read("pyproject.toml"))
    groups = [declared["project"]["dependencies"], *declared["dependency-groups"].values()]
    wanted = [requirement for group in groups for requirement in group]
    assert {re.split(r"[^\w-]", each)[0] for each in wanted} <= locked


def test_the_readme_says_to_run_what_the_gate_runs() -> None:
    commands = re.findall(r"^make \w+$", read(".ci/run"), re.MULTILINE)
    assert commands == ["make check", "make test"]
    assert [command for command in commands if command not in read("README.md")] == []


@pytest.mark.parametrize("script", ["setup.sh", ".ci/run"])
def test_scripts_may_be_executed(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)


def test_help_lists_every_target() -> None:
    makefile = read("Makefile")
    targets = set(re.findall(r"^([a-z]+):(?!=)", makefile, re.MULTILINE))
    printed = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert targets == set(re.findall(r"^make (\w+) ", printed, re.MULTILINE))
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert set(phony.split()) == targets
