"""A curriculum as large as the speed target asks for: 300 lessons and 3,000 questions."""

import random
from pathlib import Path

_TEXT = (
    "peer support person people help hope share story listen question choice role medicine week "
    "morning friend doctor group talk walk house town answer trust limit power equal recovery road "
    "setback step plan call number kind quiet speak offer ask stay together apart small large next"
)
_WORDS = _TEXT.split()


def write(folder: Path, *, lessons: int = 300, questions: int = 3000, courses: int = 10) -> None:
    """Write courses of equal size; about 450 words a lesson, four choices with feedback each."""
    draw = random.Random(7)  # noqa: S311 - The same files in every run.
    _framework(folder / "frameworks")
    for number in range(courses):
        course = folder / f"course-{number}"
        _course(course, lessons // courses, questions // courses, draw)


def _framework(folder: Path) -> None:
    folder.mkdir(parents=True)
    text = (
        "title: Skills\npublisher: Somebody\nyear: 2020\nsource: https://example.org/\n"
        "categories:\n  - {id: A, title: Care}\n  - {id: B, title: Limits}\n"
    )
    (folder / "skills.yml").write_text(text)


def _course(folder: Path, lessons: int, questions: int, draw: random.Random) -> None:
    modules = max(1, lessons // 10)
    minutes = modules * 10 * 4 + 30
    head = f"---\ntitle: A course\nlanguage: en\nminutes: {minutes}\n---\n\nWelcome.\n"
    for module in range(modules):
        path = folder / f"{module:02}-module-{module}"
        path.mkdir(parents=True)
        (path / "module.md").write_text(f"---\ntitle: Module {module}\naim: To learn.\n---\n")
        for lesson in range(10):
            name = f"{lesson:02}-lesson-{module}-{lesson}.md"
            (path / name).write_text(_lesson(draw))
    (folder / "course.md").write_text(head)
    bank = folder / "exam" / "bank"
    bank.mkdir(parents=True)
    topics = 10
    for topic in range(topics):
        asked = (_question(f"t{topic}-{at}", draw) for at in range(questions // topics))
        text = f"---\ntitle: Topic {topic}\n---\n\n" + "\n".join(asked)
        (bank / f"topic-{topic}.md").write_text(text)
    draws = ", ".join(f"topic-{topic}: 4" for topic in range(topics))
    exam = f"---\ntitle: Exam\nminutes: 30\ndraw: {{{draws}}}\n---\n\nGood luck.\n"
    (folder / "exam" / "exam.md").write_text(exam)


def _sentence(draw: random.Random, length: int = 9) -> str:
    words = " ".join(draw.choice(_WORDS) for _ in range(length))
    return f"{words.capitalize()}."


def _paragraph(draw: random.Random) -> str:
    sentences = [_sentence(draw) for _ in range(5)]
    sentences[2] = f"**{sentences[2]}**"
    return "\n".join(sentences)


def _lesson(draw: random.Random) -> str:
    body = "\n\n".join(_paragraph(draw) for _ in range(7))
    items = "\n".join(f"- {_sentence(draw)}" for _ in range(4))
    choices = "\n".join(
        f"    - ({'x' if at == 1 else ' '}) {_sentence(draw, 8)}\n        > {_sentence(draw)}"
        for at in range(3)
    )
    return (
        f"---\ntitle: {_sentence(draw, 3)}\nminutes: 4\ncompetencies: [skills:A, skills:B]\n---\n\n"
        f"{body}\n\n## In short\n\n{items}\n\n"
        f'!!! story "Somebody"\n    {_sentence(draw)}\n\n    {_sentence(draw)}\n\n'
        f"!!! check\n    ## {_sentence(draw)}\n\n{choices}\n\n    > {_sentence(draw)}\n\n"
        f'!!! reflect "What do you think?"\n    {_sentence(draw)}\n'
    )


def _question(name: str, draw: random.Random) -> str:
    right = draw.randrange(4)
    lines = [
        f'## {_sentence(draw)} {{#{name} competency="skills:A skills:B"}}',
        "",
        _sentence(draw),
        "",
    ]
    for at in range(4):
        lines.append(f"- ({'x' if at == right else ' '}) {_sentence(draw, draw.randint(6, 12))}")
        lines.append(f"    > {_sentence(draw, 12)}")
    # About one explanation in ten has emphasis, more often than those that people have written.
    ending = f" *{_sentence(draw, 3)}*" if draw.randrange(10) == 0 else ""
    return "\n".join([*lines, "", f"> {_sentence(draw, 14)}{ending}", ""])
