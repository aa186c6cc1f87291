"""A working copy that a test may change, beside the published course."""

import dataclasses
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

SAMPLE = Path(__file__).parents[2] / "sample"


@pytest.fixture
def files(app: Flask, tmp_path: Path) -> Iterator[Path]:
    """The course's folder in a curriculum of its own; so far it is what was published."""
    shutil.copytree(SAMPLE, tmp_path / "curriculum")
    kept = app.extensions["settings"]
    app.extensions["settings"] = dataclasses.replace(kept, curriculum=tmp_path / "curriculum")
    yield tmp_path / "curriculum" / "first-steps"
    app.extensions["settings"] = kept


def change(path: Path, old: str, new: str) -> None:
    """Write something else into a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
