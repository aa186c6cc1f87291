"""What the documents say is there: links, settings, fields, commands, and names in the code."""

import ast
import importlib
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
import pytest
import yaml

from course_engine import cli, settings
from course_engine.web import look, site

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
OURS = {path.stem for path in (ROOT / "course_engine").iterdir()}
FENCED = re.compile(r"^([ ]*)```(\w*)[^\n]*\n(.*?)^\1```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
COMMAND = re.compile(r"(?:^|/)course-engine$")
LARGEST_PICTURE = 100_000


def documents() -> list[Path]:
    """Every Markdown file of the project but the courses, which their own checker reads."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z", "*.md"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    own = [name for name in names if not name.startswith(("curriculum/", "tests/"))]
    return [ROOT / name for name in sorted(own)]


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def prose(path: Path) -> str:
    """A document without its blocks of code."""
    return FENCED.sub("", read(path))


def anchors(path: Path) -> set[str]:
    """The names by which headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", prose(path), re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in headings)
    return {heading.strip().replace(" ", "-") for heading in plain}


def dotted(path: Path) -> Iterator[str]:
    """Names such as ``records.attempts.find`` that a document says are in the code."""
    for quoted in CODE.findall(prose(path)):
        if re.fullmatch(r"\w+(\.\w+)+", quoted) and quoted.split(".")[0] in OURS:
            yield quoted


def is_there(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(["course_engine", *parts[:length]])
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            if not hasattr(found, part):
                return False
            found = getattr(found, part)
        return True
    return False


def written_commands(path: Path) -> Iterator[list[str]]:
    """The words after ``course-engine`` wherever a document shows a command."""
    blocks = [match[2] for match in FENCED.findall(read(path)) if match[1] in {"", "sh"}]
    for line in [*"\n".join(blocks).splitlines(), *CODE.findall(prose(path))]:
        words = shlex.split(line.strip()) if "course-engine" in line else []
        if words and COMMAND.search(words[0]) and len(words) > 1:
            yield words[1:]


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(path: Path) -> None:
    broken = []
    for target in ("".join(found) for found in LINK.findall(CODE.sub("", prose(path)))):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = unquote(target).partition("#")
        linked = (path.parent / name).resolve() if name else path
        if not linked.exists() or (anchor and anchor not in anchors(linked)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_name_in_the_code_is_there(path: Path) -> None:
    assert [name for name in dotted(path) if not is_there(name)] == []


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_that_is_shown_exists_with_its_options(path: Path) -> None:
    for words in written_commands(path):
        command: click.Command = cli.main
        for word in words:
            if not isinstance(command, click.Group) or word.startswith("-"):
                break
            found = command.get_command(click.Context(command), word)
            assert found is not None, words
            command = found
        known = {option for parameter in command.params for option in parameter.opts}
        given = {word.split("=")[0] for word in words if word.startswith("--")}
        assert given <= known | {"--help"}, words


@pytest.mark.parametrize("path", documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_block_of_yaml_can_be_read(path: Path) -> None:
    broken = []
    for _indent, language, block in FENCED.findall(read(path)):
        try:
            list(yaml.safe_load_all(block if language in {"yaml", "yml"} else ""))
        except yaml.YAMLError as error:
            broken.append(str(error))
    assert broken == []


def test_every_target_of_make_that_is_shown_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):(?!=)", read(ROOT / "Makefile"), re.MULTILINE))
    shown = {
        target
        for path in documents()
        for code in [
            *CODE.findall(prose(path)),
            *(block for *_, block in FENCED.findall(read(path))),
        ]
        for target in re.findall(r"^make ([a-z]+)", code, re.MULTILINE)
    }
    assert shown
    assert shown <= targets


def test_every_setting_is_told_and_no_other() -> None:
    told = re.findall(
        r"^\| `COURSE_ENGINE_(\w+)` \|", read(DOCS / "running-a-site.md"), re.MULTILINE
    )
    assert sorted(told) == sorted(settings.KNOWN)


def test_every_field_of_the_site_file_is_told() -> None:
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \|", read(DOCS / "running-a-site.md"), re.MULTILINE)
    told = {name for row in rows for name in CODE.findall(row)}
    fields = {*site.Site.model_fields, *site.CrisisLine.model_fields, *look.Look.model_fields}
    assert fields <= told
    assert told - fields <= {f"COURSE_ENGINE_{name}" for name in settings.KNOWN}


def test_the_example_of_a_site_file_is_one(tmp_path: Path) -> None:
    blocks = [
        block
        for _, kind, block in FENCED.findall(read(DOCS / "running-a-site.md"))
        if kind == "yaml"
    ]
    assert len(blocks) == 1
    example = tmp_path / "site.yml"
    example.write_text(blocks[0], encoding="utf-8")
    assert set(yaml.safe_load(blocks[0])) == set(site.Site.model_fields)
    assert site.read(example).crisis_lines


def test_the_readme_names_each_folder() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.splitlines()
    folders = {name.split("/")[0] for name in listed if "/" in name and not name.startswith(".")}
    told = re.findall(r"^\| \[(\w+)/\]\(\1\) \|", read(ROOT / "README.md"), re.MULTILINE)
    assert set(told) == folders


def test_the_tour_names_each_package_of_the_program() -> None:
    folders = {path.parent.name for path in (ROOT / "course_engine").glob("*/__init__.py")}
    tour = read(DOCS / "architecture.md")
    assert {name for name in folders if f"  {name}/ " not in tour} == set()


def test_the_tour_shows_the_rings_that_are_checked() -> None:
    written = tomllib.loads(read(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    (rings,) = (each["layers"] for each in written if each.get("exhaustive"))
    shown = [
        [re.sub(r"  .*", "", line) for line in block.splitlines()]
        for *_, block in FENCED.findall(read(DOCS / "architecture.md"))
    ]
    assert rings in shown


def test_the_glossary_knows_every_value_of_courses_and_records() -> None:
    told = set(dotted(DOCS / "glossary.md"))
    files = [ROOT / "course_engine/curriculum/course.py"]
    files += (ROOT / "course_engine/records").glob("*.py")
    values = {
        f"{path.parent.name}.{path.stem}.{node.name}"
        for path in files
        for node in ast.parse(read(path)).body
        if isinstance(node, ast.ClassDef)
        and any("dataclass" in ast.unparse(each) for each in node.decorator_list)
    }
    assert values - told == set()


def test_every_decision_is_listed_and_tells_its_price() -> None:
    pages = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    listed = read(DOCS / "decisions/README.md")
    assert [page.name for page in pages if f"]({page.name})" not in listed] == []
    assert [page.name for page in pages if "**Decision.**" not in read(page)] == []
    assert [page.name for page in pages if not read(page).startswith(f"# {page.name[:4]}. ")] == []


def test_pictures_are_small_and_all_of_them_are_shown() -> None:
    pictures = {path.name: path.stat().st_size for path in (DOCS / "pictures").iterdir()}
    assert {name for name, size in pictures.items() if size > LARGEST_PICTURE} == set()
    shown = read(ROOT / "README.md") + read(DOCS / "certificate-designs.md")
    assert {name for name in pictures if name not in shown} == set()
