"""Competency frameworks: one YAML file each, cited as ``samhsa:III.3`` or, whole, ``npg:4``."""

from course_engine.curriculum import frontmatter, reading
from course_engine.curriculum.course import Competency, Framework
from course_engine.curriculum.problems import Place, Problem, Report
from course_engine.curriculum.schemas import FrameworkFile


def read(slug: str, content: bytes, path: str) -> tuple[Framework | None, tuple[Problem, ...]]:
    """Return the framework in this file, or None, with everything that is wrong with it."""
    report = Report(path)
    lines = reading.read(content, report)
    found = frontmatter.read(lines, FrameworkFile, report) if lines is not None else None
    if found is None:
        return None, report.found
    front, marked = found
    competencies: list[Competency] = []
    places: list[Place] = []
    for at, category in enumerate(front.categories):
        common = {"category": category.id, "category_title": category.title}
        competencies.append(Competency(key=f"{slug}:{category.id}", title=category.title, **common))
        places.append(marked.place(("categories", at, "id")))
        for index, each in enumerate(category.competencies):
            competencies.append(Competency(key=f"{slug}:{each.id}", title=each.title, **common))
            places.append(marked.place(("categories", at, "competencies", index, "id")))
    seen: set[str] = set()
    for competency, place in zip(competencies, places, strict=True):
        if competency.key in seen:
            message = f'the id "{competency.key.split(":")[1]}" stands here twice. Change one.'
            report.problem(place, "id-twice", message)
        seen.add(competency.key)
    framework = Framework(
        slug=slug,
        title=front.title,
        publisher=front.publisher,
        year=front.year,
        source=front.source,
        note=front.note,
        competencies=tuple(competencies),
    )
    return framework, report.found
