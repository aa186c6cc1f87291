"""Faults between an exam's blueprint and its bank, and of practice questions in a wrong place."""

from collections.abc import Iterator, Mapping

from course_engine.curriculum import blueprints
from course_engine.curriculum.assembling import Files, blueprint
from course_engine.curriculum.blueprints import CRITICAL, Cell, Short, TooFew
from course_engine.curriculum.course import Check
from course_engine.curriculum.frontmatter import did_you_mean
from course_engine.curriculum.layout import Layout
from course_engine.curriculum.problems import START, Place, Problem, Report
from course_engine.curriculum.questions import Question, Reflection, Written
from course_engine.curriculum.schemas import ExamFront
from course_engine.curriculum.yaml_values import Marked

EXAM = "exam/exam.md"

Held = Mapping[str, tuple[Question, ...] | None]
"""The questions of each topic that an exam may ask, None where the file cannot be read."""


def of(layout: Layout, files: Files) -> Iterator[Problem]:
    """Yield every fault of the blueprint, of the bank that it draws from, and of practice."""
    held: dict[str, tuple[Question, ...] | None] = {}
    for slug, path in layout.bank:
        parsed = files.bank[path].value
        held[slug] = (
            tuple(each for each in parsed.questions if not each.practice) if parsed else None
        )
    yield from _practice(files)
    exam = files.exam
    if exam is None:
        if any(questions is None or questions for questions in held.values()):
            message = "there is a bank, but no exam/exam.md to draw from it. Add one."
            yield _problem(EXAM, START, "no-exam", message)
        return
    if exam.value is None or exam.marked is None:
        return
    yield from _at_least(exam.value.front, exam.marked)
    yield from _blueprint(exam.value.front, exam.marked, held)
    yield from _never_drawn(exam.value.front, dict(layout.bank), held)


def _blueprint(front: ExamFront, marked: Marked, held: Held) -> Iterator[Problem]:
    drawn = blueprint(front)
    for slug, _ in drawn.draw:
        if slug not in held:
            message = f'the bank has no file "{slug}.md". {did_you_mean(slug, held)}'
            yield _problem(EXAM, marked.key(("draw", slug)), "no-topic", message)
    if any(held.get(slug) is None for slug, _ in drawn.draw):
        return  # What cannot be read says so itself, and may hold anything.
    bank = {slug: questions or () for slug, questions in held.items()}
    parts = blueprints.cells(drawn.draw, drawn.levels)
    for fault in blueprints.faults(parts, dict(drawn.at_least), bank):
        match fault:
            case TooFew(cell=cell, held=count):
                path = ("draw", cell.topic, cell.level) if cell.level else ("draw", cell.topic)
                yield _problem(EXAM, marked.place(path), "bank-too-small", _too_few(cell, count))
            case Short(names=names):
                place = marked.place(("at_least", names[0]))
                yield _problem(EXAM, place, "blueprint-unmet", _short(fault))


def _too_few(cell: Cell, held: int) -> str:
    if cell.level is None:
        return (
            f'the blueprint draws {cell.count} from "{cell.topic}", but its bank holds {held}. '
            f"Add questions or draw fewer."
        )
    return (
        f'the blueprint draws {cell.count} of level {cell.level} from "{cell.topic}", but its bank '
        f"holds {held} of them. Add questions, mark their level, or draw fewer."
    )


def _short(fault: Short) -> str:
    """Say what is short, and which cells could give how much of it."""
    names = " and ".join(fault.names)
    together = " together, where a question counts once" if len(fault.names) > 1 else ""
    can = sum(count for _, count in fault.given)
    gives = ", ".join(
        f"{cell.topic}{f' ({cell.level})' if cell.level else ''} {count}"
        for cell, count in fault.given
    )
    from_where = f" ({gives})" if gives else ""
    return (
        f"the blueprint needs {fault.needed} on {names}{together}, but what it draws can give "
        f"{can}{from_where}. Draw more there, add such questions, or ask for fewer."
    )


def _at_least(front: ExamFront, marked: Marked) -> Iterator[Problem]:
    for name in front.at_least:
        if name != CRITICAL and (whole := blueprints.category(name)) != name:
            message = f'"{name}" is one competency. Name its whole category: {whole}.'
            yield _problem(EXAM, marked.key(("at_least", name)), "not-a-category", message)


def _never_drawn(front: ExamFront, paths: Mapping[str, str], held: Held) -> Iterator[Problem]:
    """Warn of files and questions that no paper can hold."""
    for slug, path in paths.items():
        drawn, report = front.draw.get(slug), Report(path)
        questions = held[slug]
        if drawn is None and questions:
            message = "the blueprint draws nothing from this file. Add it to draw in exam.md."
            report.warning(START, "never-drawn", message)
        elif isinstance(drawn, dict):
            for question in questions or ():
                if question.level not in drawn and not report.full:
                    levels = ", ".join(drawn)
                    said = f"is of level {question.level}" if question.level else "has no level"
                    message = (
                        f"no exam asks this: it {said}, and the blueprint draws {levels} here."
                    )
                    remedy = "Mark its level, or draw it."
                    place = Place(question.line, 1)
                    report.warning(place, "never-drawn", f"{message} {remedy}")
        yield from report.found


def _practice(files: Files) -> Iterator[Problem]:
    """Tell of practice questions outside the bank, and of those that have no key."""
    inside = (
        block.question
        for lesson in files.lessons.values()
        for block in (lesson.value.blocks if lesson.value else ())
        if isinstance(block, Check)
    )
    quizzed = (
        question
        for parsed in files.quizzes.values()
        for question in (parsed.value.questions if parsed.value else ())
    )
    for question in (*inside, *quizzed):
        if question.practice:
            message = "practice questions stand in the bank. Move this one, or take out practice."
            yield _problem(question.source, Place(question.line, 1), "practice-here", message)
    for parsed in files.bank.values():
        for question in parsed.value.questions if parsed.value else ():
            if question.practice and isinstance(question, Reflection | Written):
                message = "this has no key to practice with. Take out practice, or the question."
                yield _problem(question.source, Place(question.line, 1), "no-key", message)


def _problem(path: str, place: Place, code: str, message: str) -> Problem:
    report = Report(path)
    report.problem(place, code, message)
    return report.found[0]
