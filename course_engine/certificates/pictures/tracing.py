"""Shapes in, an SVG out."""

from typing import assert_never
from xml.sax.saxutils import escape, quoteattr

from course_engine.certificates.pictures.shapes import (
    SERIF,
    Box,
    Disc,
    Line,
    Picture,
    Shape,
    Words,
)


def trace(picture: Picture) -> bytes:
    """Write a picture down, with its title for those who cannot see it."""
    shapes = "\n".join(map(_element, picture.shapes))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title"'
        f' viewBox="0 0 {picture.width} {picture.height}"'
        f' width="{picture.width}" height="{picture.height}">\n'
        f'<title id="title">{escape(picture.title)}</title>\n{shapes}\n</svg>\n'
    ).encode()


def _element(shape: Shape) -> str:
    match shape:
        case Disc(x=x, y=y, radius=radius, color=color, ring=ring):
            place = f'cx="{x:g}" cy="{y:g}" r="{radius - ring / 2:g}"'
            rim = f'fill="none" stroke="{color}" stroke-width="{ring:g}"'
            return f"<circle {place} {rim}/>" if ring else f'<circle {place} fill="{color}"/>'
        case Box(x=x, y=y, width=width, height=height, color=color):
            return (
                f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="{color}"/>'
            )
        case Line(points=points, color=color, width=width):
            along = " ".join(f"{x:g},{y:g}" for x, y in points)
            return (
                f'<polyline points="{along}" fill="none" stroke="{color}" stroke-width="{width:g}"'
                ' stroke-linecap="round" stroke-linejoin="round"/>'
            )
        case Words():
            family = (
                "Source Serif Pro, Georgia, serif"
                if shape.font == SERIF
                else ("Source Sans Pro, Helvetica, Arial, sans-serif")
            )
            return (
                f'<text x="{shape.x:g}" y="{shape.y:g}" fill="{shape.color}"'
                f' font-family={quoteattr(family)} font-weight="600" font-size="{shape.size:g}"'
                f' text-anchor="{"middle" if shape.centered else "start"}">'
                f"{escape(shape.text)}</text>"
            )
        case _:
            assert_never(shape)
