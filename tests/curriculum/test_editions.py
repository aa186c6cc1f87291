"""An edition is one document with one digest, the same wherever it is made."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from course_engine.curriculum import editions, loading
from tests import builders
from tests.curriculum.authored import COURSE, course, loaded

pytestmark = pytest.mark.pure

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def test_a_document_reads_back_to_the_same_course(tmp_path: Path) -> None:
    one = course(tmp_path)
    assert editions.read(editions.document(one)) == one


def test_every_kind_of_question_survives(tmp_path: Path) -> None:
    one = course(tmp_path)
    assert one.exam is not None
    topic = replace(one.exam.bank[0], questions=builders.every_kind())
    whole = replace(one, exam=replace(one.exam, bank=(topic,)))
    assert editions.read(editions.document(whole)) == whole


def test_the_same_files_give_the_same_digest_anywhere_in_any_order(tmp_path: Path) -> None:
    one = course(tmp_path / "here")
    there = tmp_path / "there" / "a-course"
    for path, content in reversed(COURSE.items()):
        file = there / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(str(content).replace("\n", "\r\n"), newline="")
        os.utime(file, (1, 1))
    (other,) = loading.load(there)
    assert other.course is not None
    assert digest_of(other) == editions.digest(editions.document(one))


def test_any_change_of_content_changes_the_digest(tmp_path: Path) -> None:
    changed = str(COURSE["01-first/quiz.md"]).replace("(x) That", "(x) Those")
    one = loaded(tmp_path / "a")
    other = loaded(tmp_path / "b", {"01-first/quiz.md": changed})
    assert digest_of(one) != digest_of(other)


def test_pictures_that_nobody_sees_do_not_travel(tmp_path: Path) -> None:
    shows = str(COURSE["01-first/01-one.md"]) + "\n![A map](map.svg)\n"
    changes: dict[str, str | bytes | None] = {
        "01-first/01-one.md": shows,
        "01-first/map.svg": DRAWING,
        "01-first/draft.svg": DRAWING + b"\n",
    }
    one = loaded(tmp_path, changes)
    assert one.course is not None
    assert [asset.content for asset in one.assets] == [DRAWING]
    assert one.course.assets == (one.assets[0].sha256,)


def test_what_is_no_document_is_told() -> None:
    with pytest.raises(ValueError, match="Course"):
        editions.read(b'{"slug": "x"}')


def test_frameworks_that_are_cited_travel_along(tmp_path: Path) -> None:
    cites = str(COURSE["01-first/01-one.md"]).replace("1\n", "1\ncompetencies: [skills:A]\n", 1)
    one = loaded(tmp_path, {"01-first/01-one.md": cites}).course
    assert one is not None
    assert [framework.slug for framework in one.frameworks] == ["skills"]
    assert course(tmp_path).frameworks == ()


def digest_of(one: loading.Loaded) -> str:
    assert one.course is not None
    return editions.digest(editions.document(one.course))
