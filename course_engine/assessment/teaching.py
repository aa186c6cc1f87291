"""Which lessons teach what a paper asked: the ground on which somebody is told what to reread."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from course_engine.assessment.grading import Grade, Mark, percent_of
from course_engine.assessment.papers import Paper
from course_engine.curriculum.course import Course


@dataclass(frozen=True, kw_only=True, slots=True)
class Taught:
    """A competency or category, with the slugs of the lessons that teach it, in course order."""

    title: str
    lessons: tuple[str, ...]


MOST_LESSONS = 3
"""More links than these are a table of contents, and help nobody to begin."""

Teaching = Mapping[str, Taught]
"""What a course teaches, by citation."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CompetencyShare:
    """How a paper went in one competency; ``reread`` names lessons when something was missed.

    They are those that teach the most of what the missed questions cite, in course order.
    """

    key: str
    title: str
    questions: int
    percent: int
    reread: tuple[str, ...]


def of(course: Course) -> Teaching:
    """Find the lessons for each competency of the course's frameworks.

    A lesson teaches what its front matter cites. Where no lesson cites a competency itself, those
    stand in that cite its category, or another competency of it.
    """
    lessons = [
        (lesson.slug, frozenset(lesson.competencies))
        for module in course.modules
        for lesson in module.lessons
    ]
    found: dict[str, Taught] = {}
    for framework in course.frameworks:
        families: dict[str, set[str]] = {}
        for each in framework.competencies:
            families.setdefault(each.category, {f"{framework.slug}:{each.category}"}).add(each.key)
        for each in framework.competencies:
            itself = tuple(slug for slug, cited in lessons if each.key in cited)
            family = tuple(slug for slug, cited in lessons if cited & families[each.category])
            found[each.key] = Taught(title=each.title, lessons=itself or family)
    return found


def shares(paper: Paper, grade: Grade, teaching: Teaching) -> tuple[CompetencyShare, ...]:
    """Sum up the marks by competency, the weakest first; a question counts for all it cites."""
    cited = {item.question.id: item.question.competencies for item in paper.items}
    marks: dict[str, list[Mark]] = {}
    for mark in grade.marks:
        for key in cited.get(mark.question, ()):
            marks.setdefault(key, []).append(mark)
    missed = [cited[mark.question] for mark in grade.marks if not mark.right]
    found = [
        CompetencyShare(
            key=key,
            title=taught.title,
            questions=len(marks[key]),
            percent=percent_of(marks[key]),
            reread=best([each for each in missed if key in each], teaching, taught.lessons),
        )
        for key, taught in teaching.items()
        if key in marks
    ]
    return tuple(sorted(found, key=lambda share: share.percent))


def best(
    missed: Sequence[tuple[str, ...]], teaching: Teaching, lessons: Iterable[str]
) -> tuple[str, ...]:
    """Choose among lessons those that teach the most of what missed questions cite, three at most.

    None when nothing was missed.
    """
    cited = [key for citations in missed for key in citations if key in teaching]
    taught = {slug: sum(slug in teaching[key].lessons for key in cited) for slug in lessons}
    most = max(taught.values(), default=0)
    return tuple(slug for slug, count in taught.items() if count == most > 0)[:MOST_LESSONS]
