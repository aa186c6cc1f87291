"""Shapes in, a PNG out. The one place that knows Pillow."""

from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import assert_never

from PIL import Image, ImageDraw, ImageFont

from course_engine.certificates.pictures.shapes import Box, Disc, Line, Picture, Shape, Words

_FINER = 3  # Drawn this much larger and then made smaller, which smooths every edge.


def paint(picture: Picture) -> bytes:
    """Paint a picture; equal pictures give equal bytes."""
    size = (picture.width * _FINER, picture.height * _FINER)
    canvas = Image.new("RGBA", size, (0, 0, 0, 0))
    brush = ImageDraw.Draw(canvas)
    for shape in picture.shapes:
        _draw(brush, shape)
    small = canvas.resize((picture.width, picture.height), Image.Resampling.LANCZOS)
    written = BytesIO()
    small.save(written, "PNG", optimize=True)
    return written.getvalue()


def width_of(text: str, font: Path, size: float) -> float:
    """Measure a line of text."""
    return float(_font(font, 200).getlength(text)) * size / 200


def can_write(text: str, font: Path) -> bool:
    """Say whether a font has every letter of a text; a letter it lacks would become a box."""
    loaded = _font(font, 200)
    box = loaded.getmask("\U0010ffff").getbbox(), loaded.getlength("\U0010ffff")
    return all(
        each.isspace() or (loaded.getmask(each).getbbox(), loaded.getlength(each)) != box
        for each in set(text)
    )


def _draw(brush: ImageDraw.ImageDraw, shape: Shape) -> None:
    match shape:
        case Disc(x=x, y=y, radius=radius, color=color, ring=ring):
            box = tuple(_scaled(x - radius, y - radius, x + radius, y + radius))
            if ring:
                brush.ellipse(box, outline=color, width=round(ring * _FINER))
            else:
                brush.ellipse(box, fill=color)
        case Box(x=x, y=y, width=width, height=height, color=color):
            brush.rectangle(tuple(_scaled(x, y, x + width, y + height)), fill=color)
        case Line(points=points, color=color, width=width):
            for start, end in pairwise(points):
                brush.line(tuple(_scaled(*start, *end)), fill=color, width=round(width * _FINER))
            for x, y in points:
                _draw(brush, Disc(x=x, y=y, radius=width / 2, color=color))
        case Words():
            brush.text(
                (shape.x * _FINER, shape.y * _FINER),
                shape.text,
                fill=shape.color,
                font=_font(shape.font, round(shape.size * _FINER)),
                anchor="ms" if shape.centered else "ls",
            )
        case _:
            assert_never(shape)


def _scaled(*numbers: float) -> Iterator[float]:
    return (number * _FINER for number in numbers)


@lru_cache(maxsize=32)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)
