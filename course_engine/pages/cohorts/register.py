"""What a register shows of each person, for the page and for the export."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import ngettext

from course_engine.learning.evidence import Evidence
from course_engine.learning.requirements import RequirementKind, weigh
from course_engine.records.registers import Entry
from course_engine.records.results import Best
from course_engine.web import catalog


class Column(NamedTuple):
    """A quiz or the exam, as it heads a column: in a letter or two, in a word, and its title."""

    slug: str
    short: str
    label: str
    title: str


class Outstanding(NamedTuple):
    """How much of each kind somebody still lacks, as words; nothing gives ""."""

    lessons: int
    quizzes: int
    exam: int
    roleplays: int
    statements: int

    def __str__(self) -> str:
        lines = []
        if self.lessons:
            lines.append(ngettext("%(num)s lesson", "%(num)s lessons", self.lessons))
        if self.quizzes:
            lines.append(ngettext("%(num)s quiz", "%(num)s quizzes", self.quizzes))
        if self.exam:
            lines.append(_("exam"))
        if self.roleplays:
            lines.append(ngettext("%(num)s role-play", "%(num)s role-plays", self.roleplays))
        if self.statements:
            lines.append(ngettext("%(num)s statement", "%(num)s statements", self.statements))
        return ", ".join(lines)


class Progress(NamedTuple):
    """What somebody has done of what their own edition demands; many people share one."""

    lessons_done: int
    lessons: int
    grades: tuple[tuple[Column, Best | None], ...]
    statements_signed: int
    statements: int
    lacks: str

    @property
    def read(self) -> str:
        """How many lessons are done, of how many: "3/12"."""
        return f"{self.lessons_done}/{self.lessons}"

    @property
    def signed(self) -> str:
        """How many statements are signed, of how many."""
        return f"{self.statements_signed}/{self.statements}"


class Line(NamedTuple):
    """One person's line: the entry, and how far they are."""

    entry: Entry
    progress: Progress

    @property
    def other_name(self) -> str:
        """The legal name where it is not the name they go by, else ""."""
        entry = self.entry
        return entry.legal_name if entry.legal_name != entry.used_name else ""


def columns(digests: Iterable[str]) -> tuple[Column, ...]:
    """Return the quizzes of these editions, each once, with the exam at the end."""
    return _columns(tuple(dict.fromkeys(digests)))


@lru_cache(maxsize=64)
def _columns(digests: tuple[str, ...]) -> tuple[Column, ...]:
    quizzes: dict[str, str] = {}
    exams: dict[str, str] = {}
    for digest in digests:
        course = catalog.edition(digest)
        quizzes |= {one.quiz.slug: one.quiz.title for one in course.modules if one.quiz}
        if course.exam:
            exams[course.exam.slug] = course.exam.title
    return (
        *(
            Column(
                slug=slug,
                short=_("Q%(number)s", number=number),
                label=_("Quiz %(number)s", number=number),
                title=title,
            )
            for number, (slug, title) in enumerate(quizzes.items(), 1)
        ),
        *(
            Column(slug=slug, short=_("Exam"), label=_("Exam"), title=title)
            for slug, title in exams.items()
        ),
    )


def lines(entries: Iterable[Entry], shown: tuple[Column, ...]) -> Iterator[Line]:
    """Lay what each person has done against what their edition demands, one after the other."""
    # Many people lack the same: it is put into words once.
    said: dict[Outstanding, str] = {}
    for entry in entries:
        yield Line(entry, _progress(entry, shown, said))


def _progress(entry: Entry, shown: tuple[Column, ...], said: dict[Outstanding, str]) -> Progress:
    demanded = _demanded(entry.edition_digest)
    passed = {slug for slug, best in entry.best.items() if best.passed}
    lessons_done = len(demanded["lesson"] & entry.lessons)
    signed = len(demanded["statement"] & entry.statements)
    lacks = Outstanding(
        lessons=len(demanded["lesson"]) - lessons_done,
        quizzes=len(demanded["quiz"] - passed),
        exam=len(demanded["exam"] - passed),
        roleplays=len(demanded["roleplay"] - entry.roleplays),
        statements=len(demanded["statement"]) - signed,
    )
    if lacks not in said:
        said[lacks] = str(lacks)
    return Progress(
        lessons_done=lessons_done,
        lessons=len(demanded["lesson"]),
        grades=tuple([(column, entry.best.get(column.slug)) for column in shown]),
        statements_signed=signed,
        statements=len(demanded["statement"]),
        lacks=said[lacks],
    )


@lru_cache(maxsize=64)
def _demanded(digest: str) -> dict[RequirementKind, frozenset[str]]:
    """Return what an edition demands, by kind: the same list that issuing asks."""
    items = weigh(catalog.edition(digest), Evidence()).items
    kinds: tuple[RequirementKind, ...] = ("lesson", "quiz", "exam", "roleplay", "statement")
    return {kind: frozenset(one.slug for one in items if one.kind == kind) for kind in kinds}
