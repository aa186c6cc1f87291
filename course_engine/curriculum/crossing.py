"""Faults that no file shows alone: ids used twice, unknown competencies, too small a bank."""

from collections.abc import Iterable, Iterator, Mapping

from course_engine.curriculum import bank_faults, policy_faults
from course_engine.curriculum.assembling import Files
from course_engine.curriculum.course import Check, Framework
from course_engine.curriculum.frontmatter import did_you_mean
from course_engine.curriculum.layout import Layout
from course_engine.curriculum.problems import START, Place, Problem, Report, in_order, shortened
from course_engine.curriculum.questions import Question
from course_engine.curriculum.yaml_values import Marked, Path


def problems(
    layout: Layout, files: Files, frameworks: Mapping[str, Framework], broken: Iterable[str]
) -> tuple[Problem, ...]:
    """Return every fault between the files. ``broken`` names frameworks that cannot be read."""
    crossing = _Crossing(layout, files)
    crossing.ids()
    crossing.slugs()
    crossing.citations(frameworks, set(broken))
    crossing.found.extend(bank_faults.of(layout, files))
    crossing.requirements()
    crossing.policies()
    crossing.rubrics()
    return in_order(crossing.found)


class _Crossing:
    def __init__(self, layout: Layout, files: Files) -> None:
        self._layout = layout
        self._files = files
        self.found: list[Problem] = []

    def _tell(self, path: str, place: Place, code: str, message: str) -> None:
        report = Report(path)
        report.problem(place, code, message)
        self.found.extend(report.found)

    def ids(self) -> None:
        """Tell of ids that two questions of the course have."""
        first: dict[str, Question] = {}
        for question in asked(self._files):
            if not question.id:
                continue
            if other := first.get(question.id):
                where = f"{other.source}:{other.line}"
                message = f'the id "{question.id}" stands at {where} too. Give each its own.'
                self._tell(question.source, Place(question.line, 1), "id-twice", message)
            first.setdefault(question.id, question)

    def slugs(self) -> None:
        """Tell of lessons and modules that would have the same name: records refer to it."""
        for kind, named in (
            ("lesson", [pair for folder in self._layout.modules for pair in folder.lessons]),
            ("module", [(each.slug, f"{each.path}/module.md") for each in self._layout.modules]),
        ):
            first: dict[str, str] = {}
            for slug, path in named:
                if slug in first:
                    remedy = f"Give each {kind} its own name."
                    message = f'{first[slug]} is called "{slug}" too. {remedy}'
                    self._tell(path, START, "name-twice", message)
                first.setdefault(slug, path)

    def citations(self, frameworks: Mapping[str, Framework], broken: set[str]) -> None:
        """Tell of competencies that no framework has."""
        known = {each.key for framework in frameworks.values() for each in framework.competencies}
        for path, parsed in self._files.all():
            report = Report(path)
            for key, place in parsed.citations:
                slug, _, name = key.partition(":")
                # A framework that cannot be read says so itself, once.
                if key in known or slug in broken or report.full:
                    continue
                if slug not in frameworks or not name:
                    remedy = did_you_mean(slug, frameworks)
                else:
                    remedy = did_you_mean(key, (each for each in known if each.startswith(slug)))
                message = f'no competency "{shortened(key)}". {remedy}'
                report.problem(place, "unknown-competency", message)
            self.found.extend(report.found)

    def policies(self) -> None:
        """Tell of windows that never open, and of lessons to read again that are not there."""
        lessons = {slug for module in self._layout.modules for slug, _ in module.lessons}
        for path, parsed in (*self._files.quizzes.items(), ("exam/exam.md", self._files.exam)):
            if parsed and parsed.value and parsed.marked:
                for fault in policy_faults.of(parsed.value.front, parsed.marked, lessons):
                    self._tell(path, *fault)

    def rubrics(self) -> None:
        """Tell of rubrics that are named and not there, and of those that nobody names."""
        known = {slug for slug, _ in self._layout.rubrics}
        named: set[str] = set()
        for path, parsed in self._files.all():
            for slug, place in parsed.rubrics:
                named.add(slug)
                if slug not in known:
                    message = f"the course has no rubrics/{slug}.yml. {did_you_mean(slug, known)}"
                    self._tell(path, place, "unknown-rubric", message)
        for slug, path in self._layout.rubrics:
            if slug not in named:
                message = "no question and no role-play names this rubric. Name it, or remove it."
                report = Report(path)
                report.warning(START, "rubric-unused", message)
                self.found.extend(report.found)

    def requirements(self) -> None:
        """Tell of requirements that nobody could meet."""
        parsed = self._files.course
        if not self._layout.modules:
            message = "the course has no modules. Add a folder such as 01-first-steps."
            self._tell("course.md", START, "no-modules", message)
        if parsed.value is None or parsed.marked is None:
            return
        front, modules = parsed.value.front, self._layout.modules
        wanted = front.requirements
        lessons = {slug for module in modules for slug, _ in module.lessons}
        quizzes = {module.slug for module in modules if module.quiz}
        statements = {slug for slug, _ in self._layout.statements}
        roleplays = {slug for slug, _ in self._layout.roleplays}
        for name, chosen, known in (
            ("lessons", wanted.lessons, lessons),
            ("quizzes", wanted.quizzes, quizzes),
            ("statements", wanted.statements, statements),
            ("roleplays", wanted.roleplays, roleplays),
        ):
            for at, slug in enumerate(() if chosen == "all" else chosen):
                if slug not in known:
                    self._unmet(parsed.marked, (name, at), slug, did_you_mean(slug, known))
        if wanted.exam and self._files.exam is None:
            message = "the course requires an exam and has none. Add exam/exam.md, or exam: false."
            place = parsed.marked.place(("requirements", "exam"))
            self._tell("course.md", place, "no-exam", message)

    def _unmet(self, marked: Marked, path: Path, slug: str, hint: str) -> None:
        message = f'the course has no "{slug}" among its {path[0]}. {hint}'
        place = marked.place(("requirements", *path))
        self._tell("course.md", place, "unknown-requirement", message)


def asked(files: Files) -> Iterator[Question]:
    """Yield every question of the course, those inside lessons included."""
    for lesson in files.lessons.values():
        for block in lesson.value.blocks if lesson.value else ():
            if isinstance(block, Check):
                yield block.question
    for group in (files.quizzes, files.bank):
        for parsed in group.values():
            yield from parsed.value.questions if parsed.value else ()
