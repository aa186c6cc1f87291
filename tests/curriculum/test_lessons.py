"""Lessons as they are written: prose, callouts, stories, boxes, links and pictures."""

import pytest

from tests.curriculum.authored import KNOWN, blocks, codes, html, lesson, said

pytestmark = pytest.mark.pure

CHECK = """
Before.

!!! check
    ## What fits? {competency="s:A"}

    - ( ) This
    - (x) That
        > Yes.

    > Because.

!!! reflect "What would you say to "no"?"
    Nobody else reads this.

After.[^1]

[^1]: A source.
"""


def test_a_lesson_is_read_in_order() -> None:
    assert [block.kind for block in blocks(CHECK)] == ["prose", "check", "reflect", "prose"]


def test_footnotes_reach_across_the_boxes() -> None:
    last = blocks(CHECK)[-1]
    assert last.kind == "prose"
    assert "A source." in last.html


def test_an_inline_check_is_one_question_with_its_feedback() -> None:
    check = blocks(CHECK)[1]
    assert check.kind == "check"
    assert check.question.kind == "single"
    assert check.question.prompt == "What fits?"
    assert check.question.choices[1].feedback == "<p>Yes.</p>"
    assert check.question.explanation == "<p>Because.</p>"
    assert check.key == check.question.id
    assert check.question.line == 9


def test_a_reflection_keeps_its_key_while_lesson_and_prompt_stay() -> None:
    once, moved = blocks(CHECK)[2], blocks("More text first.\n" + CHECK)[2]
    changed = blocks(CHECK.replace("What would", "What could"))[2]
    assert once.kind == moved.kind == changed.kind == "reflect"
    assert once.prompt == 'What would you say to "no"?'
    assert once.key == moved.key
    assert once.key != changed.key


def test_callouts_are_notes_with_a_title() -> None:
    assert html("!!! tip\n    Rest *now*.\n") == (
        '<aside class="callout callout-tip" role="note">\n<p class="callout-title">Tip</p>\n'
        "<p>Rest <em>now</em>.</p>\n</aside>"
    )


def test_a_story_is_a_group_with_the_name_of_its_title() -> None:
    assert html('!!! story "Rosa & Ana"\n    They met.\n').startswith(
        '<section aria-label="Rosa &amp; Ana" class="story" role="group">\n'
        '<p class="story-title">Rosa &amp; Ana</p>'
    )


def test_code_in_a_callout_stays_code() -> None:
    rendered = html("!!! note\n    See:\n\n    ```text\n    !!! check\n    <b>\n    ```\n")
    assert '<pre><code class="language-text">!!! check\n&lt;b&gt;\n</code></pre>' in rendered


def test_standard_markdown_is_rendered() -> None:
    rendered = html("## One {#one}\n\n|a|b|\n|-|:-:|\n|1|2|\n\nTerm\n: Meaning\n\n[up](#one)\n")
    assert '<h2 id="one">One</h2>' in rendered
    assert '<th class="align-center">b</th>' in rendered
    assert "<dt>Term</dt>" in rendered
    assert '<a href="#one">up</a>' in rendered


def test_links_and_pictures_of_the_course_become_addresses() -> None:
    rendered = html("[two](../02-second/01-two.md#part) and ![A map](map.svg)\n")
    assert '<a href="/courses/c/second/two#part">two</a>' in rendered
    assert '<img alt="A map" src="/assets/abc">' in rendered


def test_mail_and_web_addresses_may_stand_in_angle_brackets() -> None:
    rendered = html("<https://example.org/> <help@example.org> [call](tel:988)\n")
    assert 'href="https://example.org/"' in rendered
    assert 'href="mailto:help@example.org"' in rendered
    assert 'href="tel:988"' in rendered


@pytest.mark.parametrize(
    ("body", "where", "code"),
    [
        ("Hello <b>you</b>.\n", "5:7", "raw-html"),
        ("<script>alert(1)</script>\n", "5:1", "raw-html"),
        ("Hello.\n\n<div\nonclick='x'>\n", "7:1", "raw-html"),
        ("<!-- hidden -->\n", "5:1", "raw-html"),
        ("<!-- hidden\n\nfurther -->\n", "5:1", "raw-html"),
        ("See [there](../03-how/01-listen.md).\n", "5:11", "broken-link"),
        ("See [there](../../etc/passwd).\n", "5:11", "broken-link"),
        ("See [there](/courses/c).\n", "5:11", "broken-link"),
        ("See [there](map.svg).\n", "5:11", "broken-link"),
        ("See [there](#part).\n", "5:11", "broken-link"),
        ("See [there](//evil.example).\n", "5:11", "broken-link"),
        ("See [there](javascript:alert).\n", "5:11", "unsafe-link"),
        ("See [there](JaVaScRiPt:alert).\n", "5:11", "unsafe-link"),
        ("See [there](data:text/html,x).\n", "5:11", "unsafe-link"),
        ("See [](https://example.org).\n", "5:6", "empty-link"),
        ("See [a][b].\n", "5:5", "loose-end"),
        ("See.[^1]\n", "5:5", "loose-end"),
        ("![](map.svg)\n", "5:3", "no-alt"),
        ("![ ](map.svg)\n", "5:4", "no-alt"),
        ("![A map](other.svg)\n", "5:8", "no-picture"),
        ("![A map](https://example.org/a.png)\n", "5:8", "no-picture"),
        ("![A map](data:image/png;base64,x)\n", "5:8", "no-picture"),
        ("# One\n", "5:1", "heading-level"),
        ("### One\n", "5:1", "heading-level"),
        ("## One\n\n#### Two\n", "7:1", "heading-level"),
        ("## One {#a}\n\n## Two {#a}\n", "5:9", "id-twice"),
        ("*a*{: onclick=x }\n", "5:7", "attribute"),
        ("*a*{: style=x }\n", "5:7", "attribute"),
        ("!!! nte\n    x\n", "5:1", "unknown-block"),
        ("!!! note 'x'\n    x\n", "5:1", "bad-block"),
        ("!!! note\nx\n", "5:1", "empty-block"),
        ("!!! story\n    x\n", "5:1", "no-title"),
        ("!!! reflect\n    x\n", "5:1", "no-prompt"),
        ("x\n\n!!! check\n    - ( ) a\n    - (x) b\n", "7:1", "one-question"),
        ("x\n\n!!! check\n    ## Q\n    - ( ) a\n    - ( ) b\n", "9:5", "no-right-choice"),
        ("x\n\n- item\n\n    !!! check\n        ## Q\n", "9:5", "block-here"),
        ('!!! reflect "a"\n\n!!! reflect "a"\n', "7:1", "asked-twice"),
        ("", "5:1", "empty"),
        ("[" * 200 + "\n", "5:1", "too-tangled"),
        ("> " * 150 + "x\n", "5:1", "too-tangled"),
        ("- " * 1500 + "x\n", "5:1", "too-deep"),
        ("word\n" * 3000, "5:1", "text-too-long"),
        ("word " * 2100 + "\n", "5:1", "line-too-long"),
        ("a\x00b\n", "5:2", "control-character"),
    ],
)
def test_each_fault_is_told_at_its_place(body: str, where: str, code: str) -> None:
    problems = lesson(body).problems
    found = [(f"{each.line}:{each.column}", each.code) for each in problems]
    assert (where, code) in found, said(problems)
    assert set(codes(problems)) == {code}, said(problems)


def test_raw_html_in_code_is_no_fault() -> None:
    assert "&lt;b&gt;" in html("Write `<b>`, or:\n\n    <div>\n\n```\n<script>\n```\n")


def test_raw_html_never_reaches_the_page() -> None:
    parsed = lesson("<script>alert(1)</script> <img src=x onerror=y>\n")
    assert parsed.value is not None
    (prose,) = parsed.value.blocks
    assert prose.kind == "prose"
    assert "<script" not in prose.html
    assert "<img" not in prose.html


def test_the_place_of_a_link_is_not_that_of_the_same_words_in_code() -> None:
    problems = lesson("`[a](b.md)` is how.\n\nBut [a](b.md) is not.\n").problems
    assert [(each.line, each.column) for each in problems] == [(7, 7)]


def test_a_text_that_is_too_deep_does_not_disturb_the_next() -> None:
    assert codes(lesson("- " * 1500 + "x\n").problems) == ["too-deep"]
    assert html("One *two*.\n") == "<p>One <em>two</em>.</p>"


def test_words_count_what_a_person_reads() -> None:
    parsed = lesson("One two *three*.\n\n!!! check\n    ## Four?\n    - ( ) five\n    - (x) six\n")
    assert parsed.value is not None
    assert parsed.value.words == 6


def test_known_addresses_never_leave_the_course() -> None:
    assert KNOWN.find("01-first/01-one.md", "../../course.md") is None
    assert KNOWN.find("01-first/01-one.md", "../course.md") == "/courses/c"
    assert KNOWN.find("01-first/01-one.md", "%FF.md") is None
