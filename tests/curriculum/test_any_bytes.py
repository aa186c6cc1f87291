"""Nothing that an author can type, and no bytes at all, make the reader crash or fall silent."""

import string
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from course_engine.curriculum import editions, frameworks, parsing, pictures
from course_engine.curriculum.parsing import Parsed
from course_engine.curriculum.problems import Report, stops
from tests.curriculum.authored import LESSON_HEAD, QUIZ_HEAD, draft, loaded

pytestmark = pytest.mark.pure

SHIPPED = Path(__file__).parents[2] / "curriculum"
FILES = sorted(path.read_bytes() for path in SHIPPED.rglob("*.md"))
SHORT = [content for content in FILES if len(content) < 6000]
LINES = st.sampled_from(
    [
        "---", "## Q {#a}", "## Q {#a .scope critical}", "## {", "### Sub", "# Top", "- ( ) one",
        "- (x) two", "- [ ] three", "- [x] four", "- a => b", "1. step", "= 4", "= 3 ± 1", "= word",
        "> quote", ">", "    > feedback", "    more", "", "", "!!! note", '!!! story "S"',
        '!!! reflect "P"', "!!! check", "    ## Q", "    - (x) yes", "    - ( ) no", "```", "~~~",
        "    ```", "[a](b.md)", "![](c.svg)", "[^1]", "[^1]: note", "|a|b|", "|-|-|", ": def",
        "Term",
        "*a* **b** `c`", "{: .x }", "<div>", "title: x", "minutes: 5", "- - - x", "\ufeff",
        "\u202e", "===", "[x]: y", "*[HTML]: words", "\t- (x) tab", "  - ( ) two spaces", "a" * 200,
    ]
)  # fmt: skip
SETTINGS = settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def parsed_all_ways(content: bytes) -> list[Parsed[object]]:
    ways = [
        parsing.lesson(content, draft(), slug="one"),
        parsing.quiz(content, draft()),
        parsing.course(content, draft()),
        parsing.exam(content, draft()),
        parsing.statement(content, draft(), slug="one"),
    ]
    for way in ways:
        assert way.value is not None or stops(way.problems), "no value, and nobody told why"
        for problem in way.problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.message[-1] in '.?"', problem.message
            # The renderer may give up on a text, but none that does so is known.
            assert problem.code != "unreadable-text"
    return ways


@SETTINGS
@given(st.binary(max_size=300))
@example(b"")
@example(b"\xff\xfe---\n")
@example(b"\xef\xbb\xbf---\r\ntitle: x\r\nminutes: 5\r\n---\r\nHello.\r\n")
@example(b"---\n---\n")
@example(b"---\ntitle: 2024-13-45\nminutes: 0x_\n---\n")
@example(b"---\ntitle: !!python/object/apply:os.system [ls]\n---\n")
@example(b"---\na: &a [1]\nb: [*a, *a]\n---\n")
@example(b"---\n? [a, b]\n: c\n---\n")
@example(b"---\n" + b"[" * 5000 + b"\n---\n")
@example(b"---\nminutes: " + b"9" * 5000 + b"\n---\n")
@example(b"---\ntitle: \x00\n---\n")
@example(b"---\n- a\n- b\n---\n")
def test_any_bytes_give_a_value_or_problems(content: bytes) -> None:
    parsed_all_ways(content)


@SETTINGS
@given(st.sampled_from([LESSON_HEAD, QUIZ_HEAD]), st.text(max_size=400))
@example(LESSON_HEAD, "[a](http://[)")
@example(LESSON_HEAD, "[a](<b c>)")
@example(LESSON_HEAD, "![a][b]")
@example(LESSON_HEAD, "- " * 3000)
@example(LESSON_HEAD, "[^a]: [^a]\n\n[^a]")
@example(LESSON_HEAD, "\u2028x")
def test_any_text_gives_a_value_or_problems(head: str, body: str) -> None:
    parsed_all_ways((head + body).encode("utf-8", "surrogatepass"))


@SETTINGS
@given(st.sampled_from([LESSON_HEAD, QUIZ_HEAD, ""]), st.lists(LINES, max_size=40))
@example(QUIZ_HEAD, ["## Q {#a}", "- (x) two", "    ```", "    > feedback"])
@example(QUIZ_HEAD, ["## Q {#a}", "> quote", "    more"])
@example(LESSON_HEAD, ["!!! check", "    ## Q", "    ```"])
def test_any_order_of_our_own_marks_gives_a_value_or_problems(head: str, lines: list[str]) -> None:
    parsed_all_ways((head + "\n".join(lines)).encode())


@SETTINGS
@given(
    st.sampled_from(SHORT),
    st.lists(
        st.tuples(
            st.floats(0, 1),
            st.integers(0, 60),
            st.sampled_from(
                [b"", b"\n", b"    ", b"- (x) ", b"## ", b"!!! check\n", b"```\n", b"\xe9"]
            )
            | st.text(string.punctuation, max_size=5).map(str.encode),
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_real_files_with_damage_give_a_value_or_problems(
    content: bytes, damage: list[tuple[float, int, bytes]]
) -> None:
    for where, length, instead in damage:
        at = int(where * len(content))
        content = content[:at] + instead + content[at + length :]
    parsed_all_ways(content)


@SETTINGS
@given(
    st.binary(max_size=300) | st.sampled_from(sorted(SHIPPED.rglob("*.yml"))).map(Path.read_bytes)
)
def test_any_framework_gives_a_value_or_problems(content: bytes) -> None:
    framework, problems = frameworks.read("x", content, "frameworks/x.yml")
    assert framework is not None or stops(problems)


@SETTINGS
@given(
    st.sampled_from(["a.svg", "a.png", "a.jpg", "a.gif", "a.webp"]),
    st.binary(max_size=300) | st.text("<>svg xmlns='/:?!&;#[]\n", max_size=200).map(str.encode),
)
@example("a.svg", b"<?xml version='1.0' encoding='klingon'?><svg/>")
@example("a.svg", b"<svg>" * 50_000)
@example("a.svg", "<svg/>".encode("utf-16"))
def test_any_picture_gives_a_value_or_problems(name: str, content: bytes) -> None:
    report = Report(name)
    assert pictures.read(name, content, report) is not None or stops(report.found)


@settings(SETTINGS, max_examples=25)
@given(
    st.sampled_from(["course.md", "01-first/module.md", "exam/exam.md", "exam/bank/near.md"]),
    st.sampled_from(FILES) | st.binary(max_size=100),
)
def test_a_course_with_any_file_has_a_value_or_problems(
    tmp_path_factory: pytest.TempPathFactory, path: str, content: bytes
) -> None:
    one = loaded(tmp_path_factory.mktemp("any"), {path: content})
    assert one.course is not None or stops(one.problems)
    if one.course:
        document = editions.document(one.course)
        assert editions.read(document) == one.course


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        ("[" * 590 + "\n\n") * 400,
        ("![a" * 200 + "\n\n") * 400,
        ("**a" * 290 + "\n\n") * 200,
        ("*_`[<" * 110 + "\n\n") * 300,
        ("<a b='" * 590 + "\n\n") * 50,
        "a\n===\n" * 5000,
        "a\n\n" * 9_000,
        "- - -\n" * 15_000,
        "a\n: b\n" * 5000,
        "".join(f"[a{at}]: b\n" for at in range(15_000)),
        "|a" * 3000 + "\n" + "|-" * 3000 + "\n" + ("|b" * 3000 + "\n") * 5,
        "!!! check\n    ## q\n    - ( ) a\n    - (x) b\n\n" * 3000,
        '!!! reflect "a"\n\n' * 9_000,
        "## a {#b}\n- ( ) a\n- (x) b\n" * 6_000,
        "## a\n" + "- ( ) a\n" * 15_000,
        ("## a {" + "x " * 4000 + "}\n- ( ) a\n") * 50,
        "## a " + "{" * 9000,
        "\n" * 19_000,
        "```\n" * 15_000,
        "".join("`" * (3 + at % 50) + "\n" for at in range(8000)),
    ],
    ids=lambda text: text[:12],
)
def test_no_text_keeps_a_check_waiting(text: str) -> None:
    for head in (LESSON_HEAD, QUIZ_HEAD):
        began = process_time()
        parsed_all_ways((head + text).encode()[:500_000])
        assert process_time() - began < 25  # Five readings, on a machine that may be busy.


def test_a_flood_of_unknown_names_is_cut_short(tmp_path: Path) -> None:
    keys = " ".join(f"skills:x{at}" for at in range(800))
    asked = "".join(f'## Q {{#q{at} competency="{keys}"}}\n= x\n\n' for at in range(40))
    began = process_time()
    one = loaded(tmp_path, {"exam/bank/near.md": f"---\ntitle: N\n---\n\n{asked}"})
    assert process_time() - began < 10
    assert 100 < len(one.problems) < 500
