"""How certificates look: said in the site file, and checked before the site starts."""

import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from course_engine.certificates.design import DESIGNS
from course_engine.settings import WrongSetting
from course_engine.web import site
from tests.conftest import SAMPLE

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def written(beside: Path, **certificate: Any) -> Path:
    """Write a site file with a section on certificates."""
    fields = yaml.safe_load((SAMPLE / "site.yml").read_text(encoding="utf-8"))
    path = beside / "site.yml"
    path.write_text(yaml.safe_dump(fields | {"certificate": certificate}), encoding="utf-8")
    return path


def png(width: int, height: int) -> bytes:
    """A white picture, or the head of one that is too large to unpack."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    rows = b"" if width * height > 10_000 else (b"\0" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", head),
            chunk(b"IDAT", zlib.compress(rows)),
            chunk(b"IEND", b""),
        )
    )


def test_without_a_section_the_classic_style_lies_on_the_site_s_paper() -> None:
    design = site.read(SAMPLE / "site.yml").design
    assert (design.style, design.orientation, design.folder) == ("classic", "landscape", DESIGNS)
    assert design.page_size == site.read(SAMPLE / "site.yml").paper


def test_everything_that_can_be_chosen_reaches_the_design(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(LOGO, encoding="utf-8")
    (tmp_path / "hand.png").write_bytes(png(30, 10))
    read = site.read(
        written(
            tmp_path,
            style="modern",
            orientation="portrait",
            paper="A4",
            logo={"file": "logo.svg", "alternative": "A Name"},
            colors={"accent": "#1F5650"},
            cosignatory={"name": "B. Example", "title": "President", "signature": "hand.png"},
        )
    )
    design = read.design
    assert (design.style, design.orientation, design.page_size) == ("modern", "portrait", "A4")
    assert design.colors == (("accent", "#1f5650"),)
    assert design.logo is not None
    assert (design.logo.alternative, design.logo.content) == ("A Name", LOGO.encode())
    assert [one and one.media_type for one in design.signatures] == [None, "image/png"]
    assert site.signed(read)["cosignatory"] is not None


def test_a_color_that_cannot_be_read_on_the_background_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match=r"certificate.*accent cannot be read well.*4\.5") as no:
        site.read(written(tmp_path, colors={"accent": "#f0c040"}))
    assert "\n" not in str(no.value)


def test_a_dark_background_needs_light_letters(tmp_path: Path) -> None:
    with pytest.raises(WrongSetting, match="ink and quiet and accent"):
        site.read(written(tmp_path, colors={"background": "#202020"}))


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"style": "baroque"}, "no certificate style 'baroque'"),
        ({"style": "../secret"}, "style"),
        ({"orientation": "upside-down"}, "orientation"),
        ({"colors": {"accent": "green"}}, "colors.accent"),
        ({"folder": "nowhere"}, "no folder"),
        ({"logo": {"file": "none.svg", "alternative": "A"}}, "cannot be read"),
        ({"logo": {"file": "site.yml", "alternative": "A"}}, "neither PNG nor SVG"),
        ({"logo": {"alternative": "A"}}, "logo.file"),
        ({"watermark": "x"}, "watermark"),
    ],
)
def test_a_wrong_section_is_told_of_in_one_line(
    tmp_path: Path, section: dict[str, Any], said: str
) -> None:
    with pytest.raises(WrongSetting, match="certificate") as refusal:
        site.read(written(tmp_path, **section))
    assert said in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("drawing", "said"),
    [
        (LOGO.replace("<path", "<script/><path"), "<script>"),
        (LOGO.replace("<path", '<image href="https://example.org/x.png"/><path'), "<image>"),
        (LOGO.replace("<path", '<path onclick="x()"'), "onclick"),
        (LOGO.replace("<path", '<path fill="url(https://example.org/x)"'), "outside itself"),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + LOGO, "document type"),
        (LOGO.replace(' viewBox="0 0 9 9"', ""), "viewBox"),
        (LOGO.replace("</svg>", "<g/>" * 2001 + "</svg>"), "shapes"),
        (LOGO.replace("</svg>", " " * 500_000 + "</svg>"), "bytes"),
        ("<html/>", "neither PNG nor SVG"),
    ],
)
def test_a_drawing_may_hold_shapes_and_nothing_else(
    tmp_path: Path, drawing: str, said: str
) -> None:
    (tmp_path / "logo.svg").write_text(drawing, encoding="utf-8")
    with pytest.raises(WrongSetting, match=r"logo\.svg") as refusal:
        site.read(written(tmp_path, logo={"file": "logo.svg", "alternative": "A"}))
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("content", "said"), [(png(9000, 9000), "pixels"), (png(9, 9)[:40], "damaged")]
)
def test_a_picture_is_looked_at_before_it_is_unpacked(
    tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    with pytest.raises(WrongSetting, match=said):
        site.read(written(tmp_path, logo={"file": "logo.png", "alternative": "A"}))


def test_a_style_of_one_s_own_stands_in_a_folder_beside_the_site_file(tmp_path: Path) -> None:
    own = tmp_path / "looks" / "ours"
    own.mkdir(parents=True)
    for file in (DESIGNS / "modern").iterdir():
        (own / file.name).write_bytes(file.read_bytes())
    design = site.read(written(tmp_path, style="ours", folder="looks")).design
    assert design.folder == tmp_path / "looks"


def test_a_mistake_in_a_style_s_own_file_is_told_with_its_field(tmp_path: Path) -> None:
    own = tmp_path / "looks" / "ours"
    own.mkdir(parents=True)
    (own / "style.yml").write_text("colors: {ink: red}\n", encoding="utf-8")
    with pytest.raises(WrongSetting, match=r"style\.yml: colors\.ink"):
        site.read(written(tmp_path, style="ours", folder="looks"))
