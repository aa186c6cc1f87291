"""Nothing that stands in a file makes an importer crash, or write what the check would refuse."""

import io
import zipfile
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from course_engine.curriculum import parsing
from course_engine.curriculum.addresses import Addresses
from course_engine.curriculum.drafts import Draft
from course_engine.curriculum.problems import Report, stops
from course_engine.exchange import aiken
from course_engine.exchange.banks import Imported
from course_engine.exchange.gift import reading as gift_reading
from course_engine.exchange.qti import reading as qti_reading
from tests.exchange import items

pytestmark = pytest.mark.pure

SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
GIFT = st.lists(
    st.sampled_from(
        [
            "{", "}", "=", "~", "#", "####", "->", "::", "\\", "\\n", "\n", "\n\n", "//", "%50%",
            "%-33.3%", "%x%", "#1..2", "#3:1", "T", "FALSE", "[html]", "[markdown]", "[id:a]",
            "[tag:points=2]", "$CATEGORY: a/b", "// [id:x] [tag:scope]\n", "IN", "NOW", "words ",
            "<p>a</p>", "<b>", "<img src=x>", "<a href='y'>", "&amp;", "- (x) a", "## h", "= 3",
            "1. a", "> q", "```", "{#b}", "[^1]", "![](x)", "\x00", "\ufeff", "\u2028", "é", "'",
            "<table><tr><td>a|b</td></tr></table>", "<pre>x\ny</pre>", "<ul><li>a</ul>", "!!! note",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip
AIKEN = st.lists(
    st.sampled_from(
        ["Q", "A. a", "B. b", "C) c", "b. x", "A.", "ANSWER: A", "ANSWER: Z", "ANSWER:", "", "\x0b"]
    ),
    max_size=15,
).map("\n".join)
ITEMS = (items.CHOICE, items.SEVERAL, items.ORDER, items.MATCH, items.ENTRY, items.NUMBER)


def sound(imported: Imported) -> None:
    """Every problem has a place and a remedy; what was written passes the check."""
    assert imported.problems, "there is always something to tell: competencies are missing"
    for problem in imported.problems:
        assert problem.line >= 1
        assert problem.message[-1] in '.?"”>'
    assert bool(imported.markdown) == bool(imported.questions)
    if imported.markdown:
        draft = Draft(path="bank.md", addresses=Addresses(known={}), report=Report("bank.md"))
        parsed = parsing.bank(imported.markdown.encode(), draft)
        assert not stops(parsed.problems)
        ids = [question.id for question in imported.questions]
        assert len(set(ids)) == len(ids)


@SETTINGS
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
@example(b"")
@example(b"\xff\xfe\x00")
@example(b"PK\x05\x06" + bytes(18))
def test_any_bytes_give_questions_or_problems(content: bytes) -> None:
    for read in (gift_reading.read, aiken.read, qti_reading.read):
        sound(read(content, name="file"))


@SETTINGS
@given(GIFT)
@example("Q {T}")
@example("Q {words}")
@example("Q {#}")
@example("Q {=}")
def test_anything_like_gift_gives_questions_or_problems(text: str) -> None:
    sound(gift_reading.read(text.encode(), name="a.gift"))


@SETTINGS
@given(AIKEN)
def test_anything_like_aiken_gives_questions_or_problems(text: str) -> None:
    sound(aiken.read(text.encode(), name="a.txt"))


@SETTINGS
@given(st.sampled_from(ITEMS), st.integers(0, 900), st.text(max_size=8), st.integers(0, 12))
def test_a_damaged_item_gives_a_question_or_problems(
    inside: str, at: int, put: str, gone: int
) -> None:
    damaged = inside[:at] + put + inside[at + gone :]
    sound(qti_reading.read(items.item(damaged), name="a.xml"))


@SETTINGS
@given(st.sampled_from(ITEMS), st.data())
def test_an_item_with_other_words_gives_a_question_or_problems(
    inside: str, data: st.DataObject
) -> None:
    words = ["RESPONSE", "A", "B", "C", "single", "multiple", "ordered", "1", "L1", "R1", "R"]
    for _ in range(3):
        old, new = data.draw(st.tuples(st.sampled_from(words), st.sampled_from([*words, "", "x"])))
        inside = inside.replace(f'"{old}"', f'"{new}"', 1).replace(f">{old}<", f">{new}<", 1)
    sound(qti_reading.read(items.item(inside), name="a.xml"))


@SETTINGS
@given(st.integers(0, 900), st.binary(min_size=1, max_size=4))
def test_a_damaged_package_gives_questions_or_problems(at: int, put: bytes) -> None:
    whole = items.package(
        {"imsmanifest.xml": items.manifest("one.xml"), "one.xml": items.item(items.CHOICE)}
    )
    at %= len(whole)
    sound(qti_reading.read(whole[:at] + put + whole[at + len(put) :], name="a.zip"))


def test_an_archive_with_a_strange_compression_is_told() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("imsmanifest.xml", items.manifest("one.xml"))
        archive.writestr("one.xml", items.item(items.CHOICE))
    content = bytearray(held.getvalue())
    content[content.find(b"PK\x01\x02") + 10] = 99
    sound(qti_reading.read(bytes(content), name="a.zip"))


@pytest.mark.parametrize(
    "content",
    [
        b"Q {" + b"~a b " * 200_000 + b"}",
        b"Q {" + b"~a b\n" * 15_000 + b"}",
        b"a" * 2_000_000 + b"{=a ~b}",
        b"::" * 500_000,
        b"// " + b"[id:" * 200_000 + b"\nQ {T}",
        b"[html]" + b"<b>" * 20_000 + b"x{T}",
        b"[html]" + b"<a " * 20_000 + b"{T}",
        b"[markdown]" + b"*[" * 20_000 + b"{T}",
        b"\\" * 2_000_000 + b"{T}",
    ],
    ids=range(9),
)
def test_a_file_made_to_keep_us_waiting_is_read_in_seconds(content: bytes) -> None:
    begun = process_time()
    sound(gift_reading.read(content, name="a.gift"))
    assert process_time() - begun < 10


@pytest.mark.parametrize("line", ["A. ", "ANSWER:", "#", "a. "])
def test_a_line_made_to_keep_us_waiting_is_read_in_seconds(line: str) -> None:
    begun = process_time()
    sound(aiken.read(f"Q\n{line}{' ' * 500_000}{'#' * 50_000}a\n".encode(), name="a.txt"))
    assert process_time() - begun < 10
