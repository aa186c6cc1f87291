"""The page for authors: every example on it is right, and every field is on it."""

import re
from pathlib import Path

import pytest

from course_engine.curriculum import loading, schemas
from course_engine.curriculum.course import Check
from tests.curriculum.authored import said

pytestmark = pytest.mark.pure

PAGE = (Path(__file__).parents[2] / "docs" / "writing-a-course.md").read_text()
EXAMPLES = re.findall(r"^```(?:markdown|yaml) (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
QUESTIONS = [text for name, text in EXAMPLES if name == "question"]
LESSONS = [text for name, text in EXAMPLES if name == "lesson"]
FILES = {name: text for name, text in EXAMPLES if name not in {"question", "lesson"}}


def written(folder: Path, *, more: dict[str, str]) -> loading.Loaded:
    for name, text in {**FILES, **more}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (one,) = loading.load_curriculum(folder, memory=loading.Memory()).courses
    return one


def test_the_course_of_the_examples_has_nothing_wrong(tmp_path: Path) -> None:
    one = written(tmp_path, more={})
    assert said(one.problems) == ""
    assert one.course is not None


def test_the_examples_show_every_kind_of_question(tmp_path: Path) -> None:
    bank = "---\ntitle: More\n---\n\n" + "\n".join(QUESTIONS)
    exam = FILES["a-first-course/exam/exam.md"].replace("hello: 2", "hello: 2\n  more: 1")
    files = {"a-first-course/exam/bank/more.md": bank, "a-first-course/exam/exam.md": exam}
    one = written(tmp_path, more=files)
    assert said(one.problems) == ""
    assert one.course is not None
    assert one.course.exam is not None
    kinds = {question.kind for topic in one.course.exam.bank for question in topic.questions}
    assert kinds == {
        "single", "multiple", "scope", "matching", "ordering", "short", "number", "reflection",
        "written",
    }  # fmt: skip


def test_the_examples_for_lessons_are_right(tmp_path: Path) -> None:
    lesson = "a-first-course/01-first-steps/01-saying-hello.md"
    one = written(tmp_path, more={lesson: FILES[lesson] + "\n" + "\n".join(LESSONS)})
    assert said(one.problems) == ""
    assert one.course is not None
    blocks = one.course.modules[0].lessons[0].blocks
    assert any(isinstance(block, Check) for block in blocks)


@pytest.mark.parametrize("kind", sorted(schemas.SCHEMAS))
def test_every_field_is_explained(kind: str) -> None:
    for field in schemas.SCHEMAS[kind].model_fields:
        assert f"`{field}`" in PAGE, field


def test_every_warning_is_explained() -> None:
    source = Path(loading.__file__).parent
    text = "".join(path.read_text() for path in sorted(source.glob("*.py")))
    named = (
        r'"(key-(?!twice)[a-z-]+|minutes-[a-z-]+|untested|hard-to-read|never-drawn|rubric-[a-z]+)"'
    )
    codes = set(re.findall(named, text))
    assert codes >= {"key-absolutes", "minutes-sum", "untested", "hard-to-read", "never-drawn"}
    for code in codes:
        assert f"`{code}`" in PAGE, code
