"""Pictures: shown when they are what their name says, and when a drawing is only a drawing."""

import hashlib

import pytest

from course_engine.curriculum import pictures
from course_engine.curriculum.course import Asset
from course_engine.curriculum.problems import Report
from tests.curriculum.authored import said

pytestmark = pytest.mark.pure

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
DRAWING = f"""<?xml version="1.0"?>
{OPEN}
  <title>A map</title>
  <defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs>
  <style>
    .a {{ fill: url( #g ); }}
    @media (prefers-color-scheme: dark) {{ .a {{ fill: #fff }} }}
  </style>
  <use href="#a"/><rect class="a" fill="url('#g')"/>
</svg>
"""


def drawn(text: str, name: str = "map.svg") -> tuple[Asset | None, str]:
    report = Report(name)
    return pictures.read(name, text.encode(), report), said(report.found)


def test_a_plain_drawing_is_shown_as_it_is() -> None:
    asset, found = drawn(DRAWING)
    assert found == ""
    assert asset is not None
    assert asset.content.decode() == DRAWING
    assert asset.media_type == "image/svg+xml"
    assert asset.sha256 == hashlib.sha256(DRAWING.encode()).hexdigest()


def test_line_ends_do_not_change_the_digest_of_a_drawing() -> None:
    assert drawn(DRAWING)[0] == drawn(DRAWING.replace("\n", "\r\n"))[0]


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>alert(1)</script>", "a <script> element"),
        ("<foreignObject/>", "a <foreignObject> element"),
        ("<image href='#a'/>", "a <image> element"),
        ("<a href='#b'/>", "a <a> element"),
        ("<animate attributeName='href'/>", "a <animate> element"),
        ("<set attributeName='href'/>", "a <set> element"),
        ("<b xmlns='http://www.w3.org/1999/xhtml'/>", "a <b> element from elsewhere"),
        ("<g onload='x'/>", '"onload", which runs a script'),
        ("<g OnClick='x'/>", '"OnClick", which runs a script'),
        ("<use href='https://example.org/x.svg#a'/>", '"href", which points outside'),
        ("<use xlink:href='x.svg#a'/>", '"href", which points outside'),
        ("<use href='javascript:alert(1)'/>", '"href", which points outside'),
        ("<rect fill='url(https://example.org/x)'/>", '"fill", which points outside'),
        ("<rect style='background: url( \"//x\" )'/>", '"style", which points outside'),
        ("<style>@import 'x.css';</style>", "a style that points outside"),
        ("<style>a { b: u\\72l(x) }</style>", "a style that points outside"),
        ("<style>a <![CDATA[{ b: url(x) }]]></style>", "a style that points outside"),
        ("<?xml-stylesheet href='x'?>", "a <?xml-stylesheet?> instruction"),
    ],
)
def test_a_drawing_that_could_run_or_reach_out_is_refused(inside: str, what: str) -> None:
    asset, found = drawn(f"{OPEN}\n  {inside}\n</svg>")
    assert asset is None
    assert found.startswith("map.svg:2:")
    assert what in found
    assert found.endswith("Take it out.")


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{OPEN}</svg>',
        "<html xmlns='http://www.w3.org/1999/xhtml'/>",
        "<svg/>",
        "<svg",
        "",
        "<?xml version='1.0' encoding='klingon'?><svg/>",
    ],
)
def test_what_is_no_drawing_is_refused(text: str) -> None:
    asset, found = drawn(text)
    assert asset is None
    assert found


def test_a_picture_must_be_what_its_name_says() -> None:
    report = Report("a.png")
    assert pictures.read("a.png", b"GIF89a", report) is None
    assert "a.png:1:1: the file is not image/png, as its name says." in said(report.found)
    assert pictures.read("a.png", b"\x89PNG\r\n\x1a\n", Report("a.png")) is not None
    assert pictures.read("a.JPEG", b"\xff\xd8\xff", Report("a.JPEG")) is not None
