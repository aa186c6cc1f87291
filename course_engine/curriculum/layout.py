"""The files of one course: which is what, in which order, and which should not be there."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course_engine.curriculum.pictures import LARGEST_PICTURE, MEDIA_TYPES
from course_engine.curriculum.problems import START, Problem, Report

_NUMBERED = re.compile(r"(?P<number>[0-9]{1,4})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.md)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80
_MOST_FILES = 10_000
_MOST_BYTES = 256 * 1024 * 1024
_DEEPEST = 6
# Addresses of the site that a slug must leave free.
_RESERVED = frozenset({"exam", "quiz", "quizzes", "practice", "statements", "roleplays"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ModuleFolder:
    """One module's files, paths relative to the course."""

    slug: str
    path: str
    lessons: tuple[tuple[str, str], ...]
    quiz: str | None


@dataclass(kw_only=True, slots=True)
class Layout:
    """The content of every file of a course by its path, and what each is."""

    contents: dict[str, bytes] = field(default_factory=dict)
    modules: list[ModuleFolder] = field(default_factory=list)
    bank: list[tuple[str, str]] = field(default_factory=list)
    statements: list[tuple[str, str]] = field(default_factory=list)
    roleplays: list[tuple[str, str]] = field(default_factory=list)
    rubrics: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0


def read(folder: Path) -> Layout:
    """Read every file that a course may have. Symbolic links and special files are not followed."""
    layout = Layout()
    for path in _walk(folder, "", layout):
        if Path(path).suffix.lower() in MEDIA_TYPES:
            layout.pictures.append(path)
    _sort(layout)
    return layout


def frameworks(folder: Path) -> Iterator[tuple[str, bytes | None, tuple[Problem, ...]]]:
    """Yield each framework file with its content, or with what keeps it from being read."""
    try:
        names = sorted(each.name for each in os.scandir(folder) if each.name.endswith(".yml"))
    except OSError:
        return
    for name in names:
        layout = Layout()
        path = f"frameworks/{shown(name)}"
        if _SLUG.fullmatch(name.removesuffix(".yml")):
            content = _content(folder / name, path, layout)
        else:
            content = None
            _tell(layout, path, "bad-name", "the name is not plain. Use letters and hyphens.")
        yield path, content, tuple(layout.problems)


def is_slug(name: str) -> bool:
    """Tell whether a name can be part of an address as it is."""
    return len(name) <= LONGEST_SLUG and _SLUG.fullmatch(name) is not None


def _walk(folder: Path, below: str, layout: Layout) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder / below), key=lambda entry: entry.name)
    except OSError as error:
        _tell(layout, below or ".", "unreadable", f"the folder cannot be read ({_why(error)}).")
        return
    for entry in entries:
        path = f"{below}/{entry.name}" if below else entry.name
        if entry.name.startswith("."):
            continue
        if (
            len(layout.contents) >= _MOST_FILES
            or layout.size > _MOST_BYTES
            or path.count("/") > _DEEPEST
        ):
            _tell(layout, below or ".", "too-many-files", "too many files or folders. Remove some.")
            return
        if not entry.name.isprintable() or "\\" in entry.name or not _utf8(entry.name):
            message = "the name has characters that no address can hold. Use letters and hyphens."
            _tell(layout, path, "bad-name", message)
        elif entry.is_symlink():
            message = "symbolic links are not followed. Put the file itself here."
            _tell(layout, path, "symbolic-link", message)
        elif entry.is_dir() and not path.endswith(".md"):
            yield from _walk(folder, path, layout)
        elif Path(path).suffix.lower() in {".md", *MEDIA_TYPES} or _is_rubric(path):
            content = _content(folder / path, path, layout)
            if content is not None:
                layout.size += len(content)
                layout.contents[path] = content
                yield path


def _content(file: Path, path: str, layout: Layout) -> bytes | None:
    """Return the bytes of a regular file; a pipe or a device would never end."""
    try:
        found = file.lstat()
        if not stat.S_ISREG(found.st_mode):
            _tell(layout, path, "no-file", "this is not a file. Put a file with this name here.")
            return None
        if found.st_size > LARGEST_PICTURE:
            most = LARGEST_PICTURE // 1024 // 1024
            message = f"the file is larger than {most} MiB. Make it smaller."
            _tell(layout, path, "too-large", message)
            return None
        return file.read_bytes()
    except OSError as error:
        _tell(layout, path, "unreadable", f"the file cannot be read ({_why(error)}).")
        return None


def _sort(layout: Layout) -> None:
    listed = {
        "exam/bank": layout.bank,
        "statements": layout.statements,
        "roleplays": layout.roleplays,
        "rubrics": layout.rubrics,
    }
    folders: dict[str, list[str]] = {}
    for path in layout.contents:
        folder, _, name = path.rpartition("/")
        if folder in listed and path.endswith(".yml" if folder == "rubrics" else ".md"):
            _add(layout, listed[folder], path, name)
            continue
        if not path.endswith(".md"):
            continue
        match folder.split("/"):
            case [""]:
                if name not in {"course.md", "README.md"}:
                    _stray(layout, path, "Only course.md stands beside the modules.")
            case ["exam"] if name == "exam.md":
                pass
            case ["rubrics"]:
                _stray(layout, path, "A rubric is a file such as rubrics/first-meeting.yml.")
            case [module] if _NUMBERED.fullmatch(module):
                folders.setdefault(module, []).append(name)
            case _:
                _stray(layout, path, "Modules are folders such as 01-first-steps.")
    ordered = sorted(folders, key=lambda folder: (int(folder.split("-")[0]), folder))
    _twins(layout, ordered, "", "module")
    for folder in ordered:
        _module(layout, folder, folders[folder])


def _is_rubric(path: str) -> bool:
    return re.fullmatch(r"rubrics/[^/]+\.yml", path) is not None


def _module(layout: Layout, folder: str, names: list[str]) -> None:
    lessons = []
    for name in names:
        if name in {"module.md", "quiz.md", "README.md"}:
            continue
        if _NUMBERED.fullmatch(name):
            lessons.append(name)
        else:
            remedy = "Name a lesson with a number, such as 01-first-steps.md."
            _stray(layout, f"{folder}/{name}", remedy)
    lessons.sort(key=lambda name: (int(name.split("-")[0]), name))
    _twins(layout, lessons, f"{folder}/", "lesson")
    if "module.md" not in names:
        message = "the module has no module.md. Add one with a title."
        _tell(layout, f"{folder}/module.md", "no-file", message)
    if not lessons:
        message = "the module has no lessons. Add a file such as 01-first-steps.md."
        _tell(layout, f"{folder}/module.md", "no-lessons", message)
    layout.modules.append(
        ModuleFolder(
            slug=_slug(folder),
            path=folder,
            lessons=tuple((_slug(name), f"{folder}/{name}") for name in lessons),
            quiz=f"{folder}/quiz.md" if "quiz.md" in names else None,
        )
    )


def _slug(name: str) -> str:
    numbered = _NUMBERED.fullmatch(name)
    return numbered["slug"] if numbered else name


def _twins(layout: Layout, names: list[str], folder: str, kind: str) -> None:
    """Tell of names whose number or slug another one has already, or the site needs."""
    numbers: dict[int, str] = {}
    for name in names:
        number = int(name.split("-")[0])
        path = f"{folder}{name}" if folder else f"{name}/module.md"
        if number in numbers:
            message = f"{numbers[number]} has the number {number} too. Give each {kind} its own."
            _tell(layout, path, "number-twice", message)
        numbers[number] = name
        if _slug(name) in _RESERVED:
            message = f'"{_slug(name)}" is an address of the site. Call the {kind} something else.'
            _tell(layout, path, "bad-name", message)


def _add(layout: Layout, files: list[tuple[str, str]], path: str, name: str) -> None:
    slug = name.removesuffix(".md").removesuffix(".yml")
    if _SLUG.fullmatch(slug):
        files.append((slug, path))
    elif name != "README.md":
        message = "the name is not plain. Use small letters, digits and hyphens."
        _tell(layout, path, "bad-name", message)


def _stray(layout: Layout, path: str, remedy: str) -> None:
    _tell(layout, path, "stray-file", f"nobody would see this file. {remedy}")


def _tell(layout: Layout, path: str, code: str, message: str) -> None:
    report = Report(shown(path))
    report.problem(START, code, message)
    layout.problems.extend(report.found)


def shown(path: str) -> str:
    """Return a path that can be printed anywhere, whatever its bytes are."""
    safe = path.encode("utf-8", "backslashreplace").decode()
    return "".join(each if each.isprintable() else f"\\x{ord(each):02x}" for each in safe)


def _utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _why(error: OSError) -> str:
    return (error.strerror or "no reason given").lower()
