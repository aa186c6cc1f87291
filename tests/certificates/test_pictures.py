"""Badges and cards: drawn from one description, with no name unless it is wanted."""

import struct
import zlib
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from course_engine.certificates.credentials import baking
from course_engine.certificates.design import Design
from course_engine.certificates.pictures import layouts, painting, tracing
from course_engine.certificates.pictures.shapes import Picture, Words
from course_engine.certificates.styles import style_of
from tests.certificates.credentials.sealed import FACTS, but

COLORS = style_of(Design()).colors
CREDENTIAL = b'{"name": "Zo\xc3\xab ]]> <b>"}'


def said(picture: Picture) -> str:
    return " ".join(shape.text for shape in picture.shapes if isinstance(shape, Words))


def test_a_badge_names_kind_course_and_organization_and_nobody() -> None:
    badge = layouts.badge(FACTS, COLORS)
    assert said(badge) == "Certificate of Completion Understanding Peer Support Harbor"


def test_a_card_names_its_holder_only_when_that_is_wanted() -> None:
    assert FACTS.legal_name not in said(layouts.card(FACTS, COLORS))
    assert FACTS.legal_name in said(layouts.card(FACTS, COLORS, name=FACTS.legal_name))


@pytest.mark.parametrize("title", ["A" * 90, "Many short words that go on and on " * 4, "Tea"])
def test_words_stay_inside_the_badge(title: str) -> None:
    for shape in layouts.badge(but(course_title=title), COLORS).shapes:
        if isinstance(shape, Words):
            assert painting.width_of(shape.text, shape.font, shape.size) <= 445
            assert 200 < shape.y < 560


def test_a_text_that_the_font_cannot_write_is_left_out() -> None:
    assert "支援" not in said(layouts.badge(but(course_title="支援入門"), COLORS))


def test_a_badge_is_the_same_every_time_and_can_be_seen_through_outside() -> None:
    picture = painting.paint(layouts.badge(FACTS, COLORS))
    assert picture == painting.paint(layouts.badge(FACTS, COLORS))
    with Image.open(BytesIO(picture)) as opened:
        assert opened.size == (600, 600)
        assert opened.convert("RGBA").getpixel((0, 0))[3:] == (0,)  # type: ignore[index]


def test_a_credential_in_a_png_leaves_the_picture_whole() -> None:
    picture = painting.paint(layouts.badge(FACTS, COLORS))
    baked = baking.into_png(picture, CREDENTIAL)
    assert baking.from_png(baked) == CREDENTIAL
    with Image.open(BytesIO(baked)) as opened:
        opened.load()
        assert opened.text["openbadgecredential"] == CREDENTIAL.decode()  # type: ignore[attr-defined]


def test_a_credential_in_an_svg_leaves_the_drawing_whole() -> None:
    baked = baking.into_svg(tracing.trace(layouts.badge(FACTS, COLORS)), CREDENTIAL)
    assert baking.from_svg(baked) == CREDENTIAL
    drawing = etree.fromstring(baked)
    found = drawing.find("{https://purl.imsglobal.org/ob/v3p0}credential")
    assert found is not None
    assert found.text == CREDENTIAL.decode()
    assert str(drawing.findtext("{http://www.w3.org/2000/svg}title")).startswith("Certificate of")


@pytest.mark.parametrize(
    "picture", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffiTXt"]
)
def test_a_picture_without_credential_says_so(picture: bytes) -> None:
    with pytest.raises(baking.NotBaked):
        baking.from_png(picture)


def test_a_compressed_credential_is_not_unpacked() -> None:
    text = b"openbadgecredential\0\1\0\0\0" + zlib.compress(bytes(1000))
    chunk = struct.pack(">I", len(text)) + b"iTXt" + text + b"\0\0\0\0"
    with pytest.raises(baking.NotBaked):
        baking.from_png(b"\x89PNG\r\n\x1a\n" + chunk)
