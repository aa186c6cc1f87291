"""Values for tests, each right as it stands; a test names only what it is about."""

from course_engine.curriculum.course import (
    CertificateRule,
    Course,
    Exam,
    Lesson,
    Module,
    Policy,
    Quiz,
    Requirements,
    Statement,
    Topic,
)
from course_engine.curriculum.questions import (
    Choice,
    Html,
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Pair,
    Question,
    Reflection,
    Scope,
    ScopeQuestion,
    ShortAnswer,
    SingleChoice,
    Written,
)
from course_engine.curriculum.rubrics import Flag, Level, Rubric, RubricItem


def choices(rights: str) -> tuple[Choice, ...]:
    """One choice for each character; an x is right."""
    return tuple(
        Choice(text=Html(f"Choice {place}"), right=mark == "x", feedback=Html(f"About {place}"))
        for place, mark in enumerate(rights)
    )


def single(
    question_id: str = "single", *, rights: str = "-x--", critical: bool = False, points: int = 1
) -> SingleChoice:
    return SingleChoice(
        id=question_id,
        prompt=Html(f"Prompt of {question_id}"),
        explanation=Html(f"Explanation of {question_id}"),
        choices=choices(rights),
        critical=critical,
        points=points,
    )


def multiple(question_id: str = "multiple", *, rights: str = "xx--") -> MultipleChoice:
    return MultipleChoice(id=question_id, prompt=Html("Which?"), choices=choices(rights))


def scope(
    question_id: str = "scope", *, right: Scope = Scope.ADAPT, critical: bool = False
) -> ScopeQuestion:
    first, second, third, fourth = (
        Choice(text=Html(label.value), right=label is right) for label in Scope
    )
    return ScopeQuestion(
        id=question_id,
        prompt=Html("What fits?"),
        choices=(first, second, third, fourth),
        critical=critical,
    )


def matching(question_id: str = "matching", *, rights: str = "pqr") -> Matching:
    pairs = tuple(Pair(left=Html(f"Left {n}"), right=Html(right)) for n, right in enumerate(rights))
    return Matching(id=question_id, prompt=Html("Match."), pairs=pairs)


def ordering(question_id: str = "ordering", *, items: str = "abcd") -> Ordering:
    return Ordering(id=question_id, prompt=Html("Order."), items=tuple(map(Html, items)))


def short(question_id: str = "short", *, accepted: tuple[str, ...] = ("recovery",)) -> ShortAnswer:
    return ShortAnswer(id=question_id, prompt=Html("Which word?"), accepted=accepted)


def number(question_id: str = "number", *, low: str = "40", high: str = "60") -> NumberAnswer:
    return NumberAnswer(id=question_id, prompt=Html("How many?"), low=low, high=high)


def reflection(question_id: str = "reflection") -> Reflection:
    return Reflection(id=question_id, prompt=Html("What do you think?"))


def written(question_id: str = "written", *, critical: bool = False, points: int = 1) -> Written:
    return Written(
        id=question_id,
        prompt=Html("Write a reply."),
        rubric="reply",
        critical=critical,
        points=points,
    )


def rubric(slug: str = "reply", *, least: int = 0) -> Rubric:
    """Two items, the second one critical, and two flags; it is met from 75 percent."""
    return Rubric(
        slug=slug,
        title="A kind reply",
        pass_mark=75,
        items=(
            RubricItem(
                id="listens",
                words="Listens before speaking",
                levels=(
                    Level(words="Not seen", credit=0),
                    Level(words="Seen", credit=50),
                    Level(words="Throughout", credit=100),
                ),
                least=least,
            ),
            RubricItem(
                id="asks",
                words="Asks before advising",
                levels=(
                    Level(words="Gives orders", credit=0, harmful=True),
                    Level(words="Asks once", credit=50),
                    Level(words="Asks each time", credit=100),
                ),
                critical=True,
            ),
        ),
        flags=(
            Flag(id="secrecy", words="Promises to keep danger secret"),
            Flag(id="dose", words="Tells to change a medicine"),
        ),
    )


def every_kind() -> tuple[Question, ...]:
    return (
        single(),
        multiple(),
        scope(),
        matching(),
        ordering(),
        short(),
        number(),
        reflection(),
        written(),
    )


def quiz(*questions: Question, slug: str = "first-module", policy: Policy | None = None) -> Quiz:
    return Quiz(
        slug=slug,
        title=f"Quiz of {slug}",
        policy=policy or Policy(),
        questions=questions or every_kind(),
    )


def exam(*, draw: dict[str, int], bank: dict[str, int], policy: Policy | None = None) -> Exam:
    """An exam with a bank of single choices: how many are drawn and held by topic."""
    return Exam(
        slug="exam",
        title="Closing exam",
        policy=policy or Policy(),
        draw=tuple(draw.items()),
        bank=tuple(
            Topic(
                slug=slug,
                title=f"About {slug}",
                questions=tuple(single(f"{slug}-{number}") for number in range(held)),
            )
            for slug, held in bank.items()
        ),
    )


def lesson(slug: str) -> Lesson:
    return Lesson(slug=slug, title=f"Lesson {slug}", minutes=5, blocks=())


def module(slug: str, *lessons: str, with_quiz: bool = True) -> Module:
    return Module(
        slug=slug,
        title=f"Module {slug}",
        lessons=tuple(map(lesson, lessons)),
        quiz=quiz(slug=slug) if with_quiz else None,
    )


def course(*modules: Module, requirements: Requirements | None = None) -> Course:
    """Two modules with quizzes, an exam and a statement, everything required."""
    return Course(
        slug="sample",
        title="Sample",
        language="en",
        minutes=60,
        modules=modules or (module("one", "a", "b"), module("two", "c")),
        exam=exam(draw={"role": 2}, bank={"role": 4}),
        statements=(
            Statement(slug="conduct", title="Conduct", html=Html("<p>I will.</p>"), text="I will."),
        ),
        requirements=requirements or Requirements(statements=("conduct",)),
        certificate=CertificateRule(),
    )
