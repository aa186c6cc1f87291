"""Rubrics, role-plays and written questions as authors write them: what is read, what is told."""

from pathlib import Path

import pytest

from course_engine.curriculum import editions, rubric_files
from course_engine.curriculum.questions import Written
from course_engine.curriculum.rubrics import Flag, Level, Rubric, RubricItem
from tests.curriculum.authored import COURSE, codes, course, draft, loaded, question, quiz, said

pytestmark = pytest.mark.pure

RUBRIC = """\
title: A kind reply
pass_mark: 75
levels:
  - {words: Harmful, credit: 0, harmful: true}
  - {words: Good, credit: 100}
items:
  - {id: asks, words: Asks first, critical: true}
  - id: listens
    words: Listens
    least: 50
    levels:
      - {words: Never, credit: 0}
      - {words: A bit, credit: 50}
      - {words: Often, credit: 100}
flags:
  - {id: secrecy, words: Promises secrecy}
"""
ROLEPLAY = """\
---
title: A first meeting
rubric: reply
assessors: 2
minutes: 10
assessor: You are Sam.
---

You meet Sam.
"""
REPLY = '## Write a reply. {#reply .written rubric="reply" words="20..80" assessors=2}\n'
FILES: dict[str, str | bytes | None] = {
    "rubrics/reply.yml": RUBRIC,
    "roleplays/meeting.md": ROLEPLAY.replace("minutes: 10\n", ""),
}


def told(text: str) -> str:
    parsed = rubric_files.parse(text.encode(), draft("rubrics/reply.yml"), slug="reply")
    assert parsed.value is None
    return said(parsed.problems)


def test_a_rubric_is_read_whole(tmp_path: Path) -> None:
    read = course(tmp_path, FILES)
    assert read.rubrics == (
        Rubric(
            slug="reply",
            title="A kind reply",
            pass_mark=75,
            items=(
                RubricItem(
                    id="asks",
                    words="Asks first",
                    critical=True,
                    levels=(
                        Level(words="Harmful", credit=0, harmful=True),
                        Level(words="Good", credit=100),
                    ),
                ),
                RubricItem(
                    id="listens",
                    words="Listens",
                    least=50,
                    levels=(
                        Level(words="Never", credit=0),
                        Level(words="A bit", credit=50),
                        Level(words="Often", credit=100),
                    ),
                ),
            ),
            flags=(Flag(id="secrecy", words="Promises secrecy"),),
        ),
    )


def test_a_rubric_and_a_role_play_are_part_of_the_edition(tmp_path: Path) -> None:
    plain, read = course(tmp_path / "one"), course(tmp_path / "two", FILES)
    assert editions.document(plain) != editions.document(read)
    assert editions.read(editions.document(read)) == read


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("id: listens", "id: asks", 'rubrics/reply.yml:8:9: the id "asks" stands here twice.'),
        ("id: secrecy", "id: asks", 'rubrics/reply.yml:16:10: the id "asks" stands here twice.'),
        (", harmful: true", "", "rubrics/reply.yml:7:45: a critical item needs a harmful level."),
        ("credit: 100}\nitems", "credit: 90}\nitems", "from the lowest credit to the highest"),
        ("words: A bit, credit: 50", "words: A bit, credit: 0", "from the lowest credit"),
        ("words: Good, credit: 100", "words: Good, credit: 100, harmful: true", "only the lowest"),
        ("credit: 0, harmful", "credit: 10, harmful", "only the lowest level can be harmful"),
        ("pass_mark: 75", "pass_mark: 101", 'rubrics/reply.yml:2:12: "pass_mark" cannot be'),
        ("critical: true", "critcal: true", 'unknown key "critcal". Did you mean "critical"?'),
    ],
)
def test_what_a_rubric_gets_wrong_is_told_with_its_place(old: str, new: str, problem: str) -> None:
    assert RUBRIC.count(old) == 1
    assert problem in told(RUBRIC.replace(old, new))


def test_an_item_without_levels_is_told() -> None:
    without = RUBRIC.replace("levels:\n  - {words: Harmful, credit: 0, harmful: true}\n", "", 1)
    without = without.replace("  - {words: Good, credit: 100}\n", "", 1)
    assert "rubrics/reply.yml:4:5: the item has no levels." in told(without)


def test_a_role_play_is_read_and_counts_its_minutes(tmp_path: Path) -> None:
    longer = str(COURSE["course.md"]).replace("minutes: 12", "minutes: 22")
    read = course(tmp_path, {**FILES, "roleplays/meeting.md": ROLEPLAY, "course.md": longer})
    (roleplay,) = read.roleplays
    assert (roleplay.slug, roleplay.assessors, roleplay.minutes) == ("meeting", 2, 10)
    assert roleplay.html == "<p>You meet Sam.</p>"
    assert roleplay.assessor == "You are Sam."


def test_a_rubric_that_is_not_there_is_told_where_it_is_named(tmp_path: Path) -> None:
    files = {**FILES, "roleplays/meeting.md": ROLEPLAY.replace("rubric: reply", "rubric: replay")}
    one = loaded(tmp_path, files)
    assert "roleplays/meeting.md:3:9: the course has no rubrics/replay.yml." in said(one.problems)
    assert 'Did you mean "reply"?' in said(one.problems)
    assert one.course is None


def test_a_rubric_that_nobody_names_is_a_warning(tmp_path: Path) -> None:
    one = loaded(tmp_path, {"rubrics/reply.yml": RUBRIC})
    assert codes(one.problems) == ["rubric-unused"]
    assert one.course is not None


def test_a_required_role_play_that_is_not_there_is_told(tmp_path: Path) -> None:
    wanted = str(COURSE["course.md"]).replace(
        "minutes: 12\n", "minutes: 12\nrequirements:\n  roleplays: [meting]\n"
    )
    one = loaded(tmp_path, {**FILES, "course.md": wanted})
    assert 'course.md:6:15: the course has no "meting" among its roleplays.' in said(one.problems)


def test_a_file_that_is_no_rubric_beside_rubrics_is_told(tmp_path: Path) -> None:
    assert "stray-file" in codes(loaded(tmp_path, {"rubrics/notes.md": "Notes"}).problems)


def test_an_empty_role_play_is_told(tmp_path: Path) -> None:
    bare = ROLEPLAY.replace("You meet Sam.\n", "")
    one = loaded(tmp_path, {**FILES, "roleplays/meeting.md": bare})
    assert "the role-play is empty" in said(one.problems)


def test_a_written_question_is_read() -> None:
    asked = question(REPLY + "\nSam writes a letter.\n")
    assert isinstance(asked, Written)
    assert (asked.rubric, asked.assessors, asked.fewest, asked.most) == ("reply", 2, 20, 80)
    assert asked.vignette == "<p>Sam writes a letter.</p>"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("## Write. {#a .written}\n", "the written question has no rubric."),
        ('## Write. {#a .written rubric="Not A Slug"}\n', "says nothing here."),
        ('## Write. {#a .written rubric="r" words="9..3"}\n', "the range of words is empty."),
        ('## Write. {#a .written rubric="r" assessors=3}\n', "Write 1 or 2"),
        ('## Write. {#a .written rubric="r"}\n\n- (x) Yes\n- ( ) No\n', "has no answers."),
        ('## Which? {#a rubric="r"}\n\n- (x) Yes\n- ( ) No\n', "belong to .written."),
        ('## Write. {#a .written practice rubric="r"}\n', "people do not mark practice."),
    ],
)
def test_what_a_written_question_gets_wrong_is_told(text: str, problem: str) -> None:
    assert problem in said(quiz(text).problems)


def test_people_cannot_mark_a_check(tmp_path: Path) -> None:
    lesson = str(COURSE["01-first/01-one.md"]) + (
        '\n!!! check\n    ## Write. {#own .written rubric="reply"}\n'
    )
    one = loaded(tmp_path, {**FILES, "01-first/01-one.md": lesson})
    assert "people cannot mark a check." in said(one.problems)
