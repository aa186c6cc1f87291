"""The head of each file: what it may hold, and what is said when it does not."""

import pytest

from course_engine.curriculum import frameworks, parsing
from tests.curriculum.authored import SKILLS, draft, lesson, quiz, said

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "---\ntitle: T\nminuts: 5\nminutes: 5\n---\n",
            '3:1: unknown key "minuts". Did you mean "minutes"?',
        ),
        ("---\ntitle: T\n---\n", '2:1: "minutes" is missing. Write the approved time in minutes, '),
        ("---\ntitle: T\nminutes: ten\n---\n", '3:10: "minutes" cannot be "ten". Write the '),
        ("---\ntitle: T\nminutes: 0\n---\n", '3:10: "minutes" cannot be "0". Write'),
        ("---\ntitle: T\nminutes: true\n---\n", '3:10: "minutes" cannot be true. Write'),
        ("---\ntitle: 2024\nminutes: 5\n---\n", '2:8: "title" cannot be "2024". Write the title'),
        ("---\ntitle:\nminutes: 5\n---\n", '2:7: "title" cannot be empty. Write the title'),
        ("---\ntitle: T\ntitle: U\nminutes: 5\n---\n", '3:1: the key "title" stands here twice.'),
        (
            "---\ntitle: A: B\nminutes: 5\n---\n",
            "2:9: there is a second colon here.",
        ),
        ("---\ntitle: &a T\nminutes: 5\n---\n", "anchors are not used here"),
        ("---\ntitle: !!str T\nminutes: 5\n---\n", "tags are not used here"),
        ("---\n- T\n---\n", "2:1: here should be keys and values"),
        ("title: T\n", "1:1: the file must begin with front matter."),
        ("---\ntitle: T\n", "1:1: the front matter does not end."),
        (
            "---\ntitle: T\nminutes: 5\ncompetencies: [a:b, c]\n---\n",
            '4:21: "competencies" cannot be "c". Write a list such as',
        ),
    ],
)
def test_each_fault_is_told_at_its_place(head: str, expected: str) -> None:
    assert expected in said(lesson("Hello.\n", head=head).problems)


def test_every_rule_of_an_exam_is_read() -> None:
    head = (
        "---\ntitle: E\nminutes: 30\npass_mark: 75\nattempts: 3\ncooldown: 24 hours\n"
        "time_limit: 90 minutes\nfeedback: never\n---\n\n## Q {#a}\n= x\n"
    )
    policy = parsing.policy(quiz("", head=head).value.front)
    assert (policy.pass_mark, policy.attempts, policy.feedback) == (75, 3, "never")
    assert (policy.cooldown_minutes, policy.time_limit_minutes) == (1440, 90)


def test_rules_left_out_are_the_gentle_ones() -> None:
    policy = parsing.policy(quiz("## Q {#a}\n= x\n").value.front)
    assert (policy.pass_mark, policy.attempts, policy.feedback) == (80, None, "full")
    assert (policy.cooldown_minutes, policy.time_limit_minutes) == (0, None)


@pytest.mark.parametrize(
    ("wait", "minutes"), [("none", 0), ("30 minutes", 30), ("1 hour", 60), ("2 days", 2880)]
)
def test_waits_are_written_as_people_say_them(wait: str, minutes: int) -> None:
    head = f"---\ntitle: Q\ncooldown: {wait}\n---\n\n## Q {{#a}}\n= x\n"
    assert parsing.policy(quiz("", head=head).value.front).cooldown_minutes == minutes


@pytest.mark.parametrize("wait", ["24", "soon", "24h", "1.5 hours", "-1 hours"])
def test_other_waits_are_told(wait: str) -> None:
    problems = quiz("## Q {#a}\n= x\n", head=f"---\ntitle: Q\ncooldown: {wait}\n---\n").problems
    assert "Write none, or a wait such as 24 hours." in said(problems)


def test_a_windows_file_with_a_byte_order_mark_reads_the_same() -> None:
    text = "---\ntitle: T\nminutes: 5\n---\n\nOne\n*two*.\n"
    plain = parsing.lesson(text.encode(), draft(), slug="one")
    other = parsing.lesson(
        b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), draft(), slug="one"
    )
    assert plain.value == other.value is not None


def test_a_framework_holds_its_categories_and_their_competencies() -> None:
    framework, problems = frameworks.read("skills", SKILLS.encode(), "frameworks/skills.yml")
    assert problems == ()
    assert framework is not None
    assert [(each.key, each.category) for each in framework.competencies] == [
        ("skills:A", "A"),
        ("skills:A.1", "A"),
        ("skills:B", "B"),
    ]


def test_an_id_of_a_framework_stands_once() -> None:
    _, problems = frameworks.read("skills", SKILLS.replace("A.1", "B").encode(), "f.yml")
    assert "f.yml:9:10: the id" in said(problems) or "id-twice" in {each.code for each in problems}
