import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner, Result

from course_engine.cli import main
from course_engine.curriculum import loading
from course_engine.curriculum.course import Competency, Course, Framework, Topic
from course_engine.curriculum.coverage import Category, CoveredFramework, coverage
from tests import builders

COURSES = Path(__file__).parents[2] / "curriculum"
SAMPLE = Path(__file__).parents[1] / "sample" / "first-steps"

FRAMEWORK = Framework(
    slug="f",
    title="Framework",
    publisher="Publisher",
    year=2026,
    source="https://example.org",
    competencies=tuple(
        Competency(key=key, title=key, category=key[2], category_title=f"Category {key[2]}")
        for key in ("f:A", "f:A.1", "f:A.2", "f:B", "f:B.1")
    ),
)


def weighed(lessons: Mapping[str, str], questions: Mapping[str, str]) -> CoveredFramework:
    """Weigh a course; for each lesson and each question, what it cites."""
    module = builders.module("m", *lessons)
    cited = tuple(
        replace(each, source=f"{each.slug}.md", competencies=tuple(lessons[each.slug].split()))
        for each in module.lessons
    )
    asked = tuple(
        replace(builders.single(name), source="quiz.md", competencies=tuple(keys.split()))
        for name, keys in questions.items()
    )
    quiz = builders.quiz(*asked, builders.reflection(), slug="m")
    made = builders.course(replace(module, lessons=cited, quiz=quiz))
    (framework,) = coverage(replace(made, frameworks=(FRAMEWORK,))).frameworks
    return framework


def category(framework: CoveredFramework, key: str) -> Category:
    return next(each for each in framework.categories if each.key == key)


def test_a_competency_is_taught_by_the_lessons_and_tested_by_the_questions_that_cite_it() -> None:
    found = weighed({"x": "f:A.1", "y": "f:A.1 f:A.2"}, {"q": "f:A.1", "r": "f:A.1"})
    first = category(found, "f:A").competencies[0]
    assert first.lessons == ("x.md", "y.md")
    assert [(each.path, each.questions) for each in first.asked] == [("quiz.md", ("q", "r"))]
    assert first.tests == 2


def test_what_cites_a_competency_cites_its_category_once() -> None:
    whole = category(weighed({"x": "f:A.1 f:A.2"}, {"q": "f:A.1 f:A"}), "f:A")
    assert whole.lessons == ("x.md",)
    assert whole.tests == 1
    assert not whole.as_a_whole


def test_what_cites_a_category_says_nothing_of_its_competencies() -> None:
    whole = category(weighed({"x": "f:A"}, {"q": "f:A"}), "f:A")
    assert [each.state for each in whole.competencies] == ["uncited", "uncited"]
    assert whole.as_a_whole


def test_what_is_taught_and_not_tested_is_named_and_the_reverse() -> None:
    found = weighed({"x": "f:A.1"}, {"q": "f:A.2"})
    assert found.keys("untested") == ("f:A.1",)
    assert found.keys("untaught") == ("f:A.2",)
    assert found.keys("covered") == ("f:A",)


def test_a_category_that_nothing_cites_is_named_without_its_competencies() -> None:
    found = weighed({"x": "f:A.1"}, {"q": "f:A.1"})
    assert found.keys("uncited") == ("f:A.2", "f:B")
    assert found.whole_categories == ()


def test_a_reflection_and_a_check_in_a_lesson_test_nothing() -> None:
    (loaded,) = loading.load(SAMPLE)
    assert loaded.course is not None
    (framework,) = coverage(loaded.course).frameworks
    (listens,) = framework.categories
    assert {each.path for each in listens.asked} == {
        "01-hello/quiz.md",
        "exam/bank/goodbye.md",
        "exam/bank/hello.md",
    }


def test_the_questions_of_the_bank_count() -> None:
    made: Course = builders.course()
    assert made.exam is not None
    (topic,) = made.exam.bank
    cited = tuple(
        replace(each, source="bank.md", competencies=("f:B.1",)) for each in topic.questions
    )
    exam = replace(made.exam, bank=(replace(topic, questions=cited),))
    (framework,) = coverage(replace(made, exam=exam, frameworks=(FRAMEWORK,))).frameworks
    assert category(framework, "f:B").tests == 4


def test_practice_is_told_apart_and_tests_nothing() -> None:
    asked = replace(builders.single(), source="bank.md", competencies=("f:B.1",), practice=True)
    topic = Topic(slug="t", title="T", questions=(asked,))
    made = replace(builders.course(), practice=(topic,), frameworks=(FRAMEWORK,))
    (framework,) = coverage(made).frameworks
    found = category(framework, "f:B")
    assert (found.tests, found.practices, found.state) == (0, 1, "uncited")


def test_each_samhsa_category_is_taught_in_two_lessons_and_tested_three_times() -> None:
    (loaded,) = loading.load(COURSES / "understanding-peer-support")
    assert loaded.course is not None
    frameworks = {each.slug: each for each in coverage(loaded.course).frameworks}
    categories = frameworks["samhsa"].categories
    assert len(categories) == 12
    thin = {each.key for each in categories if len(each.lessons) < 2 or each.tests < 3}
    assert thin == set()
    for framework in frameworks.values():
        for state in ("untested", "untaught", "uncited"):
            assert framework.keys(state) == ()  # type: ignore[arg-type]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["coverage", *arguments])


def test_the_command_tells_lessons_and_questions_by_file() -> None:
    told = run(str(SAMPLE)).output
    assert "skills:A  Listens: 3 lessons, 17 questions" in told
    assert "  skills:A.2  Asks before sharing: 1 lesson, 7 questions" in told
    assert "    taught in 01-hello/02-asking.md" in told
    assert "    tested in 01-hello/quiz.md: 7" in told
    assert "Taught and not tested: nothing" in told


def test_the_command_gives_json_with_every_question() -> None:
    (framework,) = json.loads(run(str(SAMPLE), "--format", "json").output)["frameworks"]
    (listens,) = framework["categories"]
    assert listens["state"] == "covered"
    assert listens["asked"][0] == {
        "path": "01-hello/quiz.md",
        "questions": ["first", "ways", "dose", "match", "order", "word", "ears"],
    }
    assert framework["untaught"] == []


def test_a_course_may_be_named_instead_of_its_folder(tmp_path: Path) -> None:
    settings = {
        "COURSE_ENGINE_CURRICULUM": str(SAMPLE.parent),
        "COURSE_ENGINE_INSTANCE": str(tmp_path),
    }
    told = CliRunner().invoke(main, ["coverage", "first-steps"], env=settings)
    assert "Listens" in told.output
    missing = CliRunner().invoke(main, ["coverage", "second-steps"], env=settings)
    assert missing.exit_code == 2
    assert 'there is no course "second-steps"' in missing.stderr


def test_a_course_with_problems_is_told_them_instead(tmp_path: Path) -> None:
    (tmp_path / "course.md").write_text("---\ntitle: Broken\n---\n", encoding="utf-8")
    told = run(str(tmp_path))
    assert told.exit_code == 1
    assert "course.md:" in told.stderr
