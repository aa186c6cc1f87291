"""QTI: the items that we have a kind for, in every version, and packages that are safe to read."""

import pytest

from course_engine.curriculum.questions import (
    Matching,
    MultipleChoice,
    NumberAnswer,
    Ordering,
    Question,
    Reflection,
    ShortAnswer,
    SingleChoice,
)
from course_engine.exchange.qti import packages, reading, trees
from tests.exchange import items
from tests.exchange.items import item, manifest, package

pytestmark = pytest.mark.pure

VERSIONS = pytest.mark.parametrize("version", [2, 3])


def only(content: bytes) -> Question:
    (question,) = reading.read(content, name="a").questions
    return question


def told(content: bytes) -> list[tuple[int, str]]:
    codes = [(each.line, each.code) for each in reading.read(content, name="a").problems]
    return [each for each in codes if each[1] not in {"no-competency", "nothing-imported"}]


@VERSIONS
def test_a_single_choice_keeps_its_key_and_its_feedback(version: int) -> None:
    question = only(item(items.CHOICE, version=version))
    assert isinstance(question, SingleChoice)
    assert (question.id, question.vignette) == ("one", "<p>Maya waits.</p>")
    assert question.prompt == "What <em>now</em>?"
    assert [(each.text, each.right, each.feedback) for each in question.choices] == [
        ("Go", False, "<p>No.</p>"),
        ("Stay", True, "<p>Yes.</p>"),
    ]


@VERSIONS
def test_a_mapping_makes_the_key_of_a_multiple_choice(version: int) -> None:
    question = only(item(items.SEVERAL, version=version))
    assert isinstance(question, MultipleChoice)
    assert [each.right for each in question.choices] == [True, True, False]
    assert told(item(items.SEVERAL, version=version)) == [(14, "weight")]


@VERSIONS
def test_steps_come_in_their_right_order(version: int) -> None:
    question = only(item(items.ORDER, version=version))
    assert isinstance(question, Ordering)
    assert question.items == ("first", "then", "last")


@VERSIONS
def test_pairs_are_kept_and_an_extra_side_is_told(version: int) -> None:
    question = only(item(items.MATCH, version=version))
    assert isinstance(question, Matching)
    assert [(pair.left, pair.right) for pair in question.pairs] == [
        ("cat", "milk"),
        ("dog", "bone"),
    ]
    assert told(item(items.MATCH, version=version)) == [(15, "extra-choice")]


@VERSIONS
def test_a_text_entry_accepts_what_earns_everything(version: int) -> None:
    question = only(item(items.ENTRY, version=version))
    assert isinstance(question, ShortAnswer)
    assert question.prompt == "He was the duke of …."
    assert question.accepted == ("York", "Yorke")
    assert told(item(items.ENTRY, version=version)) == [(1, "weight")]


@VERSIONS
def test_a_number_keeps_its_tolerance(version: int) -> None:
    question = only(item(items.NUMBER, version=version))
    assert isinstance(question, NumberAnswer)
    assert (question.prompt, question.low, question.high) == ("How much?", "3.4", "3.7")


@VERSIONS
def test_an_extended_text_becomes_a_reflection_and_says_so(version: int) -> None:
    assert isinstance(only(item(items.EXTENDED, version=version)), Reflection)
    assert told(item(items.EXTENDED, version=version)) == [(1, "now-a-reflection")]


def test_the_points_of_an_item_are_kept_when_they_are_whole() -> None:
    declared = (
        '<outcomeDeclaration identifier="MAXSCORE"><defaultValue><value>{}</value></defaultValue>'
        "</outcomeDeclaration>"
    )
    assert only(item(declared.format("3.0") + items.CHOICE)).points == 3
    assert only(item(declared.format("1.5") + items.CHOICE)).points == 1
    assert told(item(declared.format("1.5") + items.CHOICE)) == [(1, "points")]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        ("<itemBody><p>Read.</p></itemBody>", "not-one-interaction"),
        (items.CHOICE.replace("choiceInteraction", "hotspotInteraction"), "kind"),
        (items.CHOICE.replace("<value>B</value>", "<value>X</value>"), "not-one-right"),
        (items.ORDER.replace("<value>A</value>", ""), "order"),
        (items.MATCH.replace("<value>L2 R1</value>", ""), "match"),
        (items.MATCH.replace("L2 R1", "L2 R9"), "match"),
        (items.MATCH.replace("L2 R1", "L2"), "match"),
        (items.NUMBER.replace("3.5", "some"), "bad-number"),
        ("<templateDeclaration identifier='N'/>" + items.CHOICE, "template"),
    ],
)
def test_an_item_that_we_cannot_say_is_told_and_not_guessed(inside: str, code: str) -> None:
    assert [each[1] for each in told(item(inside))] == [code]


def test_feedback_and_rubrics_without_a_place_are_told() -> None:
    rubric = "<itemBody><rubricBlock view='scorer'>Be kind.</rubricBlock>"
    modal = "<modalFeedback outcomeIdentifier='F' identifier='wrong'>Hm.</modalFeedback>"
    inside = items.CHOICE.replace("<itemBody>", rubric) + modal
    assert [code for _, code in told(item(inside))] == ["rubric", "feedback"]


def test_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE a [<!ENTITY b "boom">]>' + item(items.CHOICE).replace(b"Go", b"&b;")
    assert told(bomb) == [(1, "not-read")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a>",
        b"PK\x03\x04 nothing",
        b"<questestinterop/>",
        b"<a>" * 200,
        b'<?xml version="1.0" encoding="nowhere"?><a/>',
        items.item(items.CHOICE) + b" " * trees.LARGEST,
    ],
)
def test_what_is_no_item_is_told(content: bytes) -> None:
    assert reading.read(content, name="a").markdown == ""
    assert [code for _, code in told(content)] == ["not-read"]


def test_the_items_of_a_package_come_in_the_order_of_its_manifest() -> None:
    content = package(
        {
            "items/two.xml": item(items.ORDER, identifier="two"),
            "items/one.xml": item(items.CHOICE, identifier="one"),
            "imsmanifest.xml": manifest("items/one.xml", "items/two.xml"),
        }
    )
    assert [each.id for each in reading.read(content, name="a.zip").questions] == ["one", "two"]


def test_an_assessment_names_the_bank_and_weighs_its_items() -> None:
    reference = (
        '<assessmentItemRef identifier="i" href="one.xml"><weight identifier="W" value="4"/>'
    )
    content = package(
        {
            "test.xml": f'<assessmentTest title="Limits">{reference}</assessmentItemRef>'
            "</assessmentTest>",
            "one.xml": item(items.CHOICE),
            "imsmanifest.xml": manifest(
                "one.xml",
                more='<resource identifier="t" type="imsqti_test_xmlv2p1" href="test.xml"/>',
            ),
        }
    )
    found = reading.read(content, name="a.zip")
    assert 'title: "Limits"' in found.markdown
    assert found.questions[0].points == 4


def test_one_bad_file_does_not_lose_the_rest_of_a_package() -> None:
    content = package(
        {
            "imsmanifest.xml": manifest("bad.xml", "gone.xml", "one.xml"),
            "bad.xml": "<a>\n<b></a>",
            "one.xml": item(items.CHOICE),
        }
    )
    assert told(content) == [(1, "not-read"), (2, "not-read")]
    assert len(reading.read(content, name="a.zip").questions) == 1


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/evil.xml", "a/../../evil.xml", "a\\evil.xml", "C:evil.xml", "a\nb"]
)
def test_a_package_with_a_name_that_leads_out_is_refused(name: str) -> None:
    content = package({"imsmanifest.xml": manifest("one.xml"), "one.xml": "<a/>", name: "<a/>"})
    assert told(content) == [(1, "not-read")]


def test_a_manifest_cannot_point_out_of_its_package() -> None:
    content = package({"imsmanifest.xml": manifest("../../etc/passwd", "/etc/passwd.xml")})
    assert told(content) == [(1, "not-read")] * 2


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "_LARGEST_INSIDE", 1024 * 1024)
    content = package({"imsmanifest.xml": manifest("one.xml"), "one.xml": b" " * 2_000_000})
    assert len(content) < 10_000
    assert told(content) == [(1, "not-read")]


def test_only_so_much_of_a_file_is_read_whatever_the_archive_says() -> None:
    large = item(items.CHOICE).replace(b"Maya", b"a" * (trees.LARGEST + 1))
    content = package({"imsmanifest.xml": manifest("one.xml"), "one.xml": large})
    assert told(content) == [(1, "not-read")]
