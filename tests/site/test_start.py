"""What a start loads: nothing that only few pages or commands need."""

import gc
import os
import subprocess
import sys
from pathlib import Path

import pytest
from werkzeug.routing import Map, Rule

from course_engine.cli.lasting import lasting
from course_engine.records import schema
from course_engine.web.rules import LateRule
from tests.conftest import SAMPLE

HEAVY = (
    "PIL",
    "alembic",
    "fontTools",
    "markdown",
    "multiprocessing",
    "nh3",
    "pikepdf",
    "psycopg",
    "pyhanko",
    "pyld",
    "pypdf",
    "rich",
    "segno",
    "sqlalchemy.dialects.postgresql",
    "watchfiles",
    "weasyprint",
    "course_engine.certificates.credentials.reading",
    "course_engine.certificates.examining",
    "course_engine.certificates.printing",
    "course_engine.curriculum.loading",
    "course_engine.exchange",
    "course_engine.press.rendering",
    "course_engine.workbooks",
)
START = """
import sys
from course_engine.cli import gunicorn, serving, starting
starting.site(starting.settings())
print(*sys.modules, sep="\\n")
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """The modules of a process that has built the site, on SQLite, and published nothing."""
    instance = tmp_path_factory.mktemp("instance")
    schema.upgrade(f"sqlite:///{instance / 'site.db'}")
    given = {
        "COURSE_ENGINE_INSTANCE": str(instance),
        "COURSE_ENGINE_DATABASE_URL": f"sqlite:///{instance / 'site.db'}",
        "COURSE_ENGINE_CURRICULUM": str(SAMPLE),
        "COURSE_ENGINE_SITE": str(SAMPLE / "site.yml"),
    }
    printed = subprocess.run(
        [sys.executable, "-c", START],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        env=os.environ | given,
    ).stdout
    return frozenset(printed.split())


def test_a_start_loads_the_site(loaded: frozenset[str]) -> None:
    assert {"course_engine.app", "course_engine.pages.lessons.views", "sqlalchemy"} <= loaded


@pytest.mark.parametrize("module", HEAVY)
def test_a_start_waits_for_nothing_that_few_pages_need(module: str, loaded: frozenset[str]) -> None:
    assert not [name for name in loaded if name == module or name.startswith(f"{module}.")]


def test_nobody_looks_for_garbage_in_what_a_start_loads() -> None:
    before = gc.get_freeze_count()
    with lasting():
        assert not gc.isenabled()
        kept: list[list[int]] = [[] for _ in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(kept)
    gc.unfreeze()


def test_what_could_not_be_loaded_leaves_the_garbage_collector_at_work() -> None:
    with pytest.raises(ImportError), lasting():
        raise ImportError
    assert gc.isenabled()
    gc.unfreeze()


def test_what_builds_addresses_is_compiled_when_one_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[Rule] = []
    compile_one = Rule._compile_builder

    def watched(rule: Rule, *more: bool) -> object:
        compiled.append(rule)
        return compile_one(rule, *more)

    monkeypatch.setattr(Rule, "_compile_builder", watched)
    asked = LateRule("/asked/<word>", endpoint="asked")
    addresses = Map([asked, LateRule("/other/<word>", endpoint="other")]).bind("site.example")
    assert addresses.match("/other/one") == ("other", {"word": "one"})
    assert not compiled
    for _ in range(2):
        assert addresses.build("asked", {"word": "two", "page": 3}) == "/asked/two?page=3"
    assert compiled == [asked]
