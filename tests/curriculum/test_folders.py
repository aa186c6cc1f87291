"""A course is a folder: which files it holds, and what is said about the others."""

import os
from pathlib import Path

import pytest

from course_engine.curriculum import loading
from course_engine.curriculum.problems import stops
from tests.curriculum.authored import COURSE, codes, course, files, loaded, said

pytestmark = pytest.mark.pure

LESSON = str(COURSE["01-first/01-one.md"])
HEAD = str(COURSE["course.md"])
MODULE = "---\ntitle: M\n---\n"


def test_a_whole_course_is_loaded(tmp_path: Path) -> None:
    one = course(tmp_path)
    assert one.slug == "a-course"
    assert [module.slug for module in one.modules] == ["first"]
    assert [lesson.slug for lesson in one.modules[0].lessons] == ["one"]
    assert one.modules[0].quiz is not None
    assert one.modules[0].quiz.slug == "first"
    assert one.exam is not None
    assert one.exam.slug == "exam"
    assert one.exam.draw == (("near", 1),)


def test_numbers_order_lessons_and_are_no_part_of_their_names(tmp_path: Path) -> None:
    added = {"01-first/10-late.md": LESSON, "01-first/2-early.md": LESSON}
    one = loaded(tmp_path, dict(added)).course
    assert one is not None
    assert [each.slug for each in one.modules[0].lessons] == ["one", "early", "late"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"01-first/notes.md": "x"}, "01-first/notes.md:1:1: nobody would see this file."),
        ({"first/01-x.md": "x"}, "first/01-x.md:1:1: nobody would see this file."),
        ({"other.md": "x"}, "other.md:1:1: nobody would see this file."),
        ({"01-first/module.md": None}, "01-first/module.md:1:1: the module has no module.md."),
        ({"02-second/module.md": MODULE}, "02-second/module.md:1:1: the module has no lessons."),
        ({"01-first/01-two.md": LESSON}, "has the number 1 too. Give each lesson its own."),
        ({"01-first/02-one.md": LESSON}, 'is called "one" too. Give each lesson its own name.'),
        ({"01-first/02-quiz.md": LESSON}, '"quiz" is an address of the site.'),
        ({"statements/My Promise.md": "x"}, "statements/My Promise.md:1:1: the name is not plain."),
        ({"exam/exam.md": None}, "exam/exam.md:1:1: there is a bank, but no exam/exam.md"),
        (
            {"exam/exam.md": None, "exam/bank/near.md": None},
            "course.md:2:1: the course requires an exam and has none.",
        ),
        (
            {"exam/exam.md": "---\ntitle: E\nminutes: 10\ndraw:\n  near: 6\n---\n"},
            'exam/exam.md:5:9: the blueprint draws 6 from "near", but its bank holds 1. Add',
        ),
        (
            {"exam/exam.md": "---\ntitle: E\nminutes: 10\ndraw: {nera: 1, near: 1}\n---\n"},
            'exam/exam.md:4:8: the bank has no file "nera.md". Did you mean "near"?',
        ),
        (
            {"exam/bank/near.md": "---\ntitle: N\n---\n\n## W {#first}\n= x\n"},
            'exam/bank/near.md:5:1: the id "first" stands at 01-first/quiz.md:6 too.',
        ),
        (
            {"01-first/01-one.md": LESSON.replace("1\n", "1\ncompetencies: [skills:A.9]\n", 1)},
            '01-first/01-one.md:4:16: no competency "skills:A.9". Did you mean "skills:A.1"?',
        ),
        (
            {"01-first/01-one.md": LESSON.replace("1\n", "1\ncompetencies: [skill:A]\n", 1)},
            '01-first/01-one.md:4:16: no competency "skill:A". Did you mean "skills"?',
        ),
        (
            {
                "course.md": HEAD.replace("12\n", "12\nrequirements:\n  statements: [promse]\n", 1),
                "statements/promise.md": "---\ntitle: P\n---\n\nI promise.\n",
            },
            'course.md:6:16: the course has no "promse" among its statements. Did you mean',
        ),
    ],
)
def test_each_fault_is_told_at_its_place(
    tmp_path: Path, changes: dict[str, str | bytes | None], expected: str
) -> None:
    one = loaded(tmp_path, changes)
    assert expected in said(one.problems)
    assert one.course is None


def test_files_that_are_no_files_are_told(tmp_path: Path) -> None:
    folder = files(tmp_path, {})
    (folder / "01-first" / "02-two.md").mkdir()
    os.mkfifo(folder / "01-first" / "03-pipe.md")
    (folder / "01-first" / "04-link.md").symlink_to("/etc/hostname")
    (folder / "loop").symlink_to(folder)
    (folder / "01-first" / "05-large.md").write_bytes(b"x" * 600_000)
    (folder / "01-first" / "06-huge.md").write_bytes(b"x" * 5_000_000)
    (one,) = loading.load(folder)
    found = said(one.problems)
    assert "01-first/02-two.md:1:1: this is not a file." in found
    assert "01-first/03-pipe.md:1:1: this is not a file." in found
    assert "01-first/04-link.md:1:1: symbolic links are not followed." in found
    assert "loop:1:1: symbolic links are not followed." in found
    assert "01-first/05-large.md:1:1: the file is larger than 512 KiB." in found
    assert "01-first/06-huge.md:1:1: the file is larger than 4 MiB." in found


def test_names_that_cannot_be_printed_are_told_and_can_be_printed(tmp_path: Path) -> None:
    folder = os.fsencode(files(tmp_path, {}) / "01-first")
    for name in (b"02-\xff.md", b"03-a\nb.md"):
        with open(folder + b"/" + name, "wb"):  # noqa: PTH123 - No path is made of these bytes.
            pass
    (one,) = loading.load(tmp_path / "a-course")
    assert codes(one.problems).count("bad-name") == 2
    assert said(one.problems).encode()


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = files(tmp_path, {})

    def denied(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", denied)
    (one,) = loading.load(folder)
    assert "course.md:1:1: the file cannot be read (permission denied)." in said(one.problems)
    assert one.course is None


def test_a_broken_course_does_not_touch_another(tmp_path: Path) -> None:
    files(tmp_path, {})
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "course.md").write_text("---\ntitle: [\n---\n")
    good, bad = loading.load(tmp_path)
    assert good.course is not None
    assert bad.course is None
    assert all(each.path.startswith("broken/") for each in bad.problems)


def test_one_course_can_be_loaded_alone(tmp_path: Path) -> None:
    files(tmp_path, {})
    assert [each.slug for each in loading.load(tmp_path, only="a-course")] == ["a-course"]
    assert loading.load(tmp_path, only="another") == ()


def test_a_broken_framework_stops_the_courses_that_cite_it_and_is_told_once(tmp_path: Path) -> None:
    cites = {"01-first/01-one.md": LESSON.replace("1\n", "1\ncompetencies: [skills:A]\n", 1)}
    files(tmp_path, dict(cites))
    (tmp_path / "frameworks" / "skills.yml").write_text("title: [\n")
    curriculum = loading.load_curriculum(tmp_path, memory=loading.Memory())
    assert curriculum.courses[0].course is None
    stopping = [each for each in curriculum.courses[0].problems if stops([each])]
    assert [each.path for each in stopping] == ["frameworks/skills.yml"]
    assert curriculum.problems == ()
    (alone,) = loading.load(tmp_path / "a-course")
    assert "../frameworks/skills.yml:2:1: something here is not closed" in said(alone.problems)


def test_a_broken_framework_that_nobody_cites_is_told_all_the_same(tmp_path: Path) -> None:
    files(tmp_path, {})
    (tmp_path / "frameworks" / "skills.yml").write_text("title: [\n")
    curriculum = loading.load_curriculum(tmp_path, memory=loading.Memory())
    assert curriculum.courses[0].course is not None
    assert stops(curriculum.problems)


def test_a_course_needs_a_plain_name(tmp_path: Path) -> None:
    moved = files(tmp_path, {}).rename(tmp_path / "My Course")
    (one,) = loading.load(moved)
    assert "course.md:1:1: the course's folder needs a plain name." in said(one.problems)


def test_only_the_changed_file_is_parsed_again(tmp_path: Path) -> None:
    memory = loading.Memory()
    folder = files(tmp_path, {"01-first/02-two.md": LESSON + "\n[one](01-one.md)\n"})
    loading.load_curriculum(folder, memory=memory)
    before = dict(memory.parsed)
    (folder / "01-first" / "quiz.md").write_text(str(COURSE["01-first/quiz.md"]) + "\n> Why.\n")
    loading.load_curriculum(folder, memory=memory)
    changed = {key for key in before if memory.parsed[key] is not before[key]}
    assert {Path(key).name for key in changed} == {"quiz.md"}


def test_a_file_is_parsed_again_when_what_it_links_to_is_gone(tmp_path: Path) -> None:
    memory = loading.Memory()
    folder = files(tmp_path, {"01-first/02-two.md": LESSON + "\n[one](01-one.md)\n"})
    assert loading.load_curriculum(folder, memory=memory).courses[0].problems == ()
    (folder / "01-first" / "01-one.md").rename(folder / "01-first" / "01-renamed.md")
    (one,) = loading.load_curriculum(folder, memory=memory).courses
    assert codes(one.problems) == ["broken-link"]
