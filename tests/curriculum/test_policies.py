"""The rules of a quiz or exam in its head: what is read, and what is told."""

from pathlib import Path

import pytest

from course_engine.curriculum import editions, parsing
from course_engine.curriculum.course import Policy
from tests.curriculum.authored import COURSE, course, loaded, quiz, said

pytestmark = pytest.mark.pure

QUIZ = str(COURSE["01-first/quiz.md"])
EXAM = str(COURSE["exam/exam.md"])


def ruled(*lines: str) -> str:
    return QUIZ.replace("minutes: 1\n", "minutes: 1\n" + "".join(f"{line}\n" for line in lines))


def test_every_rule_is_read() -> None:
    text = ruled(
        "attempts: 2",
        "cooldown: 2 days",
        "opens: 2026-12-01 09:00",
        "closes: 2026-12-15 17:30",
        "time_limit: 1 hour",
        "after_last: {retrain: [one, two]}",
        "feedback: never",
        "order: fixed",
        "unseen_first: false",
    )
    assert parsing.policy(quiz("", head=text).value.front) == Policy(
        attempts=2,
        cooldown_minutes=2880,
        opens="2026-12-01T09:00",
        closes="2026-12-15T17:30",
        time_limit_minutes=60,
        retrain=("one", "two"),
        feedback="never",
        order="fixed",
        unseen_first=False,
    )


def test_rules_left_out_are_the_gentle_ones() -> None:
    assert parsing.policy(quiz("", head=QUIZ).value.front) == Policy()
    same = ruled("opens: none", "closes: none", "time_limit: none", "after_last: coordinator")
    assert parsing.policy(quiz("", head=same).value.front) == Policy()


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (["opens: soon"], '4:8: "opens" cannot be "soon". Write none, or a time such as'),
        (["opens: 2027-02-29 09:00"], '4:8: "opens" cannot be "2027-02-29 09:00".'),
        (["closes: 2026-12-01"], '4:9: "closes" cannot be "2026-12-01". Write none, or a time'),
        (["closes: 2026-12-01 24:30"], '4:9: "closes" cannot be "2026-12-01 24:30".'),
        (
            ["opens: 2026-12-02 09:00", "closes: 2026-12-02 09:00"],
            "5:9: the window closes before it opens. Write a later time.",
        ),
        (["order: random"], '4:8: "order" cannot be "random". Write shuffled or fixed.'),
        (["unseen_first: maybe"], '4:15: "unseen_first" cannot be "maybe". Write true or false.'),
        (["after_last: trainer"], '"after_last" cannot be "trainer". Write coordinator, or'),
        (["attempts: 2", "after_last: {retrain: []}"], "Write"),
        (["attempts: 2", "after_last: {reread: [one]}"], 'unknown key "reread".'),
        (
            ["after_last: {retrain: [one]}"],
            "4:1: no attempt is ever the last one. Set attempts, or take this out.",
        ),
        (
            ["attempts: 2", "after_last: {retrain: [one, ono]}"],
            '5:29: the course has no lesson "ono". Did you mean "one"?',
        ),
    ],
)
def test_each_fault_is_told_at_its_place(tmp_path: Path, rules: list[str], expected: str) -> None:
    assert expected in said(loaded(tmp_path, {"01-first/quiz.md": ruled(*rules)}).problems)


@pytest.mark.parametrize("key", ["retrian", "reread"])
def test_a_wrong_key_inside_a_rule_is_one_problem(tmp_path: Path, key: str) -> None:
    head = ruled("attempts: 2", f"after_last: {{{key}: [one]}}")
    told = loaded(tmp_path, {"01-first/quiz.md": head}).problems
    assert [each.code for each in told] == ["unknown-key"]


def test_an_exam_has_the_same_rules_and_the_same_faults(tmp_path: Path) -> None:
    after = "attempts: 1\nafter_last: {retrain: [none]}\nminutes: 10\n"
    wrong = EXAM.replace("minutes: 10\n", after)
    problems = said(loaded(tmp_path, {"exam/exam.md": wrong}).problems)
    assert 'exam/exam.md:4:24: the course has no lesson "none".' in problems


def test_rules_come_back_from_an_edition(tmp_path: Path) -> None:
    rules = ("attempts: 2", "closes: 2026-12-15 17:30", "after_last: {retrain: [one]}")
    written = course(tmp_path, {"01-first/quiz.md": ruled(*rules)})
    assert editions.read(editions.document(written)) == written
