"""A folder in, courses out: every course by itself, with all its problems and its pictures."""

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from course_engine.curriculum import (
    addresses,
    assembling,
    checking,
    crossing,
    frameworks,
    layout,
    parsing,
    pictures,
    rubric_files,
)
from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.assembling import Files
from course_engine.curriculum.course import Asset, Course, Framework
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.layout import Layout
from course_engine.curriculum.parsing import Parsed
from course_engine.curriculum.problems import START, Problem, Report, below, in_order, stops

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Loaded:
    """One course as its files are now. It has no value while anything more than a warning is wrong.

    The paths of ``problems`` are relative to the folder that was loaded.
    """

    slug: str
    course: Course | None
    problems: tuple[Problem, ...]
    assets: tuple[Asset, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Curriculum:
    """Every course of a folder. ``problems`` are those of the frameworks that no course cites."""

    courses: tuple[Loaded, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(kw_only=True, slots=True)
class Memory:
    """What was parsed before, so that a changed file costs no more than itself.

    An entry holds while the bytes of its file are the same and every link and picture in it still
    has the address it had.
    """

    parsed: dict[str, tuple[str, Mapping[str, str | None], Parsed[Any]]] = field(
        default_factory=dict
    )

    def parse(
        self,
        key: str,
        content: bytes,
        draft: Draft,
        parse: Callable[[bytes, Draft], Parsed[T]],
    ) -> Parsed[T]:
        """Return what the file says, from memory where that is still true."""
        digest = hashlib.sha256(content).hexdigest()
        if known := self.parsed.get(key):
            was, asked, parsed = known
            find = draft.addresses.find
            if was == digest and all(find(draft.path, each) == asked[each] for each in asked):
                return parsed
        parsed = parse(content, draft)
        if len(self.parsed) > MOST_REMEMBERED:
            self.parsed.clear()
        self.parsed[key] = (digest, dict(draft.asked), parsed)
        return parsed


MOST_REMEMBERED = 5_000
_MEMORY = Memory()


def load(folder: Path, *, only: str | None = None) -> tuple[Loaded, ...]:
    """Return the courses of a curriculum folder, or the one course that the folder is.

    ``only`` names the one to load. A course's own problems never touch another.
    """
    return load_curriculum(folder, only=only).courses


def load_curriculum(
    folder: Path, *, only: str | None = None, memory: Memory | None = None
) -> Curriculum:
    """Return the courses of a folder and the problems that belong to none of them."""
    memory = memory or _MEMORY
    folder = folder.resolve()
    if _holds_course(folder):
        known, faults = _frameworks(folder.parent / "frameworks")
        faults = {slug: below("..", found) for slug, found in faults.items()}
        return Curriculum(courses=(_course(folder, known, faults, memory),))
    known, faults = _frameworks(folder / "frameworks")
    loaded = [
        _below(_course(each, known, faults, memory), faults)
        for each in _courses(folder)
        if only in {None, each.name}
    ]
    told = {problem for each in loaded for problem in each.problems}
    rest = (problem for found in faults.values() for problem in found if problem not in told)
    return Curriculum(courses=tuple(loaded), problems=in_order(rest))


def _courses(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if _holds_course(each))
    except OSError:
        return []


def _holds_course(folder: Path) -> bool:
    # Unlike the method of a path, this says no where a folder may not be looked into.
    return os.path.exists(folder / "course.md")  # noqa: PTH110


def _below(loaded: Loaded, faults: Mapping[str, tuple[Problem, ...]]) -> Loaded:
    """Call the files of a course as they are called from the curriculum's folder."""
    shared = {problem for found in faults.values() for problem in found}
    own = below(loaded.slug, (each for each in loaded.problems if each not in shared))
    return Loaded(
        slug=loaded.slug,
        course=loaded.course,
        problems=in_order((*own, *(each for each in loaded.problems if each in shared))),
        assets=loaded.assets,
    )


def _frameworks(folder: Path) -> tuple[dict[str, Framework], dict[str, tuple[Problem, ...]]]:
    """Return the frameworks by slug, and the problems of those that cannot be read."""
    known: dict[str, Framework] = {}
    faults: dict[str, tuple[Problem, ...]] = {}
    for path, content, problems in layout.frameworks(folder):
        slug = Path(path).stem
        framework, found = (
            frameworks.read(slug, content, path) if content is not None else (None, problems)
        )
        if framework and not stops(found):
            known[slug] = framework
        if found:
            faults[slug] = found
    return known, faults


def _course(
    folder: Path,
    known: Mapping[str, Framework],
    faults: Mapping[str, tuple[Problem, ...]],
    memory: Memory,
) -> Loaded:
    slug = folder.name
    found = layout.read(folder)
    assets, problems = _pictures(found)
    places = _addresses(slug, found, assets)
    files = _parse(folder, found, places, memory)
    problems.extend(found.problems)
    problems.extend(problem for _, parsed in files.all() for problem in parsed.problems)
    problems.extend(crossing.problems(found, files, known, faults))
    cited = {key.split(":")[0] for _, parsed in files.all() for key, _ in parsed.citations}
    problems.extend(problem for name in cited for problem in faults.get(name, ()))
    if not layout.is_slug(slug):
        report = Report("course.md")
        message = "the course's folder needs a plain name. Use small letters, digits and hyphens."
        report.problem(START, "bad-name", message)
        problems.extend(report.found)
    course = assembling.assemble(slug, found, files, known)
    if course:
        problems.extend(checking.warnings(course, files))
    shown = set(course.assets) if course else set()
    return Loaded(
        slug=slug,
        course=None if stops(problems) else course,
        problems=in_order(problems),
        assets=tuple(
            asset
            for asset in sorted(assets.values(), key=lambda each: each.sha256)
            if asset.sha256 in shown
        ),
    )


def _pictures(found: Layout) -> tuple[dict[str, Asset], list[Problem]]:
    assets: dict[str, Asset] = {}
    problems: list[Problem] = []
    for path in found.pictures:
        report = Report(path)
        if asset := pictures.read(path, found.contents[path], report):
            assets[path] = asset
        problems.extend(report.found)
    return assets, problems


def _addresses(slug: str, found: Layout, assets: Mapping[str, Asset]) -> Addresses:
    places = {path: addresses.picture(asset.sha256) for path, asset in assets.items()}
    places["course.md"] = addresses.course(slug)
    for module in found.modules:
        for lesson, path in module.lessons:
            places[path] = addresses.lesson(slug, module.slug, lesson)
    return Addresses(known=places)


def _parse(folder: Path, found: Layout, places: Addresses, memory: Memory) -> Files:
    def parse(path: str, how: Callable[[bytes, Draft], Parsed[T]]) -> Parsed[T]:
        draft = Draft(path=path, addresses=places, report=Report(path))
        return memory.parse(f"{folder}/{path}", found.contents.get(path, b""), draft, how)

    def statement(slug: str) -> Callable[[bytes, Draft], Parsed[Any]]:
        return lambda content, draft: parsing.statement(content, draft, slug=slug)

    def roleplay(slug: str) -> Callable[[bytes, Draft], Parsed[Any]]:
        return lambda content, draft: parsing.roleplay(content, draft, slug=slug)

    def rubric(slug: str) -> Callable[[bytes, Draft], Parsed[Any]]:
        return lambda content, draft: rubric_files.parse(content, draft, slug=slug)

    def lesson(slug: str) -> Callable[[bytes, Draft], Parsed[Any]]:
        return lambda content, draft: parsing.lesson(content, draft, slug=slug)

    heads = [f"{module.path}/module.md" for module in found.modules]
    quizzes = [module.quiz for module in found.modules if module.quiz]
    return Files(
        course=parse("course.md", parsing.course),
        modules={path: parse(path, parsing.module) for path in heads if path in found.contents},
        lessons={
            path: parse(path, lesson(slug))
            for module in found.modules
            for slug, path in module.lessons
        },
        quizzes={path: parse(path, parsing.quiz) for path in quizzes},
        exam=parse("exam/exam.md", parsing.exam) if "exam/exam.md" in found.contents else None,
        bank={path: parse(path, parsing.bank) for _, path in found.bank},
        statements={path: parse(path, statement(slug)) for slug, path in found.statements},
        roleplays={path: parse(path, roleplay(slug)) for slug, path in found.roleplays},
        rubrics={path: parse(path, rubric(slug)) for slug, path in found.rubrics},
    )
