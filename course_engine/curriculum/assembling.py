"""The files of a course put together, and everything that only shows when they stand together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from course_engine.curriculum.course import (
    CertificateRule,
    Course,
    Exam,
    Framework,
    Lesson,
    Module,
    Quiz,
    RenewalRule,
    Requirements,
    Statement,
    Topic,
)
from course_engine.curriculum.layout import Layout, ModuleFolder
from course_engine.curriculum.parsing import Asked, Headed, Parsed, policy
from course_engine.curriculum.questions import Level
from course_engine.curriculum.rubrics import RolePlay, Rubric
from course_engine.curriculum.schemas import (
    BankFront,
    CertificateFront,
    CourseFront,
    ExamFront,
    ModuleFront,
    QuizFront,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Files:
    """Every parsed file of a course, by its path relative to the course."""

    course: Parsed[Headed[CourseFront]]
    modules: Mapping[str, Parsed[Headed[ModuleFront]]]
    lessons: Mapping[str, Parsed[Lesson]]
    quizzes: Mapping[str, Parsed[Asked[QuizFront]]]
    exam: Parsed[Headed[ExamFront]] | None
    bank: Mapping[str, Parsed[Asked[BankFront]]]
    statements: Mapping[str, Parsed[Statement]]
    roleplays: Mapping[str, Parsed[RolePlay]]
    rubrics: Mapping[str, Parsed[Rubric]]

    def all(self) -> Iterable[tuple[str, Parsed[Any]]]:
        """Yield every file with its path."""
        yield "course.md", self.course
        for group in (self.modules, self.lessons, self.quizzes, self.bank, self.statements):
            yield from group.items()
        yield from self.roleplays.items()
        yield from self.rubrics.items()
        if self.exam:
            yield "exam/exam.md", self.exam


@dataclass(frozen=True, kw_only=True, slots=True)
class Blueprint:
    """What the head of an exam asks of its bank, as ``Exam`` keeps it."""

    draw: tuple[tuple[str, int], ...]
    levels: tuple[tuple[str, Level, int], ...]
    at_least: tuple[tuple[str, int], ...]


def blueprint(front: ExamFront) -> Blueprint:
    """Return the blueprint; a topic that names levels draws their sum."""
    return Blueprint(
        draw=tuple(
            (topic, sum(drawn.values()) if isinstance(drawn, dict) else drawn)
            for topic, drawn in front.draw.items()
        ),
        levels=tuple(
            (topic, level, count)
            for topic, drawn in front.draw.items()
            if isinstance(drawn, dict)
            for level, count in drawn.items()
        ),
        at_least=tuple(front.at_least.items()),
    )


def assemble(
    slug: str,
    layout: Layout,
    files: Files,
    frameworks: Mapping[str, Framework],
) -> Course | None:
    """Return the course, or None while a file that it needs has no value."""
    head = files.course.value
    if head is None:
        return None
    front = head.front
    modules = tuple(made for folder in layout.modules if (made := _module(folder, files)))
    cited = {key.split(":")[0] for _, each in files.all() for key, _ in each.citations}
    return Course(
        slug=slug,
        title=front.title,
        language=front.language,
        minutes=front.minutes,
        summary=front.summary,
        introduction=head.introduction,
        modules=modules,
        exam=_exam(layout, files),
        practice=_practice(layout, files),
        statements=tuple(
            statement
            for _, path in layout.statements
            if (statement := files.statements[path].value)
        ),
        roleplays=tuple(
            roleplay for _, path in layout.roleplays if (roleplay := files.roleplays[path].value)
        ),
        rubrics=tuple(
            rubric for _, path in layout.rubrics if (rubric := files.rubrics[path].value)
        ),
        requirements=Requirements(
            lessons=_all_or(front.requirements.lessons),
            quizzes=_all_or(front.requirements.quizzes),
            exam=front.requirements.exam,
            statements=tuple(front.requirements.statements),
            roleplays=tuple(front.requirements.roleplays),
        ),
        certificate=_certificate(front.certificate),
        frameworks=tuple(frameworks[name] for name in sorted(cited) if name in frameworks),
        assets=tuple(sorted({each for _, parsed in files.all() for each in parsed.pictures})),
    )


def _certificate(front: CertificateFront) -> CertificateRule:
    written = front.renewal
    if written is None:
        return CertificateRule(kind=front.kind)
    number, unit = written.after.split()
    renewal = RenewalRule(
        after_months=int(number) * (12 if unit.startswith("year") else 1),
        needs=tuple(written.needs),
        remind_days=int(written.remind.split()[0]),
    )
    return CertificateRule(kind=front.kind, renewal=renewal)


def _module(folder: ModuleFolder, files: Files) -> Module | None:
    parsed_head = files.modules.get(f"{folder.path}/module.md")
    if parsed_head is None or parsed_head.value is None:
        return None
    head = parsed_head.value
    parsed = files.quizzes[folder.quiz].value if folder.quiz else None
    return Module(
        slug=folder.slug,
        title=head.front.title,
        aim=head.front.aim,
        discussion=tuple(head.front.discussion),
        introduction=head.introduction,
        lessons=tuple(
            lesson for _, each in folder.lessons if (lesson := files.lessons[each].value)
        ),
        quiz=_quiz(folder.slug, parsed) if parsed else None,
    )


def _quiz(slug: str, parsed: Asked[QuizFront]) -> Quiz:
    return Quiz(
        slug=slug,
        title=parsed.front.title,
        introduction=parsed.introduction,
        minutes=parsed.front.minutes,
        policy=policy(parsed.front),
        questions=parsed.questions,
    )


def _exam(layout: Layout, files: Files) -> Exam | None:
    if files.exam is None or files.exam.value is None:
        return None
    front = files.exam.value.front
    drawn = blueprint(front)
    return Exam(
        slug="exam",
        title=front.title,
        introduction=files.exam.value.introduction,
        minutes=front.minutes,
        policy=policy(front),
        draw=drawn.draw,
        levels=drawn.levels,
        at_least=drawn.at_least,
        bank=_topics(layout, files, practice=False),
    )


def _practice(layout: Layout, files: Files) -> tuple[Topic, ...]:
    """Return the topics to practice, in the order in which the exam names them."""
    topics = _topics(layout, files, practice=True)
    exam = files.exam.value if files.exam else None
    places = {slug: at for at, slug in enumerate(exam.front.draw)} if exam else {}
    return tuple(sorted(topics, key=lambda each: places.get(each.slug, len(places))))


def _topics(layout: Layout, files: Files, *, practice: bool) -> tuple[Topic, ...]:
    """Return the topics of the bank with the questions of one of its two uses."""
    parsed = ((slug, files.bank[path].value) for slug, path in layout.bank)
    topics = (
        Topic(
            slug=slug,
            title=topic.front.title,
            questions=tuple(each for each in topic.questions if each.practice == practice),
        )
        for slug, topic in parsed
        if topic
    )
    return tuple(topic for topic in topics if topic.questions)


def _all_or(wanted: Literal["all"] | list[str]) -> Literal["all"] | tuple[str, ...]:
    return "all" if wanted == "all" else tuple(wanted)
