"""Rubrics as authors write them: one YAML file each in the ``rubrics`` folder of a course."""

from course_engine.curriculum import frontmatter, reading
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.parsing import Parsed
from course_engine.curriculum.problems import Report, stops
from course_engine.curriculum.rubric_schemas import RubricFile, RubricItemEntry, RubricLevelEntry
from course_engine.curriculum.rubrics import Flag, Level, Rubric, RubricItem
from course_engine.curriculum.yaml_values import Marked, Path


def parse(content: bytes, draft: Draft, *, slug: str) -> Parsed[Rubric]:
    """Parse a rubric; what no schema can say is told here, with its place."""
    lines = reading.read(content, draft.report)
    found = frontmatter.read(lines, RubricFile, draft.report) if lines is not None else None
    rubric, marked = None, None
    if found:
        front, marked = found
        _weigh(front, marked, draft.report)
        if not stops(draft.report.found):
            rubric = _rubric(slug, front)
    return Parsed(value=rubric, problems=draft.report.found, citations=(), marked=marked)


def _rubric(slug: str, front: RubricFile) -> Rubric:
    return Rubric(
        slug=slug,
        title=front.title,
        pass_mark=front.pass_mark,
        items=tuple(
            RubricItem(
                id=each.id,
                words=each.words,
                levels=tuple(
                    Level(words=level.words, credit=level.credit, harmful=level.harmful)
                    for level in each.levels or front.levels
                ),
                critical=each.critical,
                least=each.least,
            )
            for each in front.items
        ),
        flags=tuple(Flag(id=each.id, words=each.words) for each in front.flags),
    )


def _weigh(front: RubricFile, marked: Marked, report: Report) -> None:
    seen: set[str] = set()
    named = [(("items", at, "id"), each.id) for at, each in enumerate(front.items)]
    named += [(("flags", at, "id"), each.id) for at, each in enumerate(front.flags)]
    for path, name in named:
        if name in seen:
            message = f'the id "{name}" stands here twice. Change one.'
            report.problem(marked.place(path), "id-twice", message)
        seen.add(name)
    if front.levels:
        _levels(front.levels, ("levels",), marked, report)
    for at, item in enumerate(front.items):
        if item.levels:
            _levels(item.levels, ("items", at, "levels"), marked, report)
        elif not front.levels:
            message = "the item has no levels. Write them under it, or once for the whole rubric."
            report.problem(marked.place(("items", at)), "no-levels", message)
        _critical(item, item.levels or front.levels, at, marked, report)


def _levels(levels: list[RubricLevelEntry], path: Path, marked: Marked, report: Report) -> None:
    credits_given = [level.credit for level in levels]
    if credits_given != sorted(set(credits_given)) or credits_given[-1] != 100:  # noqa: PLR2004 - percent
        message = "write the levels from the lowest credit to the highest, which is 100."
        report.problem(marked.place(path), "bad-levels", message)
    for at, level in enumerate(levels):
        if level.harmful and (at or level.credit):
            message = "only the lowest level can be harmful, and it earns 0. Change one of the two."
            report.problem(marked.place((*path, at)), "bad-levels", message)


def _critical(
    item: RubricItemEntry,
    levels: list[RubricLevelEntry],
    at: int,
    marked: Marked,
    report: Report,
) -> None:
    if item.critical and levels and not any(level.harmful for level in levels):
        message = "a critical item needs a harmful level. Add harmful: true to its lowest one."
        report.problem(marked.place(("items", at, "critical")), "no-harmful-level", message)
