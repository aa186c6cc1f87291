"""Blueprints as authors write them: what is too much is refused, in words and at its place."""

from pathlib import Path

import pytest

from course_engine.curriculum.course import Course
from tests.curriculum.authored import SKILLS, course, loaded

pytestmark = pytest.mark.pure


def bank(*heads: str) -> str:
    """A file of the bank with one question for each head."""
    questions = "".join(
        f"\n## Which? {{#q-{at} {head}}}\n\n- ( ) This\n- (x) That\n"
        for at, head in enumerate(heads)
    )
    return f"---\ntitle: Near\n---\n{questions}"


def exam(draw: str, *, at_least: str = "") -> str:
    more = f"at_least: {{{at_least}}}\n" if at_least else ""
    return f"---\ntitle: Exam\nminutes: 10\ndraw: {draw}\n{more}---\n"


def told(tmp_path: Path, exam_file: str, bank_file: str) -> list[str]:
    changes: dict[str, str | bytes | None] = {
        "exam/exam.md": exam_file,
        "exam/bank/near.md": bank_file,
        "../frameworks/skills.yml": SKILLS,
    }
    found = loaded(tmp_path, changes).problems
    return [str(problem) for problem in found if problem.path.startswith("exam/")]


def made(tmp_path: Path, exam_file: str, bank_file: str) -> Course:
    return course(
        tmp_path,
        {
            "exam/exam.md": exam_file,
            "exam/bank/near.md": bank_file,
            "../frameworks/skills.yml": SKILLS,
        },
    )


A, B = 'competency="skills:A.1"', 'competency="skills:B"'


def test_a_topic_may_be_drawn_by_level(tmp_path: Path) -> None:
    one = made(
        tmp_path,
        exam("{near: {recall: 1, judgment: 2}}", at_least='"skills:A": 1, critical: 1'),
        bank(f"level=recall {A}", f"level=judgment {A}", "level=judgment critical"),
    ).exam
    assert one is not None
    assert one.draw == (("near", 3),)
    assert one.levels == (("near", "recall", 1), ("near", "judgment", 2))
    assert one.at_least == (("skills:A", 1), ("critical", 1))


def test_too_few_of_a_level_are_named_where_they_are_asked_for(tmp_path: Path) -> None:
    _never_drawn, problem = told(
        tmp_path, exam("{near: {judgment: 2}}"), bank("level=judgment", "level=recall")
    )
    assert problem.startswith(
        'exam/exam.md:4:25: the blueprint draws 2 of level judgment from "near", but its bank '
        "holds 1 of them."
    )


def test_what_the_topics_cannot_give_is_named_with_what_they_can(tmp_path: Path) -> None:
    (problem,) = told(
        tmp_path, exam("{near: 2}", at_least='"skills:A": 1, "skills:B": 2'), bank(A, A, B)
    )
    assert problem == (
        "exam/exam.md:5:39: the blueprint needs 2 on skills:B, but what it draws can give 1 "
        "(near 1). Draw more there, add such questions, or ask for fewer."
    )


def test_minimums_that_compete_are_named_together(tmp_path: Path) -> None:
    (problem,) = told(
        tmp_path,
        exam("{near: 2}", at_least='"skills:A": 2, critical: 1'),
        bank(f"{A} critical", A, B),
    )
    assert (
        "the blueprint needs 3 on skills:A and critical together, where a question counts once, "
        "but what it draws can give 2 (near 2)."
    ) in problem


def test_a_minimum_names_a_whole_category_that_exists(tmp_path: Path) -> None:
    single = told(tmp_path, exam("{near: 1}", at_least='"skills:A.1": 1'), bank(A))
    assert single[0] == (
        'exam/exam.md:5:12: "skills:A.1" is one competency. Name its whole category: skills:A.'
    )
    unknown = told(tmp_path, exam("{near: 1}", at_least='"skills:C": 1'), bank(A))
    assert 'exam/exam.md:5:12: no competency "skills:C".' in unknown[0]


def test_a_question_that_no_paper_can_hold_is_pointed_out(tmp_path: Path) -> None:
    found = told(
        tmp_path, exam("{near: {recall: 1}}"), bank("level=recall", "level=judgment", "critical")
    )
    assert [each[: each.index(", and")] for each in found] == [
        "exam/bank/near.md:10:1: warning: no exam asks this: it is of level judgment",
        "exam/bank/near.md:15:1: warning: no exam asks this: it has no level",
    ]


@pytest.mark.parametrize(
    ("draw", "said"),
    [
        ("{near: {judgement: 1}}", "judgement"),
        ("{near: {}}", "near"),
        ("{near: {recall: 0}}", "recall"),
        ("{near: many}", "near"),
    ],
)
def test_a_blueprint_that_says_nothing_is_refused(tmp_path: Path, draw: str, said: str) -> None:
    found = told(tmp_path, exam(draw), bank("level=recall"))
    assert any(each.startswith("exam/exam.md:4:") and said in each for each in found), found


def test_a_level_that_is_none_is_refused(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, exam("{near: 1}"), bank("level=hard"))
    assert "Write level=recall, level=understanding or level=judgment." in problem


def test_practice_questions_leave_the_bank_of_the_exam(tmp_path: Path) -> None:
    one = made(tmp_path, exam("{near: 1}"), bank(A, f"{A} practice"))
    assert one.exam is not None
    assert [each.id for each in one.exam.bank[0].questions] == ["q-0"]
    assert [(each.slug, [q.id for q in each.questions]) for each in one.practice] == [
        ("near", ["q-1"])
    ]


def test_practice_questions_do_not_fill_a_blueprint(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, exam("{near: 2}"), bank(A, f"{A} practice"))
    assert "but its bank holds 1." in problem


def test_a_bank_for_practice_alone_needs_no_exam(tmp_path: Path) -> None:
    one = course(
        tmp_path,
        {
            "exam/exam.md": None,
            "exam/bank/near.md": bank("practice"),
            "course.md": "---\ntitle: C\nlanguage: en\nminutes: 2\n"
            "requirements: {exam: false}\n---\n",
        },
    )
    assert one.exam is None
    assert len(one.practice) == 1


def test_practice_stands_in_the_bank_alone(tmp_path: Path) -> None:
    found = loaded(
        tmp_path,
        {"01-first/quiz.md": "---\ntitle: Q\n---\n\n## Which? {#first practice}\n\n= this\n"},
    ).problems
    assert [str(each)[:62] for each in found] == [
        "01-first/quiz.md:5:1: practice questions stand in the bank. Mo"
    ]


def test_what_has_no_key_cannot_be_practiced(tmp_path: Path) -> None:
    text = bank(A) + "\n## What do you think? {#own .reflection practice}\n"
    (problem,) = told(tmp_path, exam("{near: 1}"), text)
    assert problem.endswith("this has no key to practice with. Take out practice, or the question.")
